import type { FilePlace } from './place-of.js';

/** What the host hands to a run. */
export interface RunInput {
  readonly inputs: Readonly<Record<string, Uint8Array>>;
  readonly params: unknown;
  readonly argv: readonly string[];
  readonly outputBytes: number;
  readonly consoleCharacters: number;
}

/** What a run says to its host; nothing of it is to be believed. */
export type RunEvent =
  | { readonly type: 'print'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'done'; readonly files: readonly (readonly [path: string, content: Uint8Array])[] }
  | { readonly type: 'failed'; readonly reason: 'error' | 'flood' | 'memory'; readonly message: string; readonly stack: string };

/** Thrown when a run goes beyond a bound; it ends the run even when the learner's code catches it. */
export class FloodError extends Error {}

/** The files and words of the run in this realm. */
export const run: { input: RunInput; places: readonly FilePlace[]; readonly written: Map<string, Uint8Array>; bytes: number; flooded: string | undefined } = {
  input: { inputs: {}, params: {}, argv: [], outputBytes: 0, consoleCharacters: 0 },
  places: [],
  written: new Map(),
  bytes: 0,
  flooded: undefined,
};

/** A path of the project without `./` in front. */
export const plainPath = (path: string): string => path.replace(/^(\.\/)+/, '');

/** Keeps a file that the run wrote; throws `FloodError` beyond the bound of bytes. */
export function keepFile(path: string, content: Uint8Array): void {
  const name = plainPath(path);
  run.bytes += content.length - (run.written.get(name)?.length ?? 0);
  if (run.bytes > run.input.outputBytes) {
    run.flooded = `more than ${run.input.outputBytes} bytes of output`;
    throw new FloodError(run.flooded);
  }
  run.written.set(name, content);
}

/** Content of an input, or of a file written before; throws with the paths that there are. */
export function findFile(path: string): Uint8Array {
  const name = plainPath(path);
  const { inputs } = run.input;
  const found = run.written.get(name) ?? (Object.hasOwn(inputs, name) ? inputs[name] : undefined);
  if (!found) throw new Error(`no such file: ${path} (this stage may read ${Object.keys(inputs).sort().join(', ') || 'nothing'}: list it under deps)`);
  return found;
}
