import { LabError } from '../lab-error.js';
import { valueText } from '../table/select.js';
import { fitBins, fitKMeansBins } from './bin-numbers.js';
import { noteMissing, type FitContext, type PlannedColumn } from './column-fit.js';
import { numbersOf } from './fill-step.js';
import { meanOf, medianOf, mostFrequentOf } from './imputers.js';
import { fitPower } from './power-transform.js';
import type { BinStep, NumericStep, PowerStep } from './recipe.js';
import { fitMaxAbs } from './scale-max-abs.js';
import { fitRange } from './scale-to-range.js';
import { fitMinMax, fitNone, fitRobust, fitStandard } from './scalers.js';
import type { Change } from './transform-spec.js';

const SCALERS = { standard: fitStandard, 'min-max': fitMinMax, robust: fitRobust, none: fitNone, 'max-abs': fitMaxAbs } as const;
const IMPUTERS = { mean: meanOf, median: medianOf, 'most-frequent': mostFrequentOf } as const;

/** What fills missing numbers; null for nothing. */
export const fillOf = (values: Float64Array, impute: PlannedColumn['impute']): number | null => (typeof impute === 'object' || impute === 'none' ? null : IMPUTERS[impute](values));

/** Scales the values; `constant` tells that they are all the same. */
export const fitScale = (values: Float64Array, scale: keyof typeof SCALERS): ReturnType<typeof fitStandard> => SCALERS[scale](values);

/** Learns the step of a column of numbers; undefined when no value is known. Throws `not-positive`, `bad-range` {column}. */
export function fitNumbers(planned: PlannedColumn, context: FitContext): NumericStep | PowerStep | BinStep | undefined {
  const { column, impute, change, flag } = planned;
  const { name, type } = column;
  const known = numbersOf(column, context.rows, context.rows.length);
  const missing = known.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  if (missing === known.length) {
    context.notes.push({ code: 'all-missing-column', column: name });
    return undefined;
  }
  const k = typeof impute === 'object' ? impute.neighbours : undefined;
  const fill = fillOf(known, impute);
  if (k === undefined || missing === 0) noteMissing(context, name, missing, fill === null ? null : valueText('number', fill));
  else context.notes.push({ code: 'filled-by-neighbours', column: name, count: missing, neighbours: k });
  const values = k !== undefined ? context.neighbours(name, k) : fill === null ? known : known.map((value) => (Number.isNaN(value) ? fill : value));
  noteConstant(context, name, values);
  const base = { name, type, fill, ...(k === undefined ? {} : { neighbours: k }), ...(flag ? { flag } : {}) };
  return { ...learned(name, change, values, context), ...base };
}

function noteConstant({ notes }: FitContext, column: string, values: Float64Array): void {
  const first = values.find((value) => !Number.isNaN(value));
  if (values.every((value) => Number.isNaN(value) || value === first)) notes.push({ code: 'constant-column', column, value: valueText('number', first ?? NaN) });
}

type Learned = Omit<NumericStep, 'name' | 'type' | 'fill'> | Omit<PowerStep, 'name' | 'type' | 'fill'> | Omit<BinStep, 'name' | 'type' | 'fill'>;

function learned(column: string, change: Change, values: Float64Array, { choices }: FitContext): Learned {
  switch (change.kind) {
    case 'power': {
      const { method, lambda, scaling } = namingColumn(column, () => fitPower(values, change.method));
      return { kind: 'power', method, lambda, offset: scaling.offset, divisor: scaling.divisor };
    }
    case 'bins':
      return { kind: 'bins', edges: [...(change.strategy === 'kmeans' ? fitKMeansBins(values, change.bins) : fitBins(values, change.bins, change.strategy))], codes: change.codes };
    case 'range': {
      const { scale, shift } = namingColumn(column, () => fitRange(values, change.low, change.high));
      return { kind: 'numeric', offset: -shift / scale, divisor: 1 / scale, ...(change.clip ? { clip: [change.low, change.high] as const } : {}) };
    }
    default: {
      const { offset, divisor } = fitScale(values, change.kind === 'scale' ? change.scale : choices.scale);
      return { kind: 'numeric', offset, divisor };
    }
  }
}

/** A failure about values names the column they are of. */
export function namingColumn<T>(column: string, fit: () => T): T {
  try {
    return fit();
  } catch (cause) {
    throw cause instanceof LabError ? new LabError(cause.code, { ...cause.data, column }) : cause;
  }
}
