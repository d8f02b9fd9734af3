import { LabError } from '../lab-error.js';
import { parsePythonYaml } from '../version/python-yaml.js';
import { isList, isMapping, reprFloat, type PythonValue } from '../version/python-value.js';

/** Values of a metrics or parameter file by dotted name; lists stay whole. */
export type FlatValues = ReadonlyMap<string, PythonValue>;

/** Reads JSON or YAML, whole numbers and floats apart as Python has them. Throws `bad-yaml`, `broken-file` {path, reason}. */
export function readFlat(bytes: Uint8Array | undefined, path: string): FlatValues {
  const values = new Map<string, PythonValue>();
  const walk = (value: PythonValue, name: string): void => {
    if (isMapping(value)) for (const [key, item] of Object.entries(value)) walk(item, name === '' ? key : `${name}.${key}`);
    else values.set(name, value);
  };
  if (!bytes) return values;
  const { value } = parsePythonYaml(new TextDecoder().decode(bytes), path);
  if (!isMapping(value)) throw new LabError('broken-file', { path, reason: 'a mapping is expected' });
  walk(value, '');
  return values;
}

/** A value as DVC's tables show it: floats as Python's `%.5g`, `-` for none. */
export function showValue(value: PythonValue | undefined): string {
  if (value === undefined || value === null) return value === null ? 'None' : '-';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return shortFloat(value);
  if (isList(value)) return `[${value.map((item) => (typeof item === 'string' ? `'${item}'` : typeof item === 'number' ? reprFloat(item) : showValue(item))).join(', ')}]`;
  return String(value);
}

function shortFloat(value: number): string {
  if (!Number.isFinite(value)) return reprFloat(value);
  const text = value.toPrecision(5);
  if (!text.includes('e')) return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return text.replace(/\.?0+e/, 'e').replace(/e([+-])(\d)$/, 'e$10$2');
}

/** New minus old, for numbers only. */
export function difference(old: PythonValue | undefined, now: PythonValue | undefined): PythonValue | undefined {
  if (typeof old === 'bigint' && typeof now === 'bigint') return now - old;
  const numeric = (value: PythonValue | undefined): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
  return numeric(old) && numeric(now) ? Number(now) - Number(old) : undefined;
}
