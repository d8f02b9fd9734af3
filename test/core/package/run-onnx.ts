import * as ort from 'onnxruntime-web';
import type { Recipe } from '../../../src/core/prepare/recipe.js';
import type { Column, Table } from '../../../src/core/table/table.js';
import { columnOf, selectRows } from '../../../src/core/table/select.js';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** Raw columns of the rows as the graph's inputs: numbers in 4 bytes, NaN for missing; words, '' for missing. */
export function feedsOf(recipe: Recipe, table: Table, rows: Int32Array, flat = false): Record<string, ort.Tensor> {
  const held = selectRows(table, rows);
  const dims = flat ? [rows.length] : [rows.length, 1];
  return Object.fromEntries(recipe.steps.map(({ name }) => [name, tensorOf(columnOf(held, name), dims)]));
}

function tensorOf(column: Column, dims: number[]): ort.Tensor {
  if (column.type === 'text') return new ort.Tensor('string', Array.from(column.codes, (code) => (code < 0 ? '' : column.levels[code]!)), dims);
  return new ort.Tensor('float32', Float32Array.from(column.values), dims);
}

/** What ONNX Runtime answers. */
export async function runOnnx(bytes: Uint8Array, feeds: Record<string, ort.Tensor>): Promise<Record<string, { dims: readonly number[]; values: ArrayLike<number | string> }>> {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  try {
    const outputs = await session.run(feeds);
    return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, { dims: tensor.dims, values: tensor.data as unknown as ArrayLike<number | string> }]));
  } finally {
    await session.release();
  }
}
