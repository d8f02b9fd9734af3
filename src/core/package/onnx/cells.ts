import type { GraphBuilder } from './graph-builder.js';

/** A cleaned or made column in the graph: numbers in 8 bytes (NaN is missing), words ('' is missing), or two columns of levels as one. */
export type Cell =
  | { readonly kind: 'number' | 'date'; readonly value: string }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'pair'; readonly of: readonly [PairPart, PairPart] };

export interface PairPart {
  readonly cell: Cell;
  /** A level's words as a number of the column's type; undefined for words. */
  readonly read?: (level: string) => number;
}

/** Small pieces that the nodes of a recipe are made of. Truth values are ONNX's, numbers are in 8 bytes, columns [N, 1]. */
export class Pieces {
  constructor(readonly graph: GraphBuilder) {}

  row = (values: readonly number[]): string => this.graph.constant('double', [1, values.length], values);

  where = (condition: string, then: string, otherwise: string): string => this.graph.add('Where', [condition, then, otherwise]);

  math = (op: 'Add' | 'Sub' | 'Mul' | 'Div' | 'Pow' | 'Min' | 'Max', a: string | number, b: string | number): string =>
    this.graph.add(op, [a, b].map((value) => (typeof value === 'number' ? this.graph.scalar(value) : value)));

  is = (op: 'Equal' | 'Less' | 'Greater' | 'LessOrEqual' | 'GreaterOrEqual', a: string | number, b: string | number): string =>
    this.graph.add(op, [a, b].map((value) => (typeof value === 'number' ? this.graph.scalar(value) : value)));

  /** 0 or 1. */
  count = (truth: string): string => this.graph.cast(truth, 'double');

  floor = (value: string): string => this.graph.add('Floor', [value]);

  /** The sum along the columns, or all values in one row; kept as a column. */
  sum = (value: string): string => this.graph.add('ReduceSum', [value, this.graph.constant('int64', [1], [1])], { keepdims: { i: 1 } });

  beside = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : this.graph.add('Concat', parts, { axis: { i: 1 } }));

  /** Columns by their place. */
  pick = (value: string, places: readonly number[]): string => this.graph.add('Gather', [value, this.graph.constant('int64', [places.length], places)], { axis: { i: 1 } });

  /** The number that a word stands for, as whole numbers; `otherwise` for any other word. */
  code = (value: string, words: readonly string[], codes: readonly number[], otherwise: number): string =>
    words.length === 0
      ? this.code(value, [''], [otherwise], otherwise)
      : this.graph.addMl('LabelEncoder', [value], { keys_strings: { strings: words }, values_int64s: { ints: codes }, default_int64: { i: otherwise } });

  /** Rows of a table by whole numbers [N, 1]. */
  lookUp(table: readonly (readonly number[])[], places: string): string {
    const width = table[0]!.length;
    const found = this.graph.add('Gather', [this.graph.constant('double', [table.length, width], table.flat()), places], { axis: { i: 0 } });
    return this.graph.add('Reshape', [found, this.graph.constant('int64', [2], [-1, width])]);
  }

  /** Whether a cell is missing. */
  missing(cell: Cell): string {
    if (cell.kind === 'pair') return this.graph.add('Or', [this.missing(cell.of[0].cell), this.missing(cell.of[1].cell)]);
    if (cell.kind !== 'word') return this.graph.add('IsNaN', [cell.value]);
    return this.graph.add('Equal', [this.code(cell.value, [''], [1], 0), this.graph.constant('int64', [], [1])]);
  }

  /** NaN where a number is infinite. */
  finite = (value: string): string => this.where(this.graph.add('IsInf', [value]), this.graph.scalar(NaN), value);
}
