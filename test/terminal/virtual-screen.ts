import { cellWidth } from '../../src/core/cell-width.js';

/** A screen that does what ECMA-48 and xterm say of the few sequences that the console writes, delayed wrapping included. */
export class VirtualScreen {
  rows: string[][] = [[]];
  row = 0;
  column = 0;
  #wrapNext = false;
  written = '';

  constructor(readonly cols: number) {}

  write = (data: string): void => {
    this.written += data;
    for (const part of data.matchAll(/\x1b\[([?0-9;]*)([A-Za-z])|[\s\S]/gu)) {
      if (part[2] !== undefined) this.#control(part[2], part[1]!);
      else this.#put(part[0]);
    }
  };
  clear = (): void => undefined;

  /** Rows as text, trailing blanks cut. */
  text(): string {
    return this.rows.map((r) => r.join('').trimEnd()).join('\n').trimEnd();
  }

  #control(final: string, parameters: string): void {
    const n = Number(parameters.split(';')[0] || '1');
    if (final === 'm' || final === 'h') return;
    this.#wrapNext = false;
    if (final === 'A') this.row = Math.max(0, this.row - n);
    else if (final === 'B') this.row += n;
    else if (final === 'C') this.column = Math.min(this.cols - 1, this.column + n);
    else if (final === 'H') [this.row, this.column] = [0, 0];
    else if (final === 'J' && parameters === '') {
      this.rows.length = this.row + 1;
      this.rows[this.row]!.length = this.column;
    } else if (final === 'J') this.rows = [[]];
    else throw new Error(`the console may not write CSI ${parameters}${final}`);
    while (this.rows.length <= this.row) this.rows.push([]);
  }

  #put(c: string): void {
    if (c === '\r') [this.column, this.#wrapNext] = [0, false];
    else if (c === '\n') this.#newRow(this.column);
    else if (c === '\b') [this.column, this.#wrapNext] = [Math.max(0, this.column - 1), false];
    else {
      const width = cellWidth(c);
      if (width === 0) return this.#combine(c);
      if (this.#wrapNext || this.column + width > this.cols) this.#newRow(0);
      const row = this.rows[this.row]!;
      while (row.length < this.column) row.push(' ');
      row[this.column] = c;
      for (let i = 1; i < width; i++) row[this.column + i] = '';
      this.column += width;
      this.#wrapNext = this.column === this.cols;
      if (this.#wrapNext) this.column = this.cols - 1;
    }
  }

  /** A mark joins the character before the cursor. */
  #combine(mark: string): void {
    const row = this.rows[this.row]!;
    let at = this.#wrapNext ? this.cols - 1 : this.column - 1;
    while (at > 0 && row[at] === '') at--;
    row[at] += mark;
  }

  #newRow(column: number): void {
    this.row++;
    this.column = column;
    this.#wrapNext = false;
    while (this.rows.length <= this.row) this.rows.push([]);
  }
}
