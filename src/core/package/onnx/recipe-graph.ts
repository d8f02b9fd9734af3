import type { NumberAct } from '../plan-cleaning.js';
import { widthOfInput, type LevelInput, type NumberInput, type PlannedInput, type WordInput } from '../recipe-plan.js';
import type { GraphBuilder } from './graph-builder.js';

/**
 * The recipe as nodes: one input for each raw column, numbers as float (NaN is missing) and words as string ('' is missing); gives the model's
 * inputs, rows × columns in 8 bytes, in the recipe's order. `flat` inputs have the shape [N], others [N, 1].
 */
export function recipeNodes(graph: GraphBuilder, plan: readonly PlannedInput[], flat: boolean): string {
  const raw = new Map<string, string>();
  for (const { name, kind } of plan) if (!raw.has(name)) raw.set(name, graph.input(name, kind === 'word' ? 'string' : 'float', flat ? ['N'] : ['N', 1]));
  const column = (name: string): string => (flat ? graph.add('Unsqueeze', [raw.get(name)!, graph.constant('int64', [1], [1])]) : raw.get(name)!);
  const numbers = plan.filter((input): input is NumberInput => input.kind === 'number');
  const categories = plan.filter((input): input is LevelInput | WordInput => input.kind !== 'number');
  const parts = [
    ...(numbers.length > 0 ? [scaled(graph, numbers, numbers.map((input) => cleaned(graph, column(input.name), input.clean)))] : []),
    ...categories.map((input) => encoded(graph, input, column(input.name))),
  ];
  const joined = parts.length === 1 ? parts[0]! : graph.add('Concat', parts, { axis: { i: 1 } });
  return inOrder(graph, joined, plan, [...numbers, ...categories]);
}

/** Acts on one column, from float to the lab's 8 bytes. */
function cleaned(graph: GraphBuilder, value: string, acts: readonly NumberAct[]): string {
  return acts.reduce((x, act) => applied(graph, x, act), graph.cast(value, 'double'));
}

function applied(graph: GraphBuilder, x: string, act: NumberAct): string {
  const where = (condition: string, then: string, otherwise: string): string => graph.add('Where', [condition, then, otherwise]);
  // As floats, since 0.1 that came as a float is no longer 0.1 in 8 bytes.
  const is = (op: string, value: number): string => graph.add(op, [graph.cast(x, 'float'), graph.constant('float', [], [value])]);
  switch (act.do) {
    case 'swap':
      return act.from.reduce((out, from, at) => where(is('Equal', from), graph.scalar(act.to[at] ?? NaN), out), x);
    case 'scale': {
      const made = graph.add('Add', [graph.add('Mul', [x, graph.scalar(act.factor)]), graph.scalar(act.offset)]);
      const bounds = [...(act.low === null ? [] : [is('Greater', act.low)]), ...(act.high === null ? [] : [is('Less', act.high)])];
      return bounds.length === 0 ? made : where(bounds.length === 2 ? graph.add('And', bounds) : bounds[0]!, made, x);
    }
    case 'clip':
    case 'blank': {
      const instead = (bound: number): string => graph.scalar(act.do === 'clip' ? bound : NaN);
      const low = act.low === null ? x : where(is('Less', act.low), instead(act.low), x);
      return act.high === null ? low : where(is('Greater', act.high), instead(act.high), low);
    }
    case 'whole':
      return where(graph.add('Equal', [x, graph.add('Floor', [x])]), x, graph.scalar(NaN));
    case 'flag':
      return where(graph.add('Or', [is('Equal', 0), is('Equal', 1)]), x, graph.scalar(NaN));
  }
}

/** All numeric columns at once: filled and scaled. */
function scaled(graph: GraphBuilder, inputs: readonly NumberInput[], columns: readonly string[]): string {
  const row = (values: readonly number[]): string => graph.constant('double', [1, values.length], values);
  const joined = columns.length === 1 ? columns[0]! : graph.add('Concat', columns, { axis: { i: 1 } });
  const filled = inputs.every(({ fill }) => fill === null) ? joined : graph.add('Where', [graph.add('IsNaN', [joined]), row(inputs.map(({ fill }) => fill ?? NaN)), joined]);
  const moved = inputs.every(({ offset }) => offset === 0) ? filled : graph.add('Sub', [filled, row(inputs.map(({ offset }) => offset))]);
  return inputs.every(({ divisor }) => divisor === 1) ? moved : graph.add('Div', [moved, row(inputs.map(({ divisor }) => divisor))]);
}

/** A category's code, or a column of 0 and 1 for each of its levels. */
function encoded(graph: GraphBuilder, input: LevelInput | WordInput, value: string): string {
  return input.kind === 'word' ? encodedWord(graph, input, value) : encodedLevel(graph, input, value);
}

function encodedWord(graph: GraphBuilder, { codes, levels, encode }: WordInput, value: string): string {
  const code = graph.addMl('LabelEncoder', [value], { keys_strings: { strings: Object.keys(codes) }, values_int64s: { ints: Object.values(codes) }, default_int64: { i: -1 } });
  if (encode === 'ordinal') return graph.cast(code, 'double');
  return graph.cast(graph.add('Equal', [code, graph.constant('int64', [1, levels], Array.from({ length: levels }, (_, at) => at))]), 'double');
}

function encodedLevel(graph: GraphBuilder, { clean, levels, fill, encode }: LevelInput, value: string): string {
  const x = cleaned(graph, value, clean);
  const known = fill < 0 ? x : graph.add('Where', [graph.add('IsNaN', [x]), graph.scalar(levels[fill]!), x]);
  const own = graph.add('Equal', [graph.cast(known, 'float'), graph.constant('float', [1, levels.length], levels)]);
  if (encode === 'one-hot') return graph.cast(own, 'double');
  const places = graph.add('MatMul', [graph.cast(own, 'double'), graph.constant('double', [levels.length, 1], levels.map((_, at) => at + 1))]);
  return graph.add('Sub', [places, graph.scalar(1)]);
}

/** Numbers were taken together, so columns may have to go back to their places. */
function inOrder(graph: GraphBuilder, joined: string, plan: readonly PlannedInput[], order: readonly PlannedInput[]): string {
  let at = 0;
  const start = new Map(order.map((input) => [input, (at += widthOfInput(input)) - widthOfInput(input)]));
  const places = plan.flatMap((input) => Array.from({ length: widthOfInput(input) }, (_, k) => start.get(input)! + k));
  if (places.every((place, own) => place === own)) return joined;
  return graph.add('Gather', [joined, graph.constant('int64', [places.length], places)], { axis: { i: 1 } });
}
