import { cleanColumn } from '../../clean/clean-column.js';
import type { CellStep } from '../../clean/clean-step.js';
import { madeColumns, rawInputs } from '../../features/recipe-features.js';
import { LabError } from '../../lab-error.js';
import { meanOf } from '../../prepare/imputers.js';
import type { Mix, NeighbourRows, Recipe, RecipeStep } from '../../prepare/recipe.js';
import { binNames, isLevelStep, mixTerms, replacedOutputs, stepOutputs } from '../../prepare/step-outputs.js';
import { cellText } from '../../table/select.js';
import { readValue } from '../../table/retype.js';
import type { ColumnType } from '../../table/table.js';
import { planCleaning } from './plan-cleaning.js';
import { planFeature, type ColumnTypes } from './plan-features.js';
import type { LevelInput, PlannedInput, PlannedMix, PlannedNeighbours, RawColumn, RecipePlan } from './plan-types.js';

/** What a plan accounts for; a recipe that says more cannot leave the lab unseen. */
const KNOWN_KEYS = new Set(['version', 'task', 'target', 'classes', 'clean', 'features', 'neighbours', 'steps', 'mixes', 'outputs', 'fittedOn']);
const STEP_KEYS: Readonly<Record<RecipeStep['kind'], readonly string[]>> = {
  numeric: ['fill', 'neighbours', 'offset', 'divisor', 'clip'],
  power: ['fill', 'neighbours', 'method', 'lambda', 'offset', 'divisor'],
  bins: ['fill', 'neighbours', 'edges', 'codes'],
  dates: ['fill', 'parts'],
  'one-hot': ['fill', 'levels'],
  ordinal: ['fill', 'levels'],
  target: ['levels', 'means', 'unknown', 'smoothing', 'classes'],
  text: ['vectors'],
};

/**
 * A recipe as plain acts on single numbers and words, as a graph or another language can do them. Throws `export-step` {step, column} for what
 * can be done in the lab alone, such as tidying free text, and `export-history` {column, time} for a feature that looks back in time.
 */
export function planRecipe(recipe: Recipe): RecipePlan {
  const more = Object.keys(recipe).find((key) => !KNOWN_KEYS.has(key));
  if (more !== undefined) throw new LabError('export-step', { step: more, column: madeColumns(recipe)[0] ?? recipe.target });
  const fitted = recipe.features?.steps ?? [];
  // What looks back is refused before its sources are looked at.
  const types: ColumnTypes = new Map([...(recipe.features?.sources ?? []), ...recipe.steps].map(({ name, type }) => [name, type]));
  const made = fitted.flatMap((own) => planFeature(own, types));
  const columns = rawInputs(recipe).map(({ name, type }) => planColumn(name, type, (recipe.clean ?? []).filter((act) => ('columns' in act ? act.columns.includes(name) : act.column === name))));
  return { columns, made, neighbours: planNeighbours(recipe.neighbours), inputs: recipe.steps.map(planStep), ...planMixes(recipe) };
}

function planColumn(name: string, type: ColumnType, clean: readonly CellStep[]): RawColumn {
  if (type !== 'text') return { kind: type === 'date' ? 'date' : 'number', name, clean: planCleaning(clean, name, type) };
  return { kind: 'word', name, swap: planWords(name, clean) };
}

/** Every word that the cleaning names is sent through the lab's own code; all others stay as they are. */
function planWords(name: string, clean: readonly CellStep[]): Record<string, string> {
  const tidying = clean.find(({ do: act }) => act === 'trim');
  if (tidying) throw new LabError('export-step', { step: tidying.do, column: name });
  const named = clean.flatMap((act) => (act.do === 'missing' ? act.values : act.do === 'replace' ? Object.entries(act.map).flat() : []));
  const words = [...new Set(named)].filter((word) => word !== '');
  const column = cleanColumn({ name, type: 'text', levels: words, codes: Int32Array.from(words.keys()) }, clean);
  return Object.fromEntries(words.map((word, at) => [word, cellText(column, at)] as const).filter(([word, after]) => word !== after));
}

function planStep(step: RecipeStep): PlannedInput {
  const { kind, name, type } = step;
  const known = Object.hasOwn(STEP_KEYS, kind) ? ['kind', 'name', 'type', 'flag', ...STEP_KEYS[kind]] : [];
  const more = known.length === 0 ? kind : Object.entries(step).find(([key, value]) => value !== undefined && !known.includes(key))?.[0];
  const misfit = (kind === 'numeric' || kind === 'power' || kind === 'bins') && (type === 'text' || type === 'date') ? type : undefined;
  if (more !== undefined || misfit !== undefined) throw new LabError('export-step', { step: more ?? misfit!, column: name });
  const base = { name, flag: step.flag === true };
  if (isLevelStep(step)) return planLevels(step, base);
  switch (step.kind) {
    case 'numeric':
      return { kind: 'number', ...base, fill: step.fill, neighbours: step.neighbours ?? null, offset: step.offset, divisor: step.divisor, clip: step.clip ?? null };
    case 'power':
      return { kind: 'power', ...base, fill: step.fill, neighbours: step.neighbours ?? null, method: step.method, lambda: step.lambda, offset: step.offset, divisor: step.divisor };
    case 'bins':
      return { kind: 'bins', ...base, fill: step.fill, neighbours: step.neighbours ?? null, edges: step.edges, bins: binNames(step).length, codes: step.codes };
    case 'dates':
      return { kind: 'dates', ...base, fill: step.fill, parts: step.parts };
    case 'text': {
      const { tokens, vocabulary, idf, sublinear } = step.vectors;
      return { kind: 'terms', ...base, tokens, vocabulary, idf: idf ?? null, sublinear };
    }
  }
}

function planLevels(step: Extract<RecipeStep, { levels: readonly string[] }>, base: { name: string; flag: boolean }): LevelInput {
  const { kind, type, levels } = step;
  const own = type === 'text' ? levels : levels.map((level) => readValue(level, type));
  if (kind === 'target') return { kind: 'level', ...base, encode: kind, levels: own, fill: -1, means: step.means, unknown: step.unknown };
  return { kind: 'level', ...base, encode: kind, levels: own, fill: step.fill === null ? -1 : levels.indexOf(step.fill), means: null, unknown: null };
}

function planNeighbours(given: NeighbourRows | undefined): PlannedNeighbours | null {
  if (!given) return null;
  return { ...given, means: given.columns.map((_, j) => meanOf(Float64Array.from(given.rows, (row) => row[j] ?? NaN))) };
}

function planMixes({ steps, mixes = [] }: Recipe): Pick<RecipePlan, 'kept' | 'mixes'> {
  const names = steps.flatMap(stepOutputs);
  const replaced = replacedOutputs(mixes);
  const placed = (mix: Mix): PlannedMix => {
    const places = mix.inputs.map((name) => names.indexOf(name));
    if (mix.kind === 'components') return { kind: 'components', places, mean: mix.mean, components: mix.components };
    return { kind: 'polynomial', terms: mixTerms(mix).map((term) => term.map((at) => places[at]!)) };
  };
  return { kept: [...names.keys()].filter((place) => !replaced.has(names[place]!)), mixes: mixes.map(placed) };
}
