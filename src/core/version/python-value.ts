/** A value as Python and YAML know it: whole numbers are `bigint`, floats are `number`, so that 1 and 1.0 stay apart. */
export type PythonValue = null | boolean | bigint | number | string | readonly PythonValue[] | { readonly [key: string]: PythonValue };

/** A float as Python's `repr` writes it: `1.0`, `1e-05`, `1e+20`. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 16) return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const fixed = Object.is(value, -0) ? '-0' : expand(mantissa, power);
  return fixed.includes('.') ? fixed : `${fixed}.0`;
}

/** Python's `json.dumps(value, sort_keys=True)`: ASCII only, `", "` and `": "` between, keys in code-point order. */
export function pythonJson(value: PythonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return asciiJson(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return jsonFloat(value);
  if (isList(value)) return `[${value.map(pythonJson).join(', ')}]`;
  const keys = Object.keys(value).sort(compareCodePoints);
  return `{${keys.map((key) => `${asciiJson(key)}: ${pythonJson(value[key]!)}`).join(', ')}}`;
}

/** Python's `json.dumps` of a string: ASCII only, lower-case hex escapes. */
export const asciiJson = (text: string): string => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Order of strings in Python: by code point, not by UTF-16 unit. */
export function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Whether two values are equal as Python's `==` sees them: 1 equals 1.0. */
export function equalValues(a: PythonValue | undefined, b: PythonValue | undefined): boolean {
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b);
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => equalValues(item, b[i]));
  if (isMapping(a) && isMapping(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key], b[key]));
  }
  return a === b;
}

export const isList = (value: unknown): value is readonly PythonValue[] => Array.isArray(value);
export const isMapping = (value: unknown): value is { readonly [key: string]: PythonValue } => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is bigint | number => typeof value === 'bigint' || typeof value === 'number';

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return reprFloat(value);
}

/** Digits of a mantissa moved by a power of ten, without an exponent. */
function expand(mantissa: string, power: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace('-', '').replace('.', '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  if (digits.length <= power + 1) return sign + digits.padEnd(power + 1, '0');
  return `${sign}${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`;
}
