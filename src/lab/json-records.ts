import { LabError } from '../core/lab-error.js';

export type Records = readonly Readonly<Record<string, unknown>>[];

/** A field that was of one type and is of another from a record on (from 1); `converted` values were made of the first type again. */
export interface TypeChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly record: number;
  readonly converted: number;
}

/** Flat JSON records as CSV, in the order in which fields first appear. A number that comes later as text is made a number again; any other change, or each one with `stop`, throws `api-type-change`. */
export function writeRecords(records: Records, stop: boolean): { content: Uint8Array; changes: readonly TypeChange[] } {
  const fields = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const types = new Map<string, string>();
  const changes = new Map<string, TypeChange>();
  const lines = records.map((record, i) => {
    const cells = fields.map((field) => {
      const value = record[field] ?? null;
      if (value === null) return '';
      const first = types.get(field) ?? typeof value;
      types.set(field, first);
      return typeof value === first ? quote(String(value)) : convert(field, first, value, i + 1);
    });
    return cells.join(',') || '""';
  });
  function convert(field: string, from: string, value: unknown, record: number): string {
    const to = typeof value;
    const number = Number(value);
    const fits = from === 'number' && to === 'string' && String(value).trim() !== '' && Number.isFinite(number);
    if (stop || !fits) throw new LabError('api-type-change', { field, from, to, record, value: String(value) });
    const known = changes.get(field) ?? { field, from, to, record, converted: 0 };
    changes.set(field, { ...known, converted: known.converted + 1 });
    return String(number);
  }
  return { content: new TextEncoder().encode([fields.map(quote).join(','), ...lines, ''].join('\n')), changes: [...changes.values()] };
}

const quote = (text: string): string => (text === '' || text !== text.trim() || /[",\n\r;\t|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
