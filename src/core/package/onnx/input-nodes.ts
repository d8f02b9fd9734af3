import type { BinInput, DateInput, LevelInput, NumberInput, PlannedInput, PowerInput, TermInput } from '../plan/plan-types.js';
import { CalendarNodes } from './calendar-nodes.js';
import type { Cell, Pieces } from './cells.js';
import { levelCode } from './feature-nodes.js';

/** What inputs are made from: cleaned and made columns, numbers with their holes filled from neighbours, terms as they come in. */
export interface InputSources {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly filled: ReadonlyMap<string, string>;
  readonly terms: (column: string) => string;
  /** Whether numbers were rounded to 4 bytes on the way in. */
  readonly rounded: boolean;
}

const numberOf = ({ cells, filled }: InputSources, name: string): string => filled.get(name) ?? (cells.get(name) as { value: string }).value;

/** What one input gives but for its flag, rows × columns. Numbers that are only filled and scaled are taken together by `scaledNodes`. */
export function inputNodes(pieces: Pieces, input: Exclude<PlannedInput, NumberInput>, sources: InputSources): string {
  switch (input.kind) {
    case 'power':
      return powerNodes(pieces, input, numberOf(sources, input.name));
    case 'bins':
      return binNodes(pieces, input, filledWith(pieces, numberOf(sources, input.name), input.fill));
    case 'dates':
      return dateNodes(pieces, input, filledWith(pieces, numberOf(sources, input.name), input.fill));
    case 'level':
      return levelNodes(pieces, input, sources.cells.get(input.name)!, sources.rounded);
    case 'terms':
      return termNodes(pieces, input, sources.terms(input.name));
  }
}

const filledWith = (pieces: Pieces, value: string, fill: number | null): string => (fill === null ? value : pieces.where(pieces.graph.add('IsNaN', [value]), pieces.graph.scalar(fill), value));

/** Columns of numbers at once: filled, scaled and cut. `joined` holds them side by side. */
export function scaledNodes(pieces: Pieces, inputs: readonly NumberInput[], joined: string): string {
  const { graph, row, where, math } = pieces;
  const filled = inputs.every(({ fill }) => fill === null) ? joined : where(graph.add('IsNaN', [joined]), row(inputs.map(({ fill }) => fill ?? NaN)), joined);
  const moved = inputs.every(({ offset }) => offset === 0) ? filled : math('Sub', filled, row(inputs.map(({ offset }) => offset)));
  const scaled = inputs.every(({ divisor }) => divisor === 1) ? moved : math('Div', moved, row(inputs.map(({ divisor }) => divisor)));
  if (inputs.every(({ clip }) => clip === null)) return scaled;
  return math('Min', math('Max', scaled, row(inputs.map(({ clip }) => clip?.[0] ?? -Infinity))), row(inputs.map(({ clip }) => clip?.[1] ?? Infinity)));
}

function powerNodes(pieces: Pieces, { method, lambda, fill, offset, divisor }: PowerInput, value: string): string {
  const { graph, where, math, is } = pieces;
  const usable = where(method === 'box-cox' ? is('Greater', value, 0) : is('Equal', value, value), value, graph.scalar(fill ?? NaN));
  const raised = method === 'box-cox' ? boxCox(pieces, usable, lambda) : where(is('GreaterOrEqual', usable, 0), boxCox(pieces, math('Add', usable, 1), lambda), graph.add('Neg', [boxCox(pieces, math('Sub', 1, usable), 2 - lambda)]));
  return math('Div', math('Sub', raised, offset), divisor);
}

/** (x^λ − 1) / λ; e^z − 1 is tanh(z / 2) · (e^z + 1), which keeps its digits near 0. */
function boxCox({ graph, math }: Pieces, x: string, lambda: number): string {
  const log = graph.add('Log', [x]);
  if (Math.abs(lambda) < 1e-12) return log;
  const z = math('Mul', log, lambda);
  return math('Div', math('Mul', graph.add('Tanh', [math('Div', z, 2)]), math('Add', graph.add('Exp', [z]), 1)), lambda);
}

function binNodes(pieces: Pieces, { edges, bins, codes }: BinInput, value: string): string {
  const { graph, where, count, is, row } = pieces;
  const inner = edges.slice(1, -1);
  const bin = where(graph.add('IsNaN', [value]), graph.scalar(NaN), inner.length === 0 ? graph.scalar(0) : pieces.sum(count(is('GreaterOrEqual', value, row(inner)))));
  return codes ? bin : count(is('Equal', bin, row(Array.from({ length: bins }, (_, at) => at))));
}

function dateNodes(pieces: Pieces, { parts }: DateInput, time: string): string {
  const calendar = new CalendarNodes(pieces, time);
  return pieces.beside(parts.flatMap(({ part, offset, divisor }) => calendar.inputParts(part).map((value) => pieces.math('Div', pieces.math('Sub', value, offset), divisor))));
}

function levelNodes(pieces: Pieces, { encode, levels, fill, means, unknown }: LevelInput, cell: Cell, rounded: boolean): string {
  const { graph } = pieces;
  const other = encode === 'target' ? levels.length : -1;
  const code = levelCode(pieces, cell, levels, other, fill, rounded);
  if (encode === 'target') return pieces.lookUp([...means!, unknown!], code);
  if (encode === 'ordinal') return graph.cast(code, 'double');
  return pieces.count(graph.add('Equal', [code, graph.constant('int64', [1, levels.length], [...levels.keys()])]));
}

/** Counts of the terms, in 8 bytes; the weights are worked out from them as the lab does. */
function termNodes(pieces: Pieces, { vocabulary, idf, sublinear }: TermInput, terms: string): string {
  const { graph, where, math, is, row } = pieces;
  const counts = graph.cast(graph.add('TfIdfVectorizer', [terms], {
    mode: { s: 'TF' }, min_gram_length: { i: 1 }, max_gram_length: { i: 1 }, max_skip_count: { i: 0 },
    ngram_counts: { ints: [0] }, ngram_indexes: { ints: [...vocabulary.keys()] }, pool_strings: { strings: vocabulary },
  }), 'double');
  const damped = sublinear ? where(is('Greater', counts, 0), math('Add', graph.add('Log', [math('Max', counts, 1)]), 1), counts) : counts;
  if (!idf) return damped;
  const weights = math('Mul', damped, row(idf));
  const length = graph.add('Sqrt', [pieces.sum(math('Mul', weights, weights))]);
  return math('Div', weights, where(is('Equal', length, 0), graph.scalar(1), length));
}
