import type { RecipeStep } from '../../core/prepare/recipe.js';
import { binNames } from '../../core/prepare/step-outputs.js';
import { formatIsoDate } from '../../core/table/iso-date.js';

/** The words and formats that the facts of a step are told with. */
export interface StepWords {
  number(value: number): string;
  readonly none: string;
  neighbours(k: string): string;
  power(lambda: string): string;
  part(name: string): string;
}

/** What fills a step's missing cells ('' where that is no question), and the values or figures it has learned. */
export function stepFacts(step: RecipeStep, words: StepWords): { readonly fill: string; readonly values: readonly string[] } {
  return { fill: fillOf(step, words), values: [...valuesOf(step, words), ...(step.flag ? [`${step.name}?`] : [])] };
}

function fillOf(step: RecipeStep, { number, none, neighbours }: StepWords): string {
  if (step.kind === 'text' || step.kind === 'target') return '';
  if ('neighbours' in step && step.neighbours !== undefined) return neighbours(number(step.neighbours));
  if (step.fill === null) return none;
  if (step.kind === 'dates') return formatIsoDate(step.fill).slice(0, 10);
  return typeof step.fill === 'number' ? number(step.fill) : step.fill;
}

function valuesOf(step: RecipeStep, { number, power, part }: StepWords): readonly string[] {
  switch (step.kind) {
    case 'numeric':
      return step.clip ? [step.clip.map(number).join(' … ')] : [];
    case 'power':
      return [step.method, power(number(step.lambda))];
    case 'bins':
      return binNames(step);
    case 'dates':
      return step.parts.map((own) => part(own.part));
    case 'target':
      return step.levels.map((level, i) => `${level} ${step.means[i]!.map(number).join('/')}`);
    case 'text':
      return step.vectors.vocabulary;
    default:
      return step.levels;
  }
}
