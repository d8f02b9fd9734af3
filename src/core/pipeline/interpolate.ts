import { LabError } from '../lab-error.js';
import { isList, isMapping, reprFloat, type PythonValue } from '../version/python-value.js';

/** Values that `${…}` may name. */
export type Context = Readonly<Record<string, PythonValue>>;

/** Finds `a.b[0]` in a mapping; undefined when it is not there. */
export function valueAt(value: PythonValue, path: string): PythonValue | undefined {
  let found: PythonValue | undefined = value;
  for (const key of path.split(/\.|\[(\d+)\]/).filter((part) => part !== undefined && part !== '')) {
    if (isList(found)) found = /^\d+$/.test(key) ? found[Number(key)] : undefined;
    else if (isMapping(found)) found = Object.hasOwn(found, key) ? found[key] : undefined;
    else return undefined;
  }
  return found;
}

/** Fills `${a.b[0]}` in a string; `\${` stays as it is. Throws `unknown-value` {name, path, line}. */
export function fillString(text: string, context: Context, where: { readonly path: string; readonly line: number }, inCommand = false): string {
  return text.replace(/\\?\$\{([^{}]*)\}/g, (whole, inner: string) => {
    if (whole.startsWith('\\')) return whole.slice(1);
    const name = inner.trim();
    const value = valueAt(context, name);
    if (value === undefined) throw new LabError('unknown-value', { name, ...where });
    if (inCommand && isMapping(value)) return commandFlags(value);
    if (isMapping(value) || isList(value)) throw new LabError('bad-value', { name, ...where });
    return scalarText(value);
  });
}

/** A mapping in a command becomes `--key value`; true becomes the bare flag, false nothing (`parsing.bool` store_true). */
function commandFlags(mapping: { readonly [key: string]: PythonValue }, prefix = ''): string {
  const words = Object.entries(mapping).flatMap(([key, value]) => {
    const name = prefix + key;
    if (isMapping(value)) return [commandFlags(value, `${name}.`)];
    if (isList(value)) return [`--${name} ${value.map((item) => quoteWord(scalarText(item))).join(' ')}`];
    if (value === true) return [`--${name}`];
    if (value === false) return [];
    return [`--${name} ${quoteWord(scalarText(value))}`];
  });
  return words.join(' ');
}

/** A scalar as DVC puts it into a string: booleans in lower case, floats as Python writes them. */
export function scalarText(value: PythonValue): string {
  if (typeof value === 'number') return reprFloat(value);
  return value === null ? 'null' : String(value);
}

const quoteWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`);
