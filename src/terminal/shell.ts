import type { StatementNode } from 'just-bash';
import { LabError } from '../core/lab-error.js';
import { makeBash } from './bash-bridge.js';
import type { ShellHost } from './command.js';
import { COMMANDS } from './commands/index.js';
import { completeLine, type Completion } from './complete.js';
import { explainStderr } from './explain-stderr.js';
import { HOME, PROJECT } from './paths.js';
import { Session } from './session.js';
import { WriteTurn } from './write-turn.js';

/** Where text goes as it comes, and how a line is stopped. */
export interface RunOptions {
  readonly onOutput: (text: string, stream: 'stdout' | 'stderr') => void;
  readonly signal?: AbortSignal;
  /** Standard input of the line. */
  readonly stdin?: string;
  /** Asks the one who sits there for a line; undefined at the end of input. */
  readonly readLine?: () => Promise<string | undefined>;
}

/** What a line left; `ended` when it ended the shell (`exit`, or a failure under `set -e`), which then starts anew. */
export interface LineResult {
  readonly status: number;
  /** Folder in which the next line runs. */
  readonly folder: string;
  readonly ended: boolean;
}

export interface Shell {
  run(line: string, options: RunOptions): Promise<LineResult>;
  complete(line: string, cursor: number): Promise<Completion>;
}

const CANCELLED = 130;
const ENV = { HOME, PWD: PROJECT, OLDPWD: PROJECT, USER: 'learner', SHELL: '/bin/bash', LANG: 'C.UTF-8', TERM: 'xterm-256color', PATH: '/usr/bin:/bin' };

/** A bash on the project, one line (or script) at a time. just-bash itself is loaded with the first line. */
export function createShell(host: ShellHost): Shell {
  const opened = openSession(host);
  let queue: Promise<unknown> = Promise.resolve();
  return {
    run(line, options) {
      const result = queue.then(async () => (await opened()).run(line, options));
      queue = result.catch(() => undefined);
      return result;
    },
    complete: async (line, cursor) => completeLine(line, cursor, (await opened()).place()),
  };
}

function openSession(host: ShellHost): () => Promise<LineRunner> {
  let opening: Promise<LineRunner> | undefined;
  return () => (opening ??= import('just-bash').then((library) => new LineRunner(host, library)));
}

class LineRunner {
  readonly #turn: WriteTurn;
  readonly #refusals: LabError[] = [];
  readonly #session: Session;
  readonly #bash;
  #signal: AbortSignal | undefined;
  #show: (text: string) => void = () => undefined;
  #stream: (text: string) => void = () => undefined;
  #readLine: RunOptions['readLine'];

  constructor(
    private readonly host: ShellHost,
    private readonly library: typeof import('just-bash'),
  ) {
    this.#turn = new WriteTurn(host.engine, host.platform);
    this.#bash = makeBash(library, {
      host,
      turn: this.#turn,
      commands: COMMANDS,
      reader: () => this.#readLine,
      show: (text) => this.#show(text),
      stream: (text) => this.#stream(text),
      beforeWrite: () => this.#turn.begin(this.#signal),
      onRefused: (error) => void this.#refusals.push(error),
    });
    this.#session = new Session(this.#bash, ENV);
  }

  /** What completion looks at. */
  place(): Parameters<typeof completeLine>[2] {
    return { host: this.host, fs: this.#bash.fs, folder: this.#session.folder, commands: COMMANDS, names: this.library.getCommandNames() };
  }

  async run(line: string, { onOutput, signal = new AbortController().signal, stdin, readLine }: RunOptions): Promise<LineResult> {
    this.#signal = signal;
    this.#show = (text) => onOutput(text, 'stderr');
    const statements = this.parse(line, onOutput);
    if (!statements) return { status: 2, folder: this.#session.folder, ended: false };
    for (const statement of statements) {
      if (signal.aborted) break;
      const { status, ended } = await this.step(statement, { signal, stdin, readLine, onOutput });
      if (ended && !signal.aborted) {
        this.#session.renew(ENV);
        return { status, folder: this.#session.folder, ended };
      }
    }
    if (signal.aborted) this.#session.status = CANCELLED;
    return { status: this.#session.status, folder: this.#session.folder, ended: false };
  }

  private parse(line: string, onOutput: RunOptions['onOutput']): readonly StatementNode[] | undefined {
    try {
      return this.#session.parse(line);
    } catch (cause) {
      onOutput(`bash: syntax error: ${cause instanceof Error ? cause.message : String(cause)}\n`, 'stderr');
      return undefined;
    }
  }

  /** One statement, then its durable save; what cannot be saved is forgotten and said. */
  private async step(statement: StatementNode, { signal, stdin, readLine, onOutput }: RunOptions & { signal: AbortSignal }): Promise<{ status: number; ended: boolean }> {
    this.#refusals.length = 0;
    // a question must be seen, so nobody is asked where the output goes elsewhere
    this.#readLine = goesToScreen(statement) ? readLine : undefined;
    let streamed = '';
    this.#stream = (text) => {
      if (!goesToScreen(statement)) return;
      streamed += text;
      onOutput(text, 'stdout');
    };
    const result = await this.#session.run(statement, { signal, stdin });
    const saved = await this.save();
    const rest = result.stdout.startsWith(streamed) ? result.stdout.slice(streamed.length) : result.stdout;
    if (rest !== '') onOutput(rest, 'stdout');
    const names = [...this.library.getCommandNames(), ...COMMANDS.map((c) => c.name)];
    const stderr = signal.aborted ? '' : explainStderr(result.stderr, names);
    const notes = [...new Set(this.#refusals.map((e) => this.host.formatError(e)))].map((note) => `${note}\n`).join('');
    if (stderr + notes !== '') onOutput(stderr + notes, 'stderr');
    if (saved !== undefined) onOutput(`${this.host.formatError(saved)}\n`, 'stderr');
    if (saved !== undefined || (this.#refusals.length > 0 && result.status === 0)) this.#session.status = 1;
    return { status: this.#session.status, ended: result.ended };
  }

  private async save(): Promise<LabError | undefined> {
    try {
      await this.#turn.end();
      return undefined;
    } catch (cause) {
      return LabError.from(cause);
    }
  }
}

/** Whether a statement is one plain command whose output nothing else takes. */
function goesToScreen({ pipelines, background }: StatementNode): boolean {
  const [command, ...more] = pipelines.flatMap((pipeline) => pipeline.commands);
  return command?.type === 'SimpleCommand' && more.length === 0 && !background && command.redirections.length === 0;
}
