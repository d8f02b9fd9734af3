import type { NearestState } from '../../train/models/k-nearest.js';
import type { Task } from '../../prepare/recipe.js';
import type { ColumnScale } from '../plan/graph-inputs.js';
import type { GraphBuilder } from './graph-builder.js';

/**
 * Nearest neighbours row by row (`Scan`), so that memory holds one row's distances at a time. The rows learned from are rounded as float
 * inputs are, so that equal rows stay at no distance; squares are summed from left to right, as the lab does, so that ties fall alike.
 */
export function nearestNodes(graph: GraphBuilder, x: string, state: NearestState, task: Task, classes: number, scales: readonly ColumnScale[]): string {
  const width = task === 'multiclass' ? classes : 1;
  const rows = state.targets.length;
  const points = graph.constant('double', [rows, state.columns], state.rows.map((value, at) => asFromFloat(value, scales[at % state.columns])));
  const targets = graph.constant('double', [rows, width], state.targets.flatMap((target) => (width === 1 ? [target] : Array.from({ length: width }, (_, k) => Number(k === target)))));
  const [squares, found] = graph.many('Scan', [x], { body: { g: searchOf(graph, points, state) }, num_scan_inputs: { i: 1 } }, 2) as [string, string];
  const values = graph.add('Gather', [targets, found], { axis: { i: 0 } });
  if (state.weights === 'uniform') return graph.add('ReduceMean', [values], { axes: { ints: [1] }, keepdims: { i: 0 } });
  return weightedMean(graph, values, squares);
}

/** Squared distances and places of the nearest rows to one row. */
function searchOf(graph: GraphBuilder, points: string, { columns, neighbours, targets }: NearestState) {
  const body = graph.inner();
  const row = body.input(graph.free('row'), 'double', [columns]);
  const gap = body.add('Sub', [points, row]);
  const sums = body.add('CumSum', [body.add('Mul', [gap, gap]), body.constant('int64', [], [1])]);
  const all = body.add('Gather', [sums, body.constant('int64', [], [columns - 1])], { axis: { i: 1 } });
  const k = Math.min(neighbours, targets.length);
  const [nearest, places] = body.many('TopK', [all, body.constant('int64', [1], [k])], { largest: { i: 0 }, sorted: { i: 1 } }, 2) as [string, string];
  return body.finish('search', [{ name: nearest, type: 'double', dims: [k] }, { name: places, type: 'int64', dims: [k] }]);
}

/** By 1 / distance; rows at no distance outweigh all others without end. */
function weightedMean(graph: GraphBuilder, values: string, squares: string): string {
  const one = (at: number): string => graph.constant('int64', [1], [at]);
  const touching = graph.cast(graph.add('Equal', [squares, graph.scalar(0)]), 'double');
  const closest = graph.add('Gather', [squares, one(0)], { axis: { i: 1 } });
  const inverse = graph.add('Div', [graph.scalar(1), graph.add('Sqrt', [squares])]);
  const weights = graph.add('Where', [graph.add('Equal', [closest, graph.scalar(0)]), touching, inverse]);
  const sum = graph.add('ReduceSum', [graph.add('Mul', [values, graph.add('Unsqueeze', [weights, one(2)])]), one(1)], { keepdims: { i: 0 } });
  return graph.add('Div', [sum, graph.add('ReduceSum', [weights, one(1)])]);
}

function asFromFloat(value: number, scale: ColumnScale): number {
  if (!scale || scale === 'computed') return value;
  return (Math.fround(value * scale.divisor + scale.offset) - scale.offset) / scale.divisor;
}
