import type { PlannedNeighbours } from '../plan/plan-types.js';
import type { Cell, Pieces } from './cells.js';

/** A column to fill and from how many rows. */
export interface Wanted {
  readonly name: string;
  readonly count: number;
}

/**
 * Columns with their holes filled by the mean of the nearest rows, row by row (`Scan`), so that memory holds one row's distances at a
 * time. Distances are summed from left to right as the lab does, so that ties fall alike.
 */
export function filledFromNeighbours(pieces: Pieces, neighbours: PlannedNeighbours, wanted: readonly Wanted[], cells: ReadonlyMap<string, Cell>): Map<string, string> {
  const { graph } = pieces;
  const { columns } = neighbours;
  const valueOf = (name: string): string => (cells.get(name) as { value: string }).value;
  const own = pieces.math('Div', pieces.math('Sub', pieces.beside(columns.map(({ name }) => valueOf(name))), pieces.row(columns.map(({ offset }) => offset))), pieces.row(columns.map(({ divisor }) => divisor)));
  const means = graph.add('Scan', [own], { body: { g: searchOf(pieces, neighbours, wanted) }, num_scan_inputs: { i: 1 } });
  return new Map(wanted.map(({ name }, at) => {
    const { offset, divisor } = columns.find((column) => column.name === name)!;
    const fill = pieces.math('Add', pieces.math('Mul', pieces.pick(means, [at]), divisor), offset);
    return [name, pieces.where(graph.add('IsNaN', [valueOf(name)]), fill, valueOf(name))];
  }));
}

/** The mean of the neighbours for each wanted column of one row. */
function searchOf({ graph }: Pieces, { columns, rows, means }: PlannedNeighbours, wanted: readonly Wanted[]) {
  const [width, count] = [columns.length, rows.length];
  const body = graph.inner();
  const row = body.input(graph.free('row'), 'double', [width]);
  const one = (value: number): string => body.constant('int64', [1], [value]);
  const gap = body.add('Sub', [body.constant('double', [count, width], rows.flat().map((value) => value ?? NaN)), row]);
  const gone = body.add('IsNaN', [gap]);
  const squares = body.add('Where', [gone, body.scalar(0), body.add('Mul', [gap, gap])]);
  const sums = body.add('Gather', [body.add('CumSum', [squares, body.constant('int64', [], [1])]), body.constant('int64', [], [width - 1])], { axis: { i: 1 } });
  const known = body.add('Sub', [body.scalar(width), body.add('ReduceSum', [body.cast(gone, 'double'), one(1)], { keepdims: { i: 0 } })]);
  const distances = body.add('Sqrt', [body.add('Mul', [body.add('Div', [body.scalar(width), known]), sums])]);
  const found = wanted.map(({ name, count: k }) => {
    const own = columns.findIndex((column) => column.name === name);
    const lacking = body.constant('bool', [count], rows.map((values) => Number(values[own] === null)));
    const ranked = body.add('Where', [body.add('Or', [body.add('IsNaN', [distances]), lacking]), body.scalar(Infinity), distances]);
    const [nearest, places] = body.many('TopK', [ranked, one(Math.min(k, count))], { largest: { i: 0 }, sorted: { i: 1 } }, 2) as [string, string];
    const values = body.add('Gather', [body.constant('double', [count], rows.map((cells) => cells[own] ?? 0)), places]);
    const near = body.cast(body.add('Less', [nearest, body.scalar(Infinity)]), 'double');
    const some = body.add('ReduceSum', [near, one(0)]);
    const sum = body.add('ReduceSum', [body.add('Mul', [values, near]), one(0)]);
    return body.add('Where', [body.add('Equal', [some, body.scalar(0)]), body.constant('double', [1], [means[own]!]), body.add('Div', [sum, some])]);
  });
  const all = found.length === 1 ? body.add('Identity', found) : body.add('Concat', found, { axis: { i: 0 } });
  return body.finish('neighbours', [{ name: all, type: 'double', dims: [wanted.length] }]);
}
