import { imputeFromNeighbours } from './knn-imputer.js';
import type { NeighbourRows } from './recipe.js';
import { fitStandard } from './scalers.js';

/** Most training rows that a recipe carries to look for neighbours in. */
export const MOST_NEIGHBOUR_ROWS = 1000;

type ValuesOf = (name: string) => Float64Array;

/** Standardised training rows of those columns, evenly chosen when there are many; `valuesOf` gives a column's training values, NaN for missing. */
export function fitNeighbours(names: readonly string[], valuesOf: ValuesOf): NeighbourRows {
  const columns = names.map((name) => {
    const { offset, divisor } = fitStandard(valuesOf(name));
    return { name, offset, divisor };
  });
  const count = names.length === 0 ? 0 : valuesOf(names[0]!).length;
  const step = Math.max(1, Math.ceil(count / MOST_NEIGHBOUR_ROWS));
  const scaled = columns.map(({ name, offset, divisor }) => valuesOf(name).map((value) => (value - offset) / divisor));
  const rows = Array.from({ length: Math.ceil(count / step) }, (_, i) => scaled.map((values) => (Number.isNaN(values[i * step]) ? null : values[i * step]!)));
  return { columns, rows };
}

/** A column's values with the missing ones filled by the mean of the k nearest rows, in the unit of the column. */
export function fillFromNeighbours(neighbours: NeighbourRows, name: string, k: number, valuesOf: ValuesOf): Float64Array {
  const { columns, rows } = neighbours;
  const own = columns.findIndex((column) => column.name === name);
  const filled = valuesOf(name).slice();
  const holes = Array.from(filled.keys()).filter((row) => Number.isNaN(filled[row]));
  if (holes.length === 0) return filled;
  const width = columns.length;
  const train = { rows: rows.length, columns: width, data: Float64Array.from(rows.flat(), (value) => value ?? NaN) };
  const x = new Float64Array(holes.length * width);
  columns.forEach((column, j) => {
    const values = valuesOf(column.name);
    holes.forEach((row, i) => (x[i * width + j] = (values[row]! - column.offset) / column.divisor));
  });
  // Only this column's holes are wanted; the others are put aside by what they are: missing.
  const found = imputeFromNeighbours(train, { rows: holes.length, columns: width, data: x }, k);
  const { offset, divisor } = columns[own]!;
  holes.forEach((row, i) => (filled[row] = found.data[i * width + own]! * divisor + offset));
  return filled;
}
