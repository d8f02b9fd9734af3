import type { CommandCall, CommandResult } from '../../command.js';

/** One subcommand of `dvc`; flags that take no value are listed, all other words with a dash are refused before it runs. */
export interface DvcSubcommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly string[];
  run(words: readonly string[], flags: ReadonlySet<string>, call: CommandCall): Promise<CommandResult>;
}

/** Columns as DVC prints them: to the left, four spaces apart. */
export function dvcTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) => `${row.map((cell, i) => cell.padEnd(widths[i]!)).join('    ').trimEnd()}\n`).join('');
}
