import type { Recipe } from '../../../src/core/prepare/recipe.js';
import { servedModel, type ServedModel } from '../../../src/core/serve/served-model.js';
import type { Column, Matrix, Table } from '../../../src/core/table/table.js';
import type { FittedModel } from '../../../src/core/train/model.js';

const numeric = (name: string, type: 'number' | 'integer' | 'boolean' | 'date') => ({ kind: 'numeric', name, type, fill: 0, offset: 0, divisor: 1 }) as const;

export const recipe: Recipe = {
  version: 1,
  task: 'regression',
  target: 'ridership',
  steps: [
    numeric('temp', 'number'),
    numeric('games', 'integer'),
    numeric('holiday', 'boolean'),
    { kind: 'one-hot', name: 'station', type: 'text', levels: ['lake', 'clark'], fill: null },
    numeric('day', 'date'),
  ],
  outputs: ['temp', 'games', 'holiday', 'station=lake', 'station=clark', 'day'],
  fittedOn: 10,
};

export const fitted: FittedModel = { version: 1, kind: 'linear', task: 'regression', classes: 0, hyperparameters: {}, seed: 7, state: {} };

const valueOf = (column: Column, row: number): number => {
  const value = column.type === 'text' ? (column.levels[column.codes[row]!] ?? '').length : column.values[row]!;
  return Number.isNaN(value) ? -1000 : value;
};

/** A stand-in whose numbers can be added up by hand: the raw values of a row, words as their length, missing numbers as -1000, days since 1970. */
export const sumOfColumns = (table: Table): Matrix => ({
  rows: table.rows,
  columns: 1,
  data: Float64Array.from({ length: table.rows }, (_, row) => table.columns.reduce((sum, column) => sum + valueOf(column, row) / (column.type === 'date' ? 86_400_000 : 1), 0)),
});

export const ridership: ServedModel = servedModel('ridership', 3, recipe, fitted, { applyRecipe: (_, table) => sumOfColumns(table), predict: (_, x) => x.data });

/** A model that gives fixed scores for each row. */
export function fixedScores(task: 'binary' | 'multiclass', classes: readonly string[], scores: readonly number[], threshold?: number): ServedModel {
  const one: Recipe = { ...recipe, task, classes, steps: [numeric('x', 'number')] };
  return servedModel('busy', 1, one, { ...fitted, task, classes: classes.length }, { applyRecipe: (_, table) => ({ rows: table.rows, columns: 0, data: new Float64Array() }), predict: () => Float64Array.from(scores) }, threshold);
}
