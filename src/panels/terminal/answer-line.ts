import { cellWidth } from '../../core/cell-width.js';
import type { Key } from './keys.js';

/** A line typed for a running command that asks: text, backspace, Enter, and Ctrl-D for the end of input. */
export class AnswerLine {
  #text = '';

  constructor(
    private readonly echo: (text: string) => void,
    private readonly done: (text: string | undefined) => void,
  ) {}

  /** Takes a key; one that means nothing in an answer must not act on the prompt after it, and is lost. */
  take(key: Key): void {
    if (key.name === 'text') this.#type(key.text.split('\n')[0]!);
    else if (key.name === 'backspace') this.#erase();
    else if (key.name === 'enter') this.#end(this.#text);
    else if (key.name === 'end-of-input' && this.#text === '') this.#end(undefined);
  }

  #type(text: string): void {
    this.#text += text;
    this.echo(text);
  }

  #erase(): void {
    const last = Array.from(this.#text).at(-1);
    if (last === undefined) return;
    this.#text = this.#text.slice(0, -last.length);
    this.echo('\b \b'.repeat(cellWidth(last)));
  }

  #end(text: string | undefined): void {
    this.echo('\r\n');
    this.done(text);
  }
}
