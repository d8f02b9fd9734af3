import type { BoostedState } from '../../train/trees/boosted-state.js';
import type { TreeState } from '../../train/trees/tree-state.js';
import type { ColumnScale } from '../plan/graph-inputs.js';
import { ensembleNodes, floatCut, type Split, type TreeProgress } from './ensemble.js';
import type { GraphBuilder } from './graph-builder.js';

/** A decision tree or a forest: the mean of the leaves, rows × `width`; NaN where an input is missing, as the lab has it. */
export function* forestNodes(graph: GraphBuilder, x: string, { columns, cuts, values, width }: TreeState, scales: readonly ColumnScale[]): Generator<TreeProgress, string> {
  const mean = yield* ensembleNodes(graph, x, {
    columns,
    splitOf: (inner, column) => ({ feature: column, cut: floatCut(cuts[inner]!, column, scales), missingLeft: false }),
    leafOf: (leaf) => shares(values.slice(leaf * width, (leaf + 1) * width)),
    base: new Array<number>(width).fill(0),
    aggregate: 'AVERAGE',
  });
  const nothing = graph.add('ReduceSum', [graph.add('Mul', [x, graph.scalar(0)]), graph.constant('int64', [1], [1])]);
  return graph.add('Add', [mean, graph.cast(nothing, 'float')]);
}

/** A leaf's values without those that add nothing. */
function shares(values: readonly number[]): [number, number][] {
  const all = values.map((value, target): [number, number] => [target, value]);
  const some = all.filter(([, value]) => value !== 0);
  return some.length > 0 ? some : all.slice(0, 1);
}

/**
 * Boosted trees: baseline and sums, rows × outputs. ONNX's trees of this version know no sets of categories, so each set that a node asks for
 * becomes a column of its own beside the model's inputs: 0 for a code that goes left, 1 for one that goes right.
 */
export function* boostedNodes(graph: GraphBuilder, x: string, state: BoostedState, scales: readonly ColumnScale[]): Generator<TreeProgress, string> {
  const sides = new SetColumns(state, scales.length);
  const { columns, cuts, missing, values, baseline } = state;
  const splits = columns.filter((column) => column >= 0).map((column, inner) => sides.splitOf(inner, column, missing[inner] === 'L') ?? { feature: column, cut: floatCut(cuts[inner]!, column, scales), missingLeft: missing[inner] === 'L' });
  return yield* ensembleNodes(graph, sides.nodes(graph, x), {
    columns,
    splitOf: (inner) => splits[inner]!,
    leafOf: (leaf, tree) => [[tree % baseline.length, values[leaf]!]],
    base: baseline,
    aggregate: 'SUM',
  });
}

/** The columns that stand for sets, by the categorical column they look at. */
class SetColumns {
  readonly #tables = new Map<number, { keys: Map<string, number>; sides: Uint8Array[]; codes: readonly number[] }>();
  /** Column and place of each set, in the order of the features that stand for them. */
  readonly #order: [column: number, place: number][] = [];

  constructor(private readonly state: BoostedState, private readonly width: number) {
    for (const [column, codes] of Object.entries(state.categories)) this.#tables.set(Number(column), { keys: new Map(), sides: [], codes });
  }

  /** The split of a node that asks a set; undefined for one that asks a number. */
  splitOf(inner: number, column: number, missingLeft: boolean): Split | undefined {
    const table = this.#tables.get(column);
    if (!table) return undefined;
    const left = this.state.sets[this.state.cuts[inner]!]!;
    const key = `${left.join(',')} ${missingLeft}`;
    let feature = table.keys.get(key);
    if (feature === undefined) {
      table.keys.set(key, (feature = this.width + this.#order.length));
      table.sides.push(this.#sidesOf(table.codes, left, missingLeft));
      this.#order.push([column, table.sides.length - 1]);
    }
    return { feature, cut: 0.5, missingLeft: false };
  }

  /** The side of each code from 0 on, and last that of all others. */
  #sidesOf(codes: readonly number[], left: readonly number[], missingLeft: boolean): Uint8Array {
    const sides = new Uint8Array(Math.max(-1, ...codes) + 2).fill(missingLeft ? 0 : 1);
    for (const code of codes) sides[code] = 1;
    for (const code of left) sides[code] = 0;
    return sides;
  }

  /** The model's inputs with those columns behind them. */
  nodes(graph: GraphBuilder, x: string): string {
    if (this.#order.length === 0) return x;
    const used = [...this.#tables].filter(([, { sides }]) => sides.length > 0);
    const start = new Map<number, number>();
    let at = 0;
    const blocks = used.map(([column, { sides }]) => {
      start.set(column, at);
      at += sides.length;
      return this.#block(graph, x, column, sides);
    });
    const places = this.#order.map(([column, place]) => start.get(column)! + place);
    const all = blocks.length === 1 ? blocks[0]! : graph.add('Concat', blocks, { axis: { i: 1 } });
    const sets = graph.add('Gather', [all, graph.constant('int64', [places.length], places)], { axis: { i: 1 } });
    return graph.add('Concat', [x, sets], { axis: { i: 1 } });
  }

  /** Rows × sets of one column: its code, or the last place for one that was not seen, looked up in a table. */
  #block(graph: GraphBuilder, x: string, column: number, sides: readonly Uint8Array[]): string {
    const last = sides[0]!.length - 1;
    const value = graph.add('Gather', [x, graph.constant('int64', [], [column])], { axis: { i: 1 } });
    const known = graph.add('And', [graph.add('GreaterOrEqual', [value, graph.scalar(0)]), graph.add('Less', [value, graph.scalar(last)])]);
    const code = graph.cast(graph.add('Where', [known, value, graph.scalar(last)]), 'int64');
    const table = Uint8Array.from({ length: (last + 1) * sides.length }, (_, i) => sides[i % sides.length]![Math.floor(i / sides.length)]!);
    return graph.cast(graph.add('Gather', [graph.constant('uint8', [last + 1, sides.length], table), code], { axis: { i: 0 } }), 'double');
  }
}
