import { LabError } from '../lab-error.js';
import type { Column } from '../table/table.js';
import type { PrepareNote } from './prepare-notes.js';
import type { PrepareChoices } from './recipe.js';
import type { Change, ColumnImputer } from './transform-spec.js';
import { readTransform } from './transform-spec.js';

/** What is known while a column's step is fitted; everything is of the training rows. */
export interface FitContext {
  readonly rows: Int32Array;
  readonly choices: PrepareChoices;
  readonly notes: PrepareNote[];
  /** Targets of the rows: numbers or class codes. */
  readonly y: Float64Array;
  readonly classes?: readonly string[];
  /** A column's numbers with holes filled from neighbours. */
  readonly neighbours: (name: string, k: number) => Float64Array;
}

/** A column with the choices that hold for it. */
export interface PlannedColumn {
  readonly column: Column;
  readonly impute: ColumnImputer;
  readonly flag?: true;
  readonly change: Change;
}

const CATEGORY: ReadonlySet<Change['kind']> = new Set(['one-hot', 'ordinal', 'target']);
const ASKED: Readonly<Record<'number' | 'category' | 'date' | 'text', (change: Change) => boolean>> = {
  number: ({ kind }) => kind !== 'dates' && kind !== 'text',
  category: ({ kind }) => CATEGORY.has(kind),
  text: ({ kind }) => CATEGORY.has(kind) || kind === 'text',
  date: ({ kind }) => kind === 'dates',
};

/** Whether a column is taken as a category when no transform of its own says otherwise. */
export const isCategorical = (column: Column, choices: PrepareChoices): boolean => column.type === 'text' || column.type === 'boolean' || choices.categorical.includes(column.name);

/** What the column goes through. Throws `transform-type` {column, transform, type} when that does not fit its type, and what `readTransform` throws. */
export function planColumn(column: Column, choices: PrepareChoices): PlannedColumn {
  const spec = choices.transforms?.[column.name];
  const own = spec === undefined ? {} : readTransform(column.name, String(spec));
  const usual: Change = column.type === 'date' ? { kind: 'dates', parts: [] } : isCategorical(column, choices) ? { kind: choices.encode } : { kind: 'scale', scale: choices.scale };
  const change = own.change ?? usual;
  const sort = column.type === 'date' ? 'date' : column.type === 'text' ? 'text' : column.type === 'boolean' ? 'category' : 'number';
  const impute = own.impute ?? choices.impute;
  const numbersOnly = typeof own.impute === 'object' || own.impute === 'mean' || own.impute === 'median';
  const misfit = !ASKED[sort](change) || (numbersOnly && (CATEGORY.has(change.kind) || change.kind === 'text')) || (typeof impute === 'object' && change.kind === 'dates') || (column.type === 'date' && own.change === undefined && spec !== undefined);
  if (misfit) throw new LabError('transform-type', { column: column.name, transform: spec ?? change.kind, type: column.type });
  return { column, impute, change, ...(own.flag ? { flag: true } : {}) };
}

/** Says that cells were missing, and what fills them. */
export function noteMissing({ notes }: FitContext, column: string, count: number, value: string | null): void {
  if (count > 0) notes.push(value === null ? { code: 'missing-kept', column, count } : { code: 'imputed', column, count, value });
}
