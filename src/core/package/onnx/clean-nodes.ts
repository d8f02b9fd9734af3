import type { NumberAct } from '../plan/plan-cleaning.js';
import type { Pieces } from './cells.js';

/** Acts on one column of numbers; those that were rounded to 4 bytes on the way in are compared as such, since 0.1 is then no longer 0.1. */
export const cleanedNumber = (pieces: Pieces, value: string, acts: readonly NumberAct[], rounded: boolean): string => acts.reduce((x, act) => applied(pieces, x, act, rounded), value);

function applied(pieces: Pieces, x: string, act: NumberAct, rounded: boolean): string {
  const { graph, where } = pieces;
  const is = (op: string, value: number): string => (rounded ? graph.add(op, [graph.cast(x, 'float'), graph.constant('float', [], [value])]) : graph.add(op, [x, graph.scalar(value)]));
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

/** Words some of which stand for others. */
export function cleanedWord(pieces: Pieces, value: string, swap: Readonly<Record<string, string>>): string {
  const { graph } = pieces;
  const words = Object.keys(swap);
  if (words.length === 0) return value;
  const code = pieces.code(value, words, [...words.keys()], words.length);
  const other = graph.add('Gather', [graph.constant('string', [words.length + 1], [...Object.values(swap), '']), code], { axis: { i: 0 } });
  return graph.add('Where', [graph.add('Equal', [code, graph.constant('int64', [], [words.length])]), value, other]);
}
