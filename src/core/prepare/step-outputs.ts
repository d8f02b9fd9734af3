import { datePartNames } from './date-parts.js';
import { polynomialTerms } from './polynomial-features.js';
import type { BinStep, Mix, Recipe, RecipeStep } from './recipe.js';

/** Names of what one step gives, in order; the flag of missing cells is the last. */
export function stepOutputs(step: RecipeStep): string[] {
  const own = ownOutputs(step);
  return step.flag ? [...own, `${step.name}?`] : own;
}

function ownOutputs(step: RecipeStep): string[] {
  const { name } = step;
  switch (step.kind) {
    case 'numeric':
    case 'power':
    case 'ordinal':
      return [name];
    case 'one-hot':
      return step.levels.map((level) => `${name}=${level}`);
    case 'bins':
      return step.codes ? [name] : binNames(step).map((bin) => `${name}=${bin}`);
    case 'dates':
      return step.parts.flatMap(({ part }) => datePartNames(part)).map((part) => `${name}.${part}`);
    case 'target':
      return step.classes ? step.classes.map((level) => `${name}→${level}`) : [name];
    case 'text':
      return step.vectors.vocabulary.map((term) => `${name}:${term}`);
  }
}

/** Each bin as an interval, such as `[18, 25)`; values outside belong to the first or the last. */
export function binNames({ edges }: Pick<BinStep, 'edges'>): string[] {
  const text = (edge: number): string => String(Number(edge.toPrecision(8)));
  if (edges.length < 2) return [text(edges[0] ?? NaN)];
  return edges.slice(1).map((edge, i) => `[${text(edges[i]!)}, ${text(edge)}${i + 2 === edges.length ? ']' : ')'}`);
}

/** Products that a mix adds, as places among its inputs. */
export function mixTerms({ inputs, degree, interactions }: Extract<Mix, { kind: 'polynomial' }>): number[][] {
  return polynomialTerms(inputs.length, degree).filter((term) => term.length > 1 && (!interactions || new Set(term).size === term.length));
}

/** Names of what a mix adds. */
export function mixOutputs(mix: Mix): string[] {
  if (mix.kind === 'components') return mix.components.map((_, i) => `component ${i + 1} (${mix.inputs.join(', ')})`);
  return mixTerms(mix).map((term) => [...new Set(term)].map((at) => powerName(mix.inputs[at]!, term.filter((other) => other === at).length)).join(' × '));
}

const powerName = (name: string, times: number): string => (times === 1 ? name : `${name}^${times}`);

/** Outputs that components stand in for. */
export const replacedOutputs = (mixes: readonly Mix[] | undefined): ReadonlySet<string> => new Set((mixes ?? []).flatMap((mix) => (mix.kind === 'components' ? mix.inputs : [])));

/** Names of all model inputs of the steps and mixes. */
export function recipeOutputs(steps: readonly RecipeStep[], mixes: readonly Mix[]): string[] {
  const replaced = replacedOutputs(mixes);
  return [...steps.flatMap(stepOutputs).filter((name) => !replaced.has(name)), ...mixes.flatMap(mixOutputs)];
}

/** Model inputs that hold codes of a category, by their place. */
export function codedOutputs({ steps, mixes }: Pick<Recipe, 'steps' | 'mixes'>): number[] {
  const replaced = replacedOutputs(mixes);
  const coded = steps.flatMap((step) => stepOutputs(step).map((name, i) => ({ name, coded: step.kind === 'ordinal' && i === 0 })));
  return coded.filter(({ name }) => !replaced.has(name)).flatMap((output, at) => (output.coded ? [at] : []));
}

/** Whether a step takes its column as a category. */
export const isLevelStep = (step: RecipeStep): step is Extract<RecipeStep, { levels: readonly string[] }> => step.kind === 'one-hot' || step.kind === 'ordinal' || step.kind === 'target';
