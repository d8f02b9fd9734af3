import { cellText, columnOf, hasColumn, isMissingCell, valueText } from '../table/select.js';
import type { Column, Table } from '../table/table.js';
import { correlationOf, findLeak, sampleRows } from './leak.js';
import type { Recipe, RecipeStep, SplitChoice } from './recipe.js';
import { timesOf } from './split.js';
import { isLevelStep } from './step-outputs.js';
import { targetValues } from './target.js';

const EXAMPLES = 5;
const FUTURE_STEPS = 7;
const FUTURE_SCORE = 0.999;
const FEW = 0.01;
const KEY_NAME = /(^|_)(id|key|uuid|number|no)$/i;

/** What is judged: the raw rows with clean cells, the rows of both parts, and the recipe that was fitted. */
export interface PreparedData {
  readonly table: Table;
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly recipe: Recipe;
  readonly split: SplitChoice;
  readonly time?: string;
  /** Column whose equal rows belong together. */
  readonly group?: string;
  /** The recipe fitted again on the training rows alone. */
  readonly refitted?: Recipe;
}

export type LeakKind = 'gives-target-away' | 'identifier' | 'nothing-held-back' | 'fitted-on-more' | 'duplicates-across' | 'groups-across' | 'future-in-training' | 'feature-from-future';

/** A leak: the column it is about, how many of how many rows (or figures) show it, a score, and rows of the table as evidence. */
export interface LeakFinding {
  readonly kind: LeakKind;
  readonly column?: string;
  readonly count: number;
  readonly of: number;
  readonly score?: number;
  readonly measure?: string;
  readonly rows: readonly number[];
  /** What was found, as figures or values to be shown. */
  readonly seen?: string;
  readonly expected?: string;
}

/** Every way found in which the test rows or the target reach the model; [] for a clean preparation. */
export function findLeakage(data: PreparedData): LeakFinding[] {
  return [...giveaways(data), ...identifiers(data), ...heldBack(data), ...fittedOnMore(data), ...duplicates(data), ...groups(data), ...futureRows(data), ...futureFeatures(data)];
}

function giveaways({ table, train, recipe }: PreparedData): LeakFinding[] {
  const sample = sampleRows(train);
  const y = targetValues({ ...recipe, clean: [] }, table, sample);
  return recipe.steps.flatMap((step): LeakFinding[] => {
    const leak = findLeak(columnOf(table, step.name), sample, y, recipe.task, recipe.classes?.length ?? 0, isLevelStep(step));
    return leak ? [{ kind: 'gives-target-away', column: step.name, count: sample.length, of: sample.length, score: leak.score, measure: leak.measure, rows: [] }] : [];
  });
}

function identifiers({ table, train, recipe }: PreparedData): LeakFinding[] {
  if (train.length < 20) return [];
  return recipe.steps.flatMap((step): LeakFinding[] => {
    const { name } = step;
    const column = columnOf(table, name);
    const values = new Set(Array.from(train, (row) => cellText(column, row)));
    const share = values.size / train.length;
    const running = column.type === 'integer' && share === 1 && spanOf(column, train) < 1.5 * train.length + 1;
    const named = KEY_NAME.test(name) && values.size > 0.1 * train.length;
    const words = isLevelStep(step) && share > 0.9;
    return running || named || words ? [{ kind: 'identifier', column: name, count: values.size, of: train.length, rows: [], seen: [...values].slice(0, EXAMPLES).join(', ') }] : [];
  });
}

function spanOf(column: Column, rows: Int32Array): number {
  if (column.type === 'text') return Infinity;
  let [low, high] = [Infinity, -Infinity];
  for (const row of rows) {
    low = Math.min(low, column.values[row]!);
    high = Math.max(high, column.values[row]!);
  }
  return high - low;
}

const heldBack = ({ split, train }: PreparedData): LeakFinding[] => (split.kind === 'none' ? [{ kind: 'nothing-held-back', count: train.length, of: train.length, rows: [] }] : []);

/** Figures that differ from those that the training rows alone give were learned from other rows. */
function fittedOnMore({ recipe, refitted, train }: PreparedData): LeakFinding[] {
  if (recipe.fittedOn > train.length) return [{ kind: 'fitted-on-more', count: recipe.fittedOn, of: train.length, rows: [], seen: String(recipe.fittedOn), expected: String(train.length) }];
  if (!refitted) return [];
  return recipe.steps.flatMap((step): LeakFinding[] => {
    const own = refitted.steps.find(({ name }) => name === step.name);
    if (own === undefined || sameFigures(step, own)) return [];
    return [{ kind: 'fitted-on-more', column: step.name, count: 1, of: 1, rows: [], seen: figures(step), expected: figures(own) }];
  });
}

/** Whether two steps were learned from the same rows: equal, but for rounding of their figures. */
function sameFigures(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameFigures((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

const short = (value: number): string => valueText('number', Number(value.toPrecision(7)));

/** The figures of a step that tell from which rows it was learned. */
function figures(step: RecipeStep): string {
  switch (step.kind) {
    case 'numeric':
      return `− ${short(step.offset)} ÷ ${short(step.divisor)}`;
    case 'power':
      return `λ ${short(step.lambda)}, − ${short(step.offset)} ÷ ${short(step.divisor)}`;
    case 'bins':
      return step.edges.map(short).join(' | ');
    case 'dates':
      return step.parts.map(({ part, offset, divisor }) => `${part} − ${short(offset)} ÷ ${short(divisor)}`).join(', ');
    case 'target':
      return step.levels.slice(0, EXAMPLES).map((level, i) => `${level} ${step.means[i]!.map(short).join('/')}`).join(', ');
    case 'text':
      return `${step.vectors.vocabulary.length}: ${step.vectors.vocabulary.slice(0, EXAMPLES).join(', ')}`;
    default:
      return `${step.levels.length}: ${step.levels.slice(0, EXAMPLES).join(', ')}`;
  }
}

function duplicates({ table, train, test }: PreparedData): LeakFinding[] {
  // The whole row counts, also what the model does not see: two events may look alike to it and still be two.
  const columns = table.columns.filter(({ name }) => !KEY_NAME.test(name));
  const keyOf = (row: number): string => JSON.stringify(columns.map((column) => cellText(column, row)));
  const known = new Set(Array.from(train, keyOf));
  const twins = test.filter((row) => known.has(keyOf(row)));
  if (twins.length < 2 || twins.length < FEW * test.length) return [];
  // Rows of few possible values are the same by chance, in training among themselves too.
  if (known.size < train.length * 0.5) return [];
  return [{ kind: 'duplicates-across', count: twins.length, of: test.length, rows: [...twins.slice(0, EXAMPLES)] }];
}

/** The named group column, else columns named like keys that repeat. */
function groupColumns({ table, group }: PreparedData): Column[] {
  if (group !== undefined) return [columnOf(table, group)];
  return table.columns.filter((column) => {
    if (!KEY_NAME.test(column.name)) return false;
    const distinct = new Set(Array.from({ length: table.rows }, (_, row) => cellText(column, row))).size;
    return distinct > 0.02 * table.rows && distinct < 0.99 * table.rows;
  });
}

function groups(data: PreparedData): LeakFinding[] {
  const { train, test } = data;
  return groupColumns(data).flatMap((column): LeakFinding[] => {
    const known = new Set(Array.from(train, (row) => cellText(column, row)));
    const shared = test.filter((row) => !isMissingCell(column, row) && known.has(cellText(column, row)));
    if (shared.length < 2 || shared.length < FEW * test.length) return [];
    return [{ kind: 'groups-across', column: column.name, count: shared.length, of: test.length, rows: [...shared.slice(0, EXAMPLES)], seen: [...new Set(Array.from(shared.slice(0, EXAMPLES), (row) => cellText(column, row)))].join(', ') }];
  });
}

function futureRows({ table, train, test, time, split }: PreparedData): LeakFinding[] {
  if (time === undefined || split.kind === 'none' || !hasColumn(table, time) || test.length === 0) return [];
  const times = timesOf(table, time);
  const first = test.reduce((least, row) => (times[row]! < least ? times[row]! : least), Infinity);
  const later = train.filter((row) => times[row]! > first);
  return later.length === 0 ? [] : [{ kind: 'future-in-training', column: time, count: later.length, of: train.length, rows: [...later.slice(-EXAMPLES)], seen: cellText(columnOf(table, time), test.find((row) => times[row] === first)!) }];
}

/** A feature that equals the target of a later row, and not just because the target hardly changes. */
function futureFeatures({ table, train, recipe, time }: PreparedData): LeakFinding[] {
  if (time === undefined || !hasColumn(table, time)) return [];
  const times = timesOf(table, time);
  const rows = train.slice(0, 20_000).sort((a, b) => times[a]! - times[b]!);
  const y = targetValues({ ...recipe, clean: [] }, table, rows);
  return recipe.steps.flatMap(({ name }): LeakFinding[] => {
    const column = columnOf(table, name);
    if (column.type === 'text') return [];
    const x = Float64Array.from(rows, (row) => column.values[row]!);
    const scores = Array.from({ length: FUTURE_STEPS + 1 }, (_, k) => Math.abs(correlationOf(x.subarray(0, x.length - k), y.subarray(k))));
    const best = scores.indexOf(Math.max(...scores));
    if (best === 0 || scores[best]! < FUTURE_SCORE || scores[0]! > FUTURE_SCORE - 0.01) return [];
    return [{ kind: 'feature-from-future', column: name, count: best, of: rows.length, score: scores[best]!, rows: [...rows.slice(0, EXAMPLES)] }];
  });
}

