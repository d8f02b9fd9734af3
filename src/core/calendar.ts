import { LabError } from './lab-error.js';

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of an ISO date; throws `bad-date`. */
export function dayOf(date: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) throw new LabError('bad-date', { value: date });
  return time / DAY_MS;
}

/** ISO date of a number of days since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** First day of the month that holds `day`, plus `months`. */
export function monthStart(day: number, months = 0): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY_MS;
}
