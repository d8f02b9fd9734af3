/** Data that an error carries, read with care: words never fail because a field is missing. */
export type ErrorFields = Readonly<Record<string, unknown>>;

const MOST = 12;

/** A field as text, '' when absent. */
export const text = (fields: ErrorFields, name: string): string => (fields[name] === undefined ? '' : String(fields[name]));

/** A list field as words with commas, at most twelve of them; '' when absent or empty. */
export function listed(fields: ErrorFields, name: string, comma = ', '): string {
  const value = fields[name];
  if (!Array.isArray(value) || value.length === 0) return '';
  return value.slice(0, MOST).map(String).join(comma) + (value.length > MOST ? `${comma}…` : '');
}

/** A size in bytes as megabytes. */
export const megabytes = (fields: ErrorFields, name: string): string => `${Math.round(Number(fields[name] ?? 0) / 1e6)} MB`;
