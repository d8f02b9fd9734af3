import { formatIsoDate } from '../table/iso-date.js';
import { profileTable, type ColumnProfile } from '../table/profile.js';
import type { Table } from '../table/table.js';
import type { ColumnRules, Contract } from './contract.js';

const MOST_ALLOWED = 20;
const SPARE = 0.1;

/** A contract that these rows keep: their types, ranges with a tenth to spare, the words of short lists, and missing shares with some room. */
export function inferContract(table: Table, time?: string): Contract {
  const columns = Object.fromEntries(profileTable(table).map((profile) => [profile.name, inferRules(profile)]));
  const date = table.columns.find(({ name, type }) => name === time && type === 'date');
  return { rows: { min: Math.max(1, Math.floor(table.rows / 2)) }, ...(date ? { freshness: { column: date.name, days: 30 } } : {}), others: 'refuse', columns };
}

function inferRules(profile: ColumnProfile): ColumnRules {
  const { type, rows, missing, distinct } = profile;
  const full = missing === 0 && rows > 0;
  const room = full ? {} : { missing: Math.min(1, Math.ceil((missing / Math.max(1, rows)) * 100 + 5) / 100) };
  const unique = full && rows >= 20 && distinct === rows && (type === 'text' || /(^|_)(id|key)$/i.test(profile.name)) ? { unique: true } : {};
  return { type, required: full, ...room, ...rangeOf(profile), ...allowedOf(profile), ...unique };
}

function rangeOf({ type, numbers }: ColumnProfile): Pick<ColumnRules, 'min' | 'max'> {
  if (!numbers) return {};
  const { min, max } = numbers;
  if (type === 'date') return { min: formatIsoDate(min) };
  const spare = (max - min) * SPARE;
  const round = (value: number, to: (x: number) => number): number => (type === 'integer' ? to(value) : Number(value.toPrecision(6)));
  // What is never below 0 so far, such as a weight, is not expected to be.
  const low = min >= 0 ? Math.max(0, min - spare) : min - spare;
  return { min: Math.min(min, round(low, Math.floor)), max: Math.max(max, round(max + spare, Math.ceil)) };
}

function allowedOf({ type, rows, distinct, top }: ColumnProfile): Pick<ColumnRules, 'allowed'> {
  if (type !== 'text' || distinct === 0 || distinct > Math.min(MOST_ALLOWED, rows / 5) || top === undefined || top.length < distinct) return {};
  return { allowed: top.map(({ value }) => value).sort() };
}
