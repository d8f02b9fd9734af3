import type { LabError } from '../core/lab-error.js';
import type { ServeReply, ServeRequest } from '../core/serve/protocol.js';
import type { Platform } from '../lab/platform.js';
import type { Logins } from './logins.js';
import type { ShellEngine } from './shell-engine.js';
import type { WriteTurn } from './write-turn.js';

/** What a command leaves: text for both streams and its exit status. */
export interface CommandResult {
  readonly out?: string;
  readonly err?: string;
  readonly status: number;
}

/** The world of the command line, the same for every command. */
export interface ShellHost {
  readonly engine: ShellEngine;
  readonly platform: Platform;
  /** Asks the in-page endpoint; `path` starts at `v2`. */
  serve(request: ServeRequest): Promise<ServeReply>;
  /** Gives an error's words in the reader's language. */
  formatError(error: LabError): string;
  /** Wall clock, milliseconds. */
  now(): number;
  /** Names and passwords for remotes; without it none can be given. */
  readonly logins?: Logins;
  /** Writes the project as one zip to a file of the machine, where there is one. */
  exportTo?(file: string): Promise<void>;
}

/** One call of a command: where it stands, what it reads, and how it takes the turn to write. */
export interface CommandCall {
  readonly host: ShellHost;
  readonly turn: WriteTurn;
  /** Absolute folder in which the command was typed. */
  readonly folder: string;
  readonly env: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  /** Standard input as text. */
  readonly stdin: string;
  /** Asks the one who sits there for a line, undefined at the end of input; absent when nobody can be asked, as in a script or a pipe. */
  readonly readLine?: () => Promise<string | undefined>;
  /** Shows text at once, before the command has ended; not part of its output. */
  show(text: string): void;
  /** Shows the beginning of the command's output before it has ended; the same text also belongs at the start of `out`. */
  stream(text: string): void;
  /** Reads any file of the shell by absolute path, tracked data included; throws when it is missing. */
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
}

/** A command of the lab's own, beside those of bash. */
export interface TerminalCommand {
  readonly name: string;
  readonly summary: string;
  run(words: readonly string[], call: CommandCall): Promise<CommandResult>;
  /** Words that may stand at the end of `words`, whose last one is being typed; undefined leaves it to file names. */
  complete?(words: readonly string[], host: ShellHost): Promise<readonly string[] | undefined>;
}
