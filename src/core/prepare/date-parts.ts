import { DAY_MS } from '../calendar.js';

const YEAR_DAYS = 365.2425;
const dayOfYear = (date: Date): number => (Date.UTC(2000, date.getUTCMonth(), date.getUTCDate()) - Date.UTC(2000, 0, 1)) / DAY_MS + 1 - Number(!isLeap(date.getUTCFullYear()) && date.getUTCMonth() > 1);
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
/** 1 is Monday, 7 is Sunday, as ISO 8601 counts. */
const weekday = (date: Date): number => (date.getUTCDay() === 0 ? 7 : date.getUTCDay());

const PLAIN = {
  year: (date: Date) => date.getUTCFullYear(),
  month: (date: Date) => date.getUTCMonth() + 1,
  day: (date: Date) => date.getUTCDate(),
  weekday,
  'day-of-year': dayOfYear,
  hour: (date: Date) => date.getUTCHours(),
  days: (date: Date) => date.getTime() / DAY_MS,
} as const;

/** Turns of the circle, from 0: the end of a week, a day or a year lies beside its beginning. */
const CYCLES = {
  'cyclic-month': (date: Date) => date.getUTCMonth() / 12,
  'cyclic-weekday': (date: Date) => (weekday(date) - 1) / 7,
  'cyclic-year': (date: Date) => (dayOfYear(date) - 1) / YEAR_DAYS,
  'cyclic-hour': (date: Date) => (date.getUTCHours() + date.getUTCMinutes() / 60) / 24,
} as const;

type Cycle = keyof typeof CYCLES;
/** A number that a date (UTC) gives; a cyclic one is a point on a circle, so two numbers. */
export type DatePart = keyof typeof PLAIN | Cycle;

export const DATE_PARTS: readonly DatePart[] = [...(Object.keys(PLAIN) as (keyof typeof PLAIN)[]), ...(Object.keys(CYCLES) as Cycle[])];

export const isCyclic = (part: DatePart): part is Cycle => part in CYCLES;

/** Names of what the part gives: `month`, or `month.sin` and `month.cos`. */
export function datePartNames(part: DatePart): string[] {
  if (!isCyclic(part)) return [part];
  const name = part.slice('cyclic-'.length);
  return [`${name}.sin`, `${name}.cos`];
}

/** Numbers of one date in milliseconds since 1970-01-01 UTC; NaN stays. */
export function datePartValues(part: DatePart, time: number): number[] {
  const date = new Date(time);
  if (!isCyclic(part)) return [PLAIN[part](date)];
  const turn = 2 * Math.PI * CYCLES[part](date);
  return [Math.sin(turn), Math.cos(turn)];
}
