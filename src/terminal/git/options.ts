/** Options of a git subcommand: `flags` stand alone, `values` take a word. Keys are as typed, values are the names to read them by. */
export interface OptionSpec {
  readonly usage: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, string>>;
  /** `-5` means this value. */
  readonly digits?: string;
  /** Real options of git that the lab does not do, with the reason. */
  readonly refused?: Readonly<Record<string, string>>;
}

/** Words read by a spec; `paths` are those after `--`. */
export interface ReadOptions {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly words: readonly string[];
  readonly paths: readonly string[] | undefined;
}

/** A refusal in git's words, with its exit status. */
export class GitError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export const fatal = (message: string): GitError => new GitError(`fatal: ${message}`, 128);

/** Reads the words after `git <subcommand>`. Throws `GitError` 129 on an option it does not know, as git's own parser does. */
export function readOptions(spec: OptionSpec, words: readonly string[]): ReadOptions {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  const keep = (name: string, value: string): void => void values.set(name, [...(values.get(name) ?? []), value]);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--') return { flags, values, words: rest, paths: words.slice(i + 1) };
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      continue;
    }
    if (spec.digits !== undefined && /^-\d+$/.test(word)) {
      keep(spec.digits, word.slice(1));
      continue;
    }
    for (const [name, inline] of word.startsWith('--') ? [splitLong(word)] : splitShort(spec, word)) {
      refuseKnown(spec, name);
      const value = spec.values?.[name];
      if (value !== undefined) keep(value, inline ?? needValue(name, words[++i]));
      else if (spec.flags?.[name] !== undefined && inline === undefined) flags.add(spec.flags[name]);
      else throw unknownOption(spec, name, inline);
    }
  }
  return { flags, values, words: rest, paths: undefined };
}

/** The last value given for a name, as git reads options that are given twice. */
export const lastValue = (options: ReadOptions, name: string): string | undefined => options.values.get(name)?.at(-1);

/** A whole number of at least zero; throws as git does otherwise. */
export function readCount(options: ReadOptions, name: string): number | undefined {
  const value = lastValue(options, name);
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw fatal(`'${value}': not an integer`);
  return Number(value);
}

function splitLong(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** `-am "x"` is `-a -m x`, `-n5` is `-n 5`. */
function splitShort(spec: OptionSpec, word: string): [string, string | undefined][] {
  const out: [string, string | undefined][] = [];
  for (let i = 1; i < word.length; i++) {
    const name = `-${word[i]}`;
    const rest = word.slice(i + 1);
    if (spec.values?.[name] !== undefined) return [...out, [name, rest === '' ? undefined : rest]];
    out.push([name, undefined]);
  }
  return out;
}

function needValue(name: string, value: string | undefined): string {
  if (value === undefined) throw new GitError(name.startsWith('--') ? `error: option \`${name.slice(2)}' requires a value` : `error: switch \`${name.slice(1)}' requires a value`, 129);
  return value;
}

function refuseKnown(spec: OptionSpec, name: string): void {
  const reason = spec.refused?.[name];
  if (reason !== undefined) throw new GitError(`error: ${name}: ${reason}`, 129);
}

function unknownOption(spec: OptionSpec, name: string, inline: string | undefined): GitError {
  if (spec.flags?.[name] !== undefined) return new GitError(`error: option \`${name.slice(2)}' takes no value`, 129);
  const what = name.startsWith('--') ? `error: unknown option \`${name.slice(2)}${inline === undefined ? '' : `=${inline}`}'` : `error: unknown switch \`${name.slice(1)}'`;
  return new GitError(`${what}\nusage: ${spec.usage}\n`, 129);
}
