import { TAGS, type Locale } from './plural.js';

/** Numbers, dates, bytes and times in a locale. */
export interface Format {
  /** Up to four significant digits below 1000, whole numbers above; `NaN` and infinities are named. */
  number(value: number): string;
  /** Exactly `digits` decimals, for columns of a table. */
  fixed(value: number, digits: number): string;
  whole(value: number): string;
  /** A share in 0 … 1 as percent. */
  percent(share: number, digits?: number): string;
  /** An ISO date or milliseconds, as a day in UTC. */
  date(value: string | number): string;
  /** Milliseconds since 1970, as day and time in the reader's own zone. */
  moment(value: number): string;
  bytes(value: number): string;
  /** Seconds as the largest fitting unit. */
  duration(seconds: number): string;
  list(words: readonly string[]): string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

const makeNumber = (tag: string) => {
  const small = new Intl.NumberFormat(tag, { maximumSignificantDigits: 4 });
  const large = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const tiny = new Intl.NumberFormat(tag, { notation: 'scientific', maximumSignificantDigits: 3 });
  return (value: number): string => {
    if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
    const size = Math.abs(value);
    if (size > 0 && size < 1e-4) return tiny.format(value);
    return (size >= 1000 ? large : small).format(value);
  };
};

const makeBytes = (tag: string) => (value: number): string => {
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  const options = { style: 'unit', unit: BYTE_UNITS[power]!, unitDisplay: power === 0 ? 'long' : 'short' } as const;
  return new Intl.NumberFormat(tag, { ...options, maximumFractionDigits: power === 0 ? 0 : 1 }).format(value / 1000 ** power);
};

const makeDuration = (tag: string) => (seconds: number): string => {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  const digits = unit === 'second' && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: digits }).format(value);
};

/** Gives the formatters of a locale. */
export function makeFormat(locale: Locale): Format {
  const tag = TAGS[locale];
  const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  return {
    number: makeNumber(tag),
    fixed: (value, digits) => new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    whole: (value) => whole.format(value),
    percent: (share, digits = 0) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: digits }).format(share),
    date: (value) => day.format(new Date(value)),
    moment: (value) => moment.format(new Date(value)),
    bytes: makeBytes(tag),
    duration: makeDuration(tag),
    list: (words) => list.format(words),
  };
}
