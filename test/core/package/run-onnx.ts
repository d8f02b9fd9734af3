import * as ort from 'onnxruntime-web';
import { graphInputs, type GraphInput, type GraphShape } from '../../../src/core/package/plan/graph-inputs.js';
import { planRecipe } from '../../../src/core/package/plan/recipe-plan.js';
import { termChoices, type TermChoice } from '../../../src/core/package/text-files.js';
import type { Recipe } from '../../../src/core/prepare/recipe.js';
import { termsOf } from '../../../src/core/prepare/text-tokens.js';
import { cellText, columnOf, selectRows } from '../../../src/core/table/select.js';
import type { Table } from '../../../src/core/table/table.js';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** Raw columns of the rows as the graph's inputs: numbers with NaN for missing; words with '' for missing; texts cut into terms. */
export function feedsOf(recipe: Recipe, table: Table, rows: Int32Array, flat = false): Record<string, ort.Tensor> {
  const held = selectRows(table, rows);
  const plan = planRecipe(recipe);
  const shape: GraphShape = flat ? 'columns' : 'table';
  return Object.fromEntries(graphInputs(plan, shape).map((input) => [input.name, tensorOf(input, held, shape, termChoices(plan))]));
}

function tensorOf({ type, kind, columns }: GraphInput, table: Table, shape: GraphShape, choices: Readonly<Record<string, TermChoice>>): ort.Tensor {
  const dims = shape === 'columns' ? [table.rows] : [table.rows, columns.length];
  const column = columnOf(table, columns[0]!);
  const words = (): string[] => Array.from({ length: table.rows }, (_, row) => cellText(column, row));
  if (kind === 'terms') {
    const { swap, ...tokens } = choices[columns[0]!]!;
    const cut = words().map((word) => termsOf(swap[word] ?? word, tokens));
    const width = Math.max(1, ...cut.map((terms) => terms.length));
    return new ort.Tensor('string', cut.flatMap((terms) => [...terms, ...new Array<string>(width - terms.length).fill('')]), [table.rows, width]);
  }
  if (kind === 'word') return new ort.Tensor('string', words(), dims);
  const numbers = columns.map((name) => columnOf(table, name)).map((own) => (own.type === 'text' ? [] : own.values));
  const values = Array.from({ length: table.rows * columns.length }, (_, at) => numbers[at % columns.length]![Math.floor(at / columns.length)]!);
  return type === 'double' ? new ort.Tensor('float64', Float64Array.from(values), dims) : new ort.Tensor('float32', Float32Array.from(values), dims);
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
