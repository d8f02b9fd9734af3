import { describe, expect, it } from 'vitest';
import { exportOnnx } from '../../../src/core/package/onnx/export-onnx.js';
import { planRecipe } from '../../../src/core/package/plan/recipe-plan.js';
import { applyRecipe } from '../../../src/core/prepare/apply-recipe.js';
import type { Recipe } from '../../../src/core/prepare/recipe.js';
import type { CellStep } from '../../../src/core/clean/clean-step.js';
import type { Table } from '../../../src/core/table/table.js';
import type { FittedModel } from '../../../src/core/train/model.js';
import { feedsOf, runOnnx } from './run-onnx.js';

const words = ['red', 'blue', 'rouge', '?', 'green'];
const table: Table = {
  rows: 8,
  columns: [
    { name: 'label', type: 'number', values: Float64Array.of(-999, 1.5, 2.25, NaN, 100, -3, 7, 0.1) },
    { name: 'a word', type: 'text', levels: words, codes: Int32Array.of(0, 1, 2, 3, 4, -1, 0, 2) },
    { name: 'yes', type: 'boolean', values: Float64Array.of(0, 1, NaN, 1, 0, 1, 1, 0) },
    { name: 'grade', type: 'integer', values: Float64Array.of(1, 2, 3, NaN, 9, 1, 2, 4) },
  ],
};
const clean: CellStep[] = [
  { do: 'missing', columns: ['label', 'a word'], values: ['-999', '?'] },
  { do: 'replace', column: 'a word', map: { rouge: 'red' } },
  { do: 'replace', column: 'grade', map: { '4': '3', '9': 'none' } },
  { do: 'rescale', column: 'label', factor: 10, offset: 1, above: 2, below: 50 },
  { do: 'limit', column: 'label', low: -1, high: 60, act: 'clip' },
  { do: 'limit', column: 'label', low: 0, act: 'missing' },
  { do: 'convert', columns: ['grade'], to: 'number' },
  { do: 'trim', columns: ['label'] },
];
const recipe = (more: Partial<Recipe> = {}): Recipe => ({
  version: 1, task: 'regression', target: 'y', clean, fittedOn: 8,
  steps: [
    { kind: 'one-hot', name: 'a word', type: 'text', levels: ['blue', 'red'], fill: 'blue' },
    { kind: 'numeric', name: 'label', type: 'number', fill: 5, offset: 2, divisor: 4 },
    { kind: 'ordinal', name: 'grade', type: 'integer', levels: ['1', '2', '3'], fill: null },
    { kind: 'one-hot', name: 'yes', type: 'boolean', levels: ['false', 'true'], fill: 'true' },
    { kind: 'numeric', name: 'grade', type: 'integer', fill: 0, offset: 0, divisor: 1 },
  ],
  outputs: ['a word=blue', 'a word=red', 'label', 'grade', 'yes=false', 'yes=true', 'grade'],
  ...more,
});

/** A model whose answer is one input, so that each column can be looked at. */
const pick = (column: number, columns = 7): FittedModel => ({ version: 1, kind: 'linear', task: 'regression', classes: 0, hyperparameters: {}, seed: 0, state: { coefficients: Array.from({ length: columns }, (_, at) => Number(at === column)), intercept: 0 } });

function written(own: Recipe, model: FittedModel): Uint8Array {
  const writing = exportOnnx({ recipe: own, model, threshold: 0.5, description: '', metadata: {}, shape: 'table' });
  for (;;) {
    const step = writing.next();
    if (step.done) return step.value.bytes;
  }
}

describe('a recipe inside a graph', () => {
  it('cleans, fills, encodes and scales as the lab does, column by column', async () => {
    const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
    const ours = applyRecipe(recipe(), table);
    for (let column = 0; column < ours.columns; column++) {
      const { variable } = await runOnnx(written(recipe(), pick(column)), feedsOf(recipe(), table, rows));
      const own = Array.from(rows, (row) => Math.fround(ours.data[row * ours.columns + column]!));
      expect({ column, values: Array.from(variable!.values as ArrayLike<number>) }).toEqual({ column, values: own.map((value) => (Object.is(value, -0) ? 0 : value)).map((value) => expect.closeTo(value, 6) as number) });
    }
  });

  it('has room for a column called as an output is', async () => {
    const found = await runOnnx(written(recipe({ steps: [{ kind: 'numeric', name: 'variable', type: 'number', fill: 0, offset: 0, divisor: 1 }], outputs: ['variable'] }), pick(0, 1)), feedsOf({ ...recipe(), steps: [{ kind: 'numeric', name: 'variable', type: 'number', fill: 0, offset: 0, divisor: 1 }] }, { rows: 1, columns: [{ name: 'variable', type: 'number', values: Float64Array.of(3) }] }, Int32Array.of(0)));
    expect(Object.entries(found).map(([name, { values }]) => [name, values[0]])).toEqual([['variable_1', 3]]);
  });

  it('gives the known answer of a small softmax net', async () => {
    const net: FittedModel = { version: 1, kind: 'dense-net', task: 'multiclass', classes: 3, hyperparameters: {}, seed: 0, state: { layers: [{ inputs: 2, outputs: 3, kernel: [1, 2, 3, 4, 5, 6], bias: [0, 0.1, 0.2] }], target: { offset: 0, divisor: 1 } } };
    const two = recipe({ task: 'multiclass', classes: ['a', 'b', 'c'], clean: undefined, steps: ['x', 'z'].map((name) => ({ kind: 'numeric', name, type: 'number', fill: null, offset: 0, divisor: 1 })), outputs: ['x', 'z'] });
    const row: Table = { rows: 1, columns: [{ name: 'x', type: 'number', values: Float64Array.of(1) }, { name: 'z', type: 'number', values: Float64Array.of(2) }] };
    const { label, probabilities } = await runOnnx(written(two, net), feedsOf(two, row, Int32Array.of(0)));
    expect(label!.values[0]).toBe('c');
    [0.001938184, 0.0430237316, 0.9550381303].forEach((share, k) => expect(probabilities!.values[k]).toBeCloseTo(share, 7));
  });

  it('refuses by name what no graph can do', () => {
    expect(() => planRecipe(recipe({ clean: [{ do: 'trim', columns: ['a word'] }] }))).toThrow(expect.objectContaining({ code: 'export-step', data: { step: 'trim', column: 'a word' } }));
    expect(() => planRecipe({ ...recipe(), derived: [] } as Recipe)).toThrow(expect.objectContaining({ code: 'export-step', data: { step: 'derived', column: 'y' } }));
    expect(() => planRecipe(recipe({ steps: [{ kind: 'words', name: 'a word', type: 'text' } as never] }))).toThrow(expect.objectContaining({ code: 'export-step', data: { step: 'words', column: 'a word' } }));
    expect(() => written(recipe(), { ...pick(0), kind: 'oracle' })).toThrow(expect.objectContaining({ code: 'export-kind' }));
  });
});
