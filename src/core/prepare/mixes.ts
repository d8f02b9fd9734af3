import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import { polynomialTerms } from './polynomial-features.js';
import { principalComponents, projectRows } from './principal-components.js';
import type { Mix } from './recipe.js';
import { mixTerms, replacedOutputs } from './step-outputs.js';
import type { Change } from './transform-spec.js';

/** Most outputs of one mix. */
const MOST_TERMS = 500;

/** A mix to be fitted and the columns that are taken together. */
interface MixPlan {
  readonly change: Extract<Change, { kind: 'polynomial' | 'components' }>;
  readonly inputs: readonly string[];
}

/** Columns with the same `poly`, `interact` or `pca`, taken together in their order. */
export function planMixes(changes: readonly (readonly [name: string, change: Change | undefined])[]): MixPlan[] {
  const plans = new Map<string, { change: MixPlan['change']; inputs: string[] }>();
  for (const [name, change] of changes) {
    if (change?.kind !== 'polynomial' && change?.kind !== 'components') continue;
    const key = JSON.stringify(change);
    const plan = plans.get(key) ?? { change, inputs: [] };
    plan.inputs.push(name);
    plans.set(key, plan);
  }
  return [...plans.values()];
}

/**
 * Learns a mix from the outputs of the steps over the training rows. Throws `too-many-terms` {terms, limit}, `transform-alone` {column},
 * `transform-option`, `transform-needs-values` {column} for components of columns with missing values.
 */
export function fitMix({ change, inputs }: MixPlan, names: readonly string[], x: Matrix): Mix {
  if (change.kind === 'polynomial') {
    const { degree, interactions } = change;
    if (interactions && inputs.length < 2) throw new LabError('transform-alone', { column: inputs[0]!, transform: 'interact' });
    const terms = polynomialTerms(inputs.length, degree).length;
    if (terms > MOST_TERMS) throw new LabError('too-many-terms', { terms, limit: MOST_TERMS });
    return { kind: 'polynomial', inputs, degree, interactions };
  }
  if (change.count > inputs.length) throw new LabError('transform-option', { transform: 'pca', option: String(change.count), expected: `1 … ${inputs.length}` });
  const own = pick(names, x, inputs);
  const hole = own.data.findIndex(Number.isNaN);
  if (hole >= 0) throw new LabError('transform-needs-values', { column: inputs[hole % inputs.length]!, transform: 'pca' });
  const { mean, components, share } = principalComponents(own, change.count);
  return { kind: 'components', inputs, mean: [...mean], components: components.map((component) => [...component]), share: [...share] };
}

/** The outputs of the steps with those of the mixes: what components replace is left out. */
export function applyMixes(mixes: readonly Mix[], names: readonly string[], x: Matrix): Matrix {
  if (mixes.length === 0) return x;
  const replaced = replacedOutputs(mixes);
  const kept = pick(names, x, names.filter((name) => !replaced.has(name)));
  return beside([kept, ...mixes.map((mix) => applyMix(mix, pick(names, x, mix.inputs)))], x.rows);
}

function applyMix(mix: Mix, own: Matrix): Matrix {
  if (mix.kind === 'components') {
    const [mean, components] = [Float64Array.from(mix.mean), mix.components.map((component) => Float64Array.from(component))];
    return projectRows({ mean, components, variance: mean, share: mean }, own);
  }
  const terms = mixTerms(mix);
  const data = new Float64Array(own.rows * terms.length);
  for (let row = 0; row < own.rows; row++) {
    terms.forEach((term, t) => (data[row * terms.length + t] = term.reduce((product, column) => product * own.data[row * own.columns + column]!, 1)));
  }
  return { rows: own.rows, columns: terms.length, data };
}

function pick(names: readonly string[], x: Matrix, wanted: readonly string[]): Matrix {
  const places = wanted.map((name) => names.indexOf(name));
  const data = new Float64Array(x.rows * places.length);
  for (let row = 0; row < x.rows; row++) places.forEach((place, j) => (data[row * places.length + j] = x.data[row * x.columns + place]!));
  return { rows: x.rows, columns: places.length, data };
}

function beside(parts: readonly Matrix[], rows: number): Matrix {
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const data = new Float64Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    for (let row = 0; row < rows; row++) data.set(part.data.subarray(row * part.columns, (row + 1) * part.columns), row * columns + at);
    at += part.columns;
  }
  return { rows, columns, data };
}
