/** A setting on a line of its own: its dotted name, where it stands, and its value. */
interface Setting {
  readonly key: string;
  readonly line: number;
  readonly value: string;
}

/** Another number for the first setting that `theirs` changes, written into `mine`; undefined when no number was changed. */
export function clashingValue(mine: string, theirs: string): { readonly key: string; readonly value: string; readonly text: string } | undefined {
  const wanted = new Map(readSettings(theirs).map(({ key, value }) => [key, value]));
  for (const { key, line, value } of readSettings(mine)) {
    const other = wanted.get(key);
    if (other === undefined || other === value || !isNumber(value)) continue;
    const chosen = [2, 3].map((factor) => String(Number((Number(value) * factor || factor).toPrecision(6)))).find((v) => v !== other && v !== value)!;
    const lines = mine.split('\n');
    lines[line] = lines[line]!.replace(/: .*$/, `: ${chosen}`);
    return { key, value: chosen, text: lines.join('\n') };
  }
  return undefined;
}

const isNumber = (value: string): boolean => /^-?\d+(\.\d+)?$/.test(value);

/** The plain `key: value` lines of a YAML mapping, named by their indentation. */
function readSettings(text: string): Setting[] {
  const path: { readonly indent: number; readonly key: string }[] = [];
  return text.split('\n').flatMap((raw, line) => {
    const [, space, key, value] = /^(\s*)([\w.-]+):(?: +(.*?))?\s*$/.exec(raw) ?? [];
    if (space === undefined || key === undefined) return [];
    while (path.length > 0 && path.at(-1)!.indent >= space.length) path.pop();
    path.push({ indent: space.length, key });
    return value === undefined || value === '' ? [] : [{ key: path.map((p) => p.key).join('.'), line, value }];
  });
}
