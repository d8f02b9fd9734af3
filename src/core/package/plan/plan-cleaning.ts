import type { CellStep } from '../../clean/clean-step.js';
import { LabError } from '../../lab-error.js';
import { readValue } from '../../table/retype.js';
import { valueText } from '../../table/select.js';
import type { ColumnType, NumericColumn } from '../../table/table.js';

/** One act on a number, null being a missing one; a missing number stays missing in all of them. */
export type NumberAct =
  | { readonly do: 'swap'; readonly from: readonly number[]; readonly to: readonly (number | null)[] }
  /** x · factor + offset where low < x < high. */
  | { readonly do: 'scale'; readonly factor: number; readonly offset: number; readonly low: number | null; readonly high: number | null }
  | { readonly do: 'clip'; readonly low: number | null; readonly high: number | null }
  /** Values outside become missing. */
  | { readonly do: 'blank'; readonly low: number | null; readonly high: number | null }
  /** What is no whole number, or neither 0 nor 1, becomes missing. */
  | { readonly do: 'whole' }
  | { readonly do: 'flag' };

type NumericType = NumericColumn['type'];

/** The cleaning of a column that comes as numbers of that type, as acts. Throws `export-step` {step, column}. */
export function planCleaning(steps: readonly CellStep[], column: string, type: NumericType): NumberAct[] {
  let now: ColumnType = type;
  return steps.flatMap((step) => {
    if (now === 'text') throw new LabError('export-step', { step: step.do, column });
    const acts = planAct(step, now);
    if (step.do === 'convert') now = step.to;
    return acts;
  });
}

function planAct(step: CellStep, type: NumericType): NumberAct[] {
  switch (step.do) {
    case 'trim':
      return [];
    case 'missing':
      return swap(step.values.map((marker) => [readValue(marker, type), null]));
    case 'replace':
      return swap(Object.entries(step.map).flatMap(([from, to]) => (valueText(type, readValue(from, type)) === from ? [[readValue(from, type), readValue(to, type)]] : [])));
    case 'convert':
      return step.to === type ? [] : step.to === 'integer' ? [{ do: 'whole' }] : step.to === 'boolean' ? [{ do: 'flag' }] : [];
    case 'rescale':
      return [{ do: 'scale', factor: step.factor, offset: step.offset, low: step.above ?? null, high: step.below ?? null }];
    case 'limit':
      return [{ do: step.act === 'clip' ? 'clip' : 'blank', low: step.low ?? null, high: step.high ?? null }];
  }
}

function swap(pairs: readonly (readonly [number, number | null] | readonly (number | null)[])[]): NumberAct[] {
  const known = pairs.filter(([from]) => !Number.isNaN(from)) as [number, number | null][];
  if (known.length === 0) return [];
  return [{ do: 'swap', from: known.map(([from]) => from), to: known.map(([, to]) => (to === null || Number.isNaN(to) ? null : to)) }];
}
