import { cellWidth } from '../../core/cell-width.js';
import { shownText, type Line } from './line-editor.js';

/** What is drawn: rows from the prompt's first row down to the cursor, so that the next drawing can begin there. */
export interface Drawn {
  readonly output: string;
  readonly cursorRow: number;
}

/** The prompt: as it is written, with its colours, and as it is measured. */
export interface Prompt {
  readonly coloured: string;
  readonly plain: string;
}

const CONTINUED = '> ';

/** Draws the line over its last drawing: back to the prompt, clear, write, and put the cursor in its place. */
export function drawLine(line: Line, prompt: Prompt, columns: number, lastCursorRow: number): Drawn {
  const head: Prompt = line.search ? same(`(reverse-i-search)\`${line.search.query}': `) : prompt;
  const text = shownText(line);
  const cursorAt = line.search ? text.length : line.cursor;
  const end = placeAfter(head.plain, text, columns);
  const cursor = placeAfter(head.plain, text.slice(0, cursorAt), columns);
  // A full row leaves the terminal's cursor on its last cell; the next row has to be begun by hand.
  const wrap = end.full ? '\r\n' : '';
  const up = end.row - cursor.row;
  const output = [
    lastCursorRow > 0 ? `\x1b[${lastCursorRow}A` : '', '\r\x1b[J', head.coloured, text.replaceAll('\n', `\r\n${CONTINUED}`), wrap,
    up > 0 ? `\x1b[${up}A` : '', '\r', cursor.column > 0 ? `\x1b[${cursor.column}C` : '',
  ];
  return { output: output.join(''), cursorRow: cursor.row };
}

/** Moves from the cursor to below the line, before its output. */
export function leaveLine(line: Line, prompt: Prompt, columns: number, cursorRow: number): string {
  const end = placeAfter(prompt.plain, line.text, columns);
  return `${end.row > cursorRow ? `\x1b[${end.row - cursorRow}B` : ''}\r\n`;
}

const same = (text: string): Prompt => ({ coloured: text, plain: text });

/** Where the cursor stands after text behind a prompt; a wide character never straddles two rows. */
export function placeAfter(prompt: string, text: string, columns: number): { row: number; column: number; full: boolean } {
  let [row, column] = [0, 0];
  for (const c of prompt + text.replaceAll('\n', `\n${CONTINUED}`)) {
    const width = cellWidth(c);
    if (c === '\n' || column + width > columns) [row, column] = [row + 1, 0];
    if (c !== '\n') column += width;
  }
  const full = column === columns;
  return full ? { row: row + 1, column: 0, full } : { row, column, full };
}
