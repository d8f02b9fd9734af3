import type { CommandCall, CommandResult } from '../../command.js';

/** One subcommand of `dvc`; flags that take no value and options that take one are listed, other words with a dash are refused before it runs. */
export interface DvcSubcommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly string[];
  /** Options with a value, such as `-r`. */
  readonly options?: readonly string[];
  run(words: readonly string[], flags: DvcFlags, call: CommandCall): Promise<CommandResult>;
}

/** What was given with a dash. */
export class DvcFlags {
  constructor(
    private readonly flags: ReadonlySet<string>,
    private readonly values: ReadonlyMap<string, string>,
  ) {}

  /** Whether one of some spellings was given. */
  has(...names: string[]): boolean {
    return names.some((name) => this.flags.has(name));
  }

  /** Value of an option under one of its spellings. */
  get(...names: string[]): string | undefined {
    return names.map((name) => this.values.get(name)).find((value) => value !== undefined);
  }
}

/** Words of a call sorted into what stands alone and what has a dash; `unknown` lists those that the subcommand does not have. */
export function sortWords({ flags, options = [] }: Pick<DvcSubcommand, 'flags' | 'options'>, words: readonly string[]): { plain: string[]; given: DvcFlags; unknown: string[] } {
  const [plain, unknown, set, values] = [[] as string[], [] as string[], new Set<string>(), new Map<string, string>()];
  const split = words.flatMap((word) => (/^-[a-zA-Z]{2,}$/.test(word) ? [...word.slice(1)].map((letter) => `-${letter}`) : /^--[\w-]+=/.test(word) ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word]));
  for (let i = 0; i < split.length; i++) {
    const word = split[i]!;
    if (!word.startsWith('-') || word === '-') plain.push(word);
    else if (options.includes(word) && i + 1 < split.length) values.set(word, split[++i]!);
    else if (flags.includes(word)) set.add(word);
    else unknown.push(word);
  }
  return { plain, given: new DvcFlags(set, values), unknown };
}

/** Columns as DVC prints them: to the left, four spaces apart. */
export function dvcTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) => `${row.map((cell, i) => cell.padEnd(widths[i]!)).join('    ').trimEnd()}\n`).join('');
}

/** The same as a table of Markdown (`--md`). */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(3, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |\n`;
  return `${line(rows[0]!)}|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n${rows.slice(1).map(line).join('')}\n`;
}

/** `1 file pushed`, `1 file added and 2 files fetched`; DVC's sentence when nothing was done. */
export function summarise(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, n]) => n > 0).map(([what, n]) => `${n} file${n === 1 ? '' : 's'} ${what}`);
  if (parts.length === 0) return 'Everything is up to date.\n';
  return `${parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`}\n`;
}

/** `+` lines of a checkout: how a path changed. */
export const changeLines = (state: 'M' | 'A' | 'D', paths: readonly string[]): string => paths.map((path) => `${state}\t${path}\n`).join('');
