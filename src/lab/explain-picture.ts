import { explainPicture } from '../core/explain/explain-picture.js';
import type { RowExplanation } from '../core/explain/explain-row.js';
import { pickRows } from '../core/explain/model-output.js';
import { columnOf, cellText } from '../core/table/select.js';
import type { runRows } from './evaluate.js';

/** One picture with what each pixel adds to what is said of it; pixels row by row. */
export interface ExplainedPicture {
  readonly side: number;
  readonly pixels: readonly number[];
  readonly shares: readonly number[];
}

/** The part of an explanation that is about one row; no single pixel is a feature. */
interface ExplainedRow {
  readonly importance: readonly never[];
  readonly dependence: readonly never[];
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly given: string;
  readonly explanation: Omit<RowExplanation, 'contributions'> & { readonly contributions: readonly number[] };
  readonly picture: ExplainedPicture;
}

/** Explains what a model says of a test row that is a picture, against an empty one; what single pixels do in general says nothing, so that part stays empty. */
export async function explainPictureRow({ model, recipe, table, test }: Awaited<ReturnType<typeof runRows>>, row: number, side: number, output: number): Promise<ExplainedRow> {
  const at = test.rows[row]!;
  const empty = Float64Array.from(recipe.steps, (step) => (step.kind === 'numeric' ? -step.offset / step.divisor : 0));
  const { method, shares, base, predicted } = await explainPicture(model, pickRows(test.x, [row]).data, empty, side, output);
  const pixels = recipe.outputs.map((name) => Number(cellText(columnOf(table, name), at)) || 0);
  return {
    importance: [],
    dependence: [],
    row,
    cells: {},
    given: cellText(columnOf(table, recipe.target), at),
    explanation: { base, prediction: predicted, predicted, contributions: [], names: [], method, unit: 'prediction' },
    picture: { side, pixels, shares: [...shares] },
  };
}

/** The pixels that count most, for the terminal. */
export function pictureLines({ side, shares }: ExplainedPicture): string[] {
  const order = [...shares.keys()].sort((a, b) => Math.abs(shares[b]!) - Math.abs(shares[a]!));
  return order.slice(0, 8).map((pixel) => `  ${shares[pixel]! >= 0 ? '+' : '-'}${Math.abs(shares[pixel]!).toPrecision(3).padEnd(9)} row ${Math.floor(pixel / side) + 1}, column ${(pixel % side) + 1} of the picture`);
}
