import { cleanColumn } from '../clean/clean-column.js';
import type { CellStep } from '../clean/clean-step.js';
import { madeColumns } from '../features/recipe-features.js';
import { LabError } from '../lab-error.js';
import { levelCodes } from '../prepare/encoders.js';
import type { CategoricalStep, Recipe, RecipeStep } from '../prepare/recipe.js';
import { readValue } from '../table/retype.js';
import { planCleaning, type NumberAct } from './plan-cleaning.js';

/** A numeric input: its cleaning, then ((x or fill) - offset) / divisor. */
export interface NumberInput {
  readonly kind: 'number';
  readonly name: string;
  readonly clean: readonly NumberAct[];
  readonly fill: number | null;
  readonly offset: number;
  readonly divisor: number;
}

/** A category that comes as a number: its cleaning, then the place of its level, or of `fill` for a missing one; -1 is unknown. */
export interface LevelInput {
  readonly kind: 'level';
  readonly name: string;
  readonly encode: CategoricalStep['kind'];
  readonly clean: readonly NumberAct[];
  readonly levels: readonly number[];
  readonly fill: number;
}

/** A category that comes as a word: the place of each word that is known, '' for a missing one; any other is -1. */
export interface WordInput {
  readonly kind: 'word';
  readonly name: string;
  readonly encode: CategoricalStep['kind'];
  readonly levels: number;
  readonly codes: Readonly<Record<string, number>>;
}

export type PlannedInput = NumberInput | LevelInput | WordInput;

/** How many columns of the model's an input fills. */
export const widthOfInput = (input: PlannedInput): number => (input.kind === 'number' || input.encode === 'ordinal' ? 1 : input.kind === 'word' ? input.levels : input.levels.length);

/** What a plan accounts for; a recipe that says more cannot leave the lab unseen. */
const KNOWN_KEYS = new Set(['version', 'task', 'target', 'classes', 'clean', 'steps', 'outputs', 'fittedOn']);
const KNOWN_STEP_KEYS = new Set(['kind', 'name', 'type', 'fill', 'offset', 'divisor', 'levels']);

/**
 * A recipe as plain acts on single numbers and words, as a graph or another language can do them. Throws `export-step` {step, column} for what
 * can be done in the lab alone, such as tidying free text.
 */
export function planRecipe(recipe: Recipe): PlannedInput[] {
  const more = Object.keys(recipe).find((key) => !KNOWN_KEYS.has(key));
  if (more !== undefined) throw new LabError('export-step', { step: more, column: madeColumns(recipe)[0] ?? recipe.target });
  return recipe.steps.map((step) => planStep(step, (recipe.clean ?? []).filter((act) => ('columns' in act ? act.columns.includes(step.name) : act.column === step.name))));
}

function planStep(step: RecipeStep, clean: readonly CellStep[]): PlannedInput {
  const { kind, name, type } = step;
  const more = kind === 'numeric' || kind === 'one-hot' || kind === 'ordinal' ? Object.entries(step).find(([key, value]) => value !== undefined && !KNOWN_STEP_KEYS.has(key))?.[0] : kind;
  if (more !== undefined) throw new LabError('export-step', { step: more, column: name });
  if (kind === 'numeric') {
    if (type === 'text' || type === 'date') throw new LabError('export-step', { step: type, column: name });
    return { kind: 'number', name, clean: planCleaning(clean, name, type), fill: step.fill, offset: step.offset, divisor: step.divisor };
  }
  if (kind !== 'one-hot' && kind !== 'ordinal') throw new LabError('export-step', { step: kind, column: name });
  if (type === 'text' || type === 'date') return planWords(step, clean);
  const fill = step.fill === null ? -1 : step.levels.indexOf(step.fill);
  return { kind: 'level', name, encode: kind, clean: planCleaning(clean, name, type), levels: step.levels.map((level) => readValue(level, type)), fill };
}

/** Every word that the cleaning or the levels name is sent through the lab's own code; all others are unknown. */
function planWords({ kind, name, type, levels, fill }: CategoricalStep, clean: readonly CellStep[]): WordInput {
  const tidying = clean.find(({ do: act }) => act === 'trim');
  if (tidying) throw new LabError('export-step', { step: tidying.do, column: name });
  const named = clean.flatMap((act) => (act.do === 'missing' ? act.values : act.do === 'replace' ? Object.entries(act.map).flat() : []));
  const words = [...new Set([...levels, ...named])].filter((word) => word !== '');
  const column = cleanColumn({ name, type: 'text', levels: words, codes: Int32Array.from({ length: words.length + 1 }, (_, at) => (at < words.length ? at : -1)) }, clean);
  const codes = levelCodes(column, type, levels, fill);
  const known = [...words, ''].map((word, at) => [word, codes[at]!] as const).filter(([, code]) => code >= 0);
  return { kind: 'word', name, encode: kind, levels: levels.length, codes: Object.fromEntries(known) };
}
