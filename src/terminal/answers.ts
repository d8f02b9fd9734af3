import type { CommandCall } from './command.js';

/** Gives the next line that answers a command, undefined at the end: of its standard input, else of the one who sits there; absent when there is neither. */
export function answersOf({ stdin, readLine }: Pick<CommandCall, 'stdin' | 'readLine'>): (() => Promise<string | undefined>) | undefined {
  if (stdin === '') return readLine;
  const lines = stdin.replace(/\n$/, '').split('\n');
  return async () => lines.shift();
}
