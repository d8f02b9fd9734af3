import type { Terminal } from '@xterm/xterm';
import { LabError } from '../../core/lab-error.js';
import { AnswerLine } from './answer-line.js';
import { applyCompletion, inColumns, type Completion } from './apply-completion.js';
import { drawLine, leaveLine, type Prompt } from './draw-line.js';
import { readKeys, type Key } from './keys.js';
import { press, startLine, type Line } from './line-editor.js';
import { addToHistory, type HistoryShelf } from './line-history.js';
import { OutputSanitiser } from './sanitise-output.js';

/** What the console asks of the page; each call may reject with `LabError`. */
export interface ConsolePorts {
  run(line: string, options: { signal: AbortSignal; onOutput: (text: string) => void; onAsk: () => Promise<string | undefined> }): Promise<{ status: number; folder: string }>;
  complete(line: string, cursor: number): Promise<Completion>;
  /** Name of the current branch. */
  branch(): string | undefined;
  formatError(error: LabError): string;
  /** Words that say how much output was left out. */
  formatOmitted(characters: number): string;
  /** A command began (its text) or ended (undefined). */
  onRunning(line: string | undefined): void;
  onClose(): void;
}

/** Characters of one command's output that are shown; a page must not drown in a loop. */
const MOST_SHOWN = 1_000_000;
/** Milliseconds for which keys wait for a completion; a busy engine must not hold the line. */
const COMPLETION_PATIENCE = 1000;
const HOME = '/home/learner';

const after = (milliseconds: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));

/** The dialogue of a terminal: prompt, line editing, running, and printing, over xterm's screen. */
export class Console {
  #line: Line;
  #history: readonly string[];
  #cursorRow = 0;
  #folder = `${HOME}/project`;
  #stop: AbortController | undefined;
  /** The line whose completion is under way. */
  #asked: Line | undefined;
  /** Keys typed while a command ran or a completion was asked for; they are read when it has ended. */
  #waiting: Key[] = [];
  /** What is typed for a running command that asks. */
  #answer: AnswerLine | undefined;
  #status = 0;

  constructor(
    private readonly screen: Pick<Terminal, 'write' | 'clear'> & { readonly cols: number },
    private readonly ports: ConsolePorts,
    private readonly shelf: HistoryShelf | undefined,
    history: readonly string[],
  ) {
    this.#history = history;
    this.#line = startLine(history);
    // Pasted text comes in brackets, so that its lines are not run one by one unseen.
    this.screen.write('\x1b[?2004h');
    this.#draw();
  }

  get running(): boolean {
    return this.#stop !== undefined;
  }

  /** What the terminal sends: keys and pasted text. */
  receive(data: string): void {
    for (const key of readKeys(data)) this.#take(key);
  }

  /** Whether Escape ends a search here rather than beginning to leave. */
  get searching(): boolean {
    return this.#line.search !== undefined;
  }

  /** Draws the line again after the screen has changed its width, or the branch its name. */
  redraw(): void {
    if (!this.running) this.#draw();
  }

  interrupt(): void {
    this.#stop?.abort();
  }

  #take(key: Key): void {
    if (this.running) {
      if (key.name === 'interrupt') {
        this.#waiting = [];
        this.screen.write('^C');
        this.interrupt();
      } else if (this.#answer) this.#answer.take(key);
      else this.#waiting.push(key);
      return;
    }
    if (this.#asked !== undefined) {
      if (key.name !== 'interrupt') return void this.#waiting.push(key);
      this.#asked = undefined;
      this.#waiting = [];
    }
    const { line, act } = press(this.#line, key);
    this.#line = line;
    if (act === 'submit') void this.#submit();
    else if (act === 'complete') void this.#complete();
    else if (act === 'interrupt') this.#abandon();
    else if (act === 'close') this.ports.onClose();
    else if (act === 'clear') this.#clear();
    else this.#draw();
  }

  async #submit(): Promise<void> {
    const text = this.#line.text;
    this.#draw();
    this.screen.write(leaveLine(this.#line, this.#prompt(), this.screen.cols, this.#cursorRow));
    this.#history = addToHistory(this.shelf, this.#history, text);
    if (text.trim() !== '') await this.#run(text);
    this.#begin();
    this.#takeWaiting();
  }

  #takeWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const key of waiting) this.#take(key);
  }

  async #run(text: string): Promise<void> {
    this.#stop = new AbortController();
    this.ports.onRunning(text);
    const printer = new Printer((out) => this.screen.write(out));
    try {
      const { status, folder } = await this.ports.run(text, { signal: this.#stop.signal, onOutput: (out) => printer.print(out), onAsk: () => this.#ask() });
      this.#status = status;
      this.#folder = folder;
    } catch (cause) {
      const error = LabError.from(cause);
      this.#status = error.code === 'cancelled' ? 130 : 1;
      if (error.code !== 'cancelled') printer.print(`${this.ports.formatError(error)}\n`);
    } finally {
      printer.end(this.ports.formatOmitted, this.#stop.signal.aborted);
      this.#stop = undefined;
      this.#answer = undefined;
      this.ports.onRunning(undefined);
    }
  }

  /** A line for a running command, typed where its output ended; keys typed ahead count. */
  #ask(): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#answer = new AnswerLine(
        (echo) => this.screen.write(echo),
        (text) => {
          this.#answer = undefined;
          resolve(text);
        },
      );
      this.#takeWaiting();
    });
  }

  async #complete(): Promise<void> {
    const asked = this.#line;
    this.#asked = asked;
    const answer = await Promise.race([this.ports.complete(asked.text, asked.cursor).catch(() => undefined), after(COMPLETION_PATIENCE)]);
    // It was given up meanwhile.
    if (this.#asked !== asked) return;
    this.#asked = undefined;
    if (answer !== undefined) this.#show(asked, answer);
    this.#takeWaiting();
  }

  #show(asked: Line, answer: Completion): void {
    const { line, list } = applyCompletion(asked, answer);
    this.#line = line;
    if (list.length > 0) {
      this.screen.write(`${leaveLine(line, this.#prompt(), this.screen.cols, this.#cursorRow)}${inColumns(list.slice(0, 200), this.screen.cols).replaceAll('\n', '\r\n')}\r\n`);
      this.#cursorRow = 0;
    }
    this.#draw();
  }

  #abandon(): void {
    this.screen.write(`${leaveLine(this.#line, this.#prompt(), this.screen.cols, this.#cursorRow)}`);
    this.#status = 130;
    this.#begin();
  }

  #clear(): void {
    this.screen.write('\x1b[2J\x1b[3J\x1b[H');
    this.#cursorRow = 0;
    this.#draw();
  }

  #begin(): void {
    this.#line = startLine(this.#history, this.#line.cut);
    this.#cursorRow = 0;
    this.#draw();
  }

  #draw(): void {
    const { output, cursorRow } = drawLine(this.#line, this.#prompt(), this.screen.cols, this.#cursorRow);
    this.#cursorRow = cursorRow;
    this.screen.write(output);
  }

  #prompt(): Prompt {
    const folder = this.#folder === HOME || this.#folder.startsWith(`${HOME}/`) ? `~${this.#folder.slice(HOME.length)}` : this.#folder;
    const branch = this.ports.branch();
    const where = branch === undefined ? '' : ` (${branch})`;
    const sign = this.#status === 0 ? '$' : '\x1b[31m$\x1b[0m';
    return {
      plain: `learner@looplab:${folder}${where} $ `,
      coloured: `\x1b[32mlearner@looplab\x1b[0m:\x1b[34m${folder}\x1b[0m\x1b[2m${where}\x1b[0m ${sign} `,
    };
  }
}

/** Prints one command's output, made safe and bounded. */
class Printer {
  readonly #sanitiser = new OutputSanitiser();
  #shown = 0;
  #omitted = 0;

  constructor(private readonly write: (text: string) => void) {}

  print(text: string): void {
    const room = Math.max(0, MOST_SHOWN - this.#shown);
    this.#shown += Math.min(room, text.length);
    this.#omitted += Math.max(0, text.length - room);
    if (room > 0) this.write(this.#sanitiser.take(text.slice(0, room)));
  }

  /** Ends the colours and the last row, so that the prompt stands at the start of a row. */
  end(formatOmitted: (characters: number) => string, interrupted: boolean): void {
    const newRow = this.#sanitiser.atLineStart && !interrupted ? '' : '\r\n';
    this.write(`\x1b[0m${newRow}${this.#omitted > 0 ? `\x1b[33m${formatOmitted(this.#omitted)}\x1b[0m\r\n` : ''}`);
  }
}
