const DAY = 86_400_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})(?:([T ])(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Milliseconds since 1970-01-01 UTC of a day of the Gregorian calendar, or NaN when there is no such day. */
function dayOf(year: number, month: number, day: number): number {
  const time = Date.UTC(2000, month - 1, day);
  const date = new Date(time);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : NaN;
}

/** Milliseconds since 1970-01-01 UTC of an ISO 8601 date or date and time (UTC when it names no zone); NaN when it is none. */
export function parseIsoDate(text: string): number {
  const match = PATTERN.exec(text);
  if (!match) return NaN;
  const part = (i: number): number => Number(match[i] ?? 0);
  const day = dayOf(part(1), part(2), part(3));
  if (part(5) > 23 || part(6) > 59 || part(7) > 59) return NaN;
  const fraction = Math.trunc(Number(`0.${match[8] ?? 0}`) * 1000);
  return day + part(5) * 3_600_000 + part(6) * 60_000 + part(7) * 1000 + fraction - zoneOf(match[9]);
}

function zoneOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** An ISO date: `YYYY-MM-DD` at midnight UTC, else with time to the second or millisecond and `Z`. */
export function formatIsoDate(time: number): string {
  const iso = new Date(time).toISOString();
  if (time % DAY === 0) return iso.slice(0, iso.indexOf('T'));
  return iso.replace('.000Z', 'Z');
}
