import { DAY_MS } from '../calendar.js';
import { LabError } from '../lab-error.js';
import { parseIsoDate } from '../table/iso-date.js';
import type { NumericColumn, Table } from '../table/table.js';
import { dateValues } from './column-values.js';
import { madeBy, type DatePart, type DateStep } from './feature-step.js';

const yearStart = (ms: number): number => Date.UTC(new Date(ms).getUTCFullYear(), 0, 1);
const dayOfYear = (ms: number): number => Math.floor((ms - yearStart(ms)) / DAY_MS) + 1;
const yearLength = (ms: number): number => (Date.UTC(new Date(ms).getUTCFullYear() + 1, 0, 1) - yearStart(ms)) / DAY_MS;
const month = (ms: number): number => new Date(ms).getUTCMonth() + 1;
const weekday = (ms: number): number => ((new Date(ms).getUTCDay() + 6) % 7) + 1;
const hour = (ms: number): number => new Date(ms).getUTCHours();
/** Angle of a place on a circle of `length` places, so that the last is as near to the first as to the one before it. */
const angle = (place: number, length: number): number => (2 * Math.PI * place) / length;

const PARTS: Readonly<Record<Exclude<DatePart, 'days-since'>, (ms: number) => number>> = {
  year: (ms) => new Date(ms).getUTCFullYear(),
  quarter: (ms) => Math.ceil(month(ms) / 3),
  month,
  day: (ms) => new Date(ms).getUTCDate(),
  weekday,
  'day-of-year': dayOfYear,
  hour,
  weekend: (ms) => Number(weekday(ms) > 5),
  'month-sin': (ms) => Math.sin(angle(month(ms) - 1, 12)),
  'month-cos': (ms) => Math.cos(angle(month(ms) - 1, 12)),
  'weekday-sin': (ms) => Math.sin(angle(weekday(ms) - 1, 7)),
  'weekday-cos': (ms) => Math.cos(angle(weekday(ms) - 1, 7)),
  'day-of-year-sin': (ms) => Math.sin(angle(dayOfYear(ms) - 1, yearLength(ms))),
  'day-of-year-cos': (ms) => Math.cos(angle(dayOfYear(ms) - 1, yearLength(ms))),
  'hour-sin': (ms) => Math.sin(angle(hour(ms), 24)),
  'hour-cos': (ms) => Math.cos(angle(hour(ms), 24)),
};

const WHOLE = new Set<DatePart>(['year', 'quarter', 'month', 'day', 'weekday', 'day-of-year', 'hour']);

/** The columns of a date step; throws `feature-type`, and `feature-needs` {step, key} for days-since without a date. */
export function dateParts(step: DateStep, table: Table): NumericColumn[] {
  const values = dateValues(table, step.column, step);
  const names = madeBy(step);
  return step.parts.map((part, i) => {
    const of = part === 'days-since' ? daysSince(step) : PARTS[part];
    const type = part === 'weekend' ? 'boolean' : WHOLE.has(part) ? 'integer' : 'number';
    return { name: names[i]!, type, values: values.map((ms) => (Number.isNaN(ms) ? NaN : of(ms))) };
  });
}

function daysSince({ since }: DateStep): (ms: number) => number {
  const first = parseIsoDate(since ?? '');
  if (Number.isNaN(first)) throw new LabError('feature-needs', { step: 'date', key: 'since' });
  return (ms) => (ms - first) / DAY_MS;
}
