import { ByteDictionary, hashBytes } from './byte-dictionary.js';
import { DATE_ONLY, readDateAt } from './csv-date.js';
import { AS_WRITTEN, readNumberAt, scanNumber, writeForm } from './csv-number.js';
import { formatIsoDate } from './iso-date.js';
import { isMissing } from './missing.js';
import { decodeAscii, encodeUtf8 } from './text-codec.js';

export const EMPTY = 0;
export const NUMBER = 1;
export const DATE = 2;
export const TEXT = 3;

/** More odd spellings than this in one column are not kept: should it become text, they are respelled in the shortest way. */
const MOST_SPELLINGS = 200_000;
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** Whether a cell that begins so may be run by a spreadsheet; `-` is left out, for it begins too many plain words. */
export const beginsFormula = (byte: number | undefined): boolean => byte === 0x3d || byte === 0x2b || byte === 0x40;

/** A column while it is read: it starts empty, is a number or date as long as every cell is, and is text from the first that is not. */
export class ColumnBuilder {
  kind = EMPTY;
  /** Numbers or dates, row by row. */
  values = new Float64Array(0);
  forms = new Uint8Array(0);
  codes = new Int32Array(0);
  words = new ByteDictionary();
  /** Whether each number so far is written without point and exponent. */
  whole = true;
  /** What the column was before it became text, and the line and word that made it so. */
  broken?: { readonly kind: number; readonly line: number; readonly word: Uint8Array };
  /** Line of the first word that a spreadsheet would run; 0 when there is none. */
  formulaLine = 0;
  private spellings = new Map<number, string>();

  /** Makes room for rows; new rows hold nothing of meaning until they are set. */
  grow(capacity: number): void {
    if (this.kind === TEXT) {
      const codes = new Int32Array(capacity);
      codes.set(this.codes);
      this.codes = codes;
    } else if (this.kind !== EMPTY) {
      const values = new Float64Array(capacity);
      values.set(this.values);
      this.values = values;
      const forms = new Uint8Array(capacity);
      forms.set(this.forms);
      this.forms = forms;
    }
  }

  setMissing(row: number): void {
    if (this.kind === TEXT) this.codes[row] = -1;
    else if (this.kind !== EMPTY) this.values[row] = NaN;
  }

  /** Sets a row to the cell in bytes from `start` to `end`; `line` is where it stands. */
  set(row: number, capacity: number, bytes: Uint8Array, start: number, end: number, line: number): void {
    let from = start;
    let to = end;
    while (from < to && isBlank(bytes[from])) from++;
    while (to > from && isBlank(bytes[to - 1])) to--;
    if (isMissing(bytes, from, to)) this.setMissing(row);
    else if (this.kind === TEXT || !this.setValue(row, capacity, bytes, from, to)) {
      if (this.kind !== TEXT) this.becomeText(row, capacity, line, bytes.slice(from, to));
      this.codes[row] = this.words.codeOf(bytes, start, end, hashBytes(bytes, start, end));
      if (this.formulaLine === 0 && beginsFormula(bytes[start]) && !readNumberAt(bytes, from, to)) this.formulaLine = line;
    }
  }

  private setValue(row: number, capacity: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.kind !== DATE && this.setNumber(row, capacity, bytes, from, to)) return true;
    return this.kind !== NUMBER && this.setDate(row, capacity, bytes, from, to);
  }

  private setNumber(row: number, capacity: number, bytes: Uint8Array, from: number, to: number): boolean {
    const read = readNumberAt(bytes, from, to);
    if (!read) return false;
    if (this.kind === EMPTY) this.begin(NUMBER, row, capacity);
    if (!read.whole) this.whole = false;
    if (scanNumber(bytes, from, to, this.values, this.forms, row) === to) return true;
    this.values[row] = read.value;
    this.forms[row] = read.form;
    if (read.form === AS_WRITTEN) this.keepSpelling(row, decodeAscii(bytes, from, to));
    return true;
  }

  private setDate(row: number, capacity: number, bytes: Uint8Array, from: number, to: number): boolean {
    const time = readDateAt(bytes, from, to);
    if (Number.isNaN(time)) return false;
    if (this.kind === EMPTY) this.begin(DATE, row, capacity);
    this.values[row] = time;
    this.forms[row] = to - from === 10 ? DATE_ONLY : AS_WRITTEN;
    if (to - from !== 10) this.keepSpelling(row, decodeAscii(bytes, from, to));
    return true;
  }

  private keepSpelling(row: number, text: string): void {
    if (this.spellings.size < MOST_SPELLINGS) this.spellings.set(row, text);
  }

  private begin(kind: number, row: number, capacity: number): void {
    this.kind = kind;
    if (kind === TEXT) this.codes = new Int32Array(capacity).fill(-1, 0, row);
    else {
      this.values = new Float64Array(capacity).fill(NaN, 0, row);
      this.forms = new Uint8Array(capacity);
    }
  }

  private becomeText(row: number, capacity: number, line: number, word: Uint8Array): void {
    if (this.kind !== EMPTY) this.broken = { kind: this.kind, line, word };
    this.turnToText(row, capacity);
  }

  /** Turns the first `rows` rows into the words they were written as. */
  turnToText(rows: number, capacity: number): void {
    const { kind, values, forms } = this;
    if (kind === TEXT) return;
    this.begin(TEXT, rows, capacity);
    if (kind === EMPTY) return;
    for (let row = 0; row < rows; row++) {
      const value = values[row] as number;
      if (!Number.isNaN(value)) this.setWord(row, this.spell(kind, row, value, forms[row] as number));
    }
    this.values = new Float64Array(0);
    this.forms = new Uint8Array(0);
    this.spellings.clear();
  }

  private spell(kind: number, row: number, value: number, form: number): string {
    const kept = form === AS_WRITTEN ? this.spellings.get(row) : undefined;
    if (kept !== undefined) return kept;
    if (kind === DATE) return formatIsoDate(value);
    return form === AS_WRITTEN ? String(value) : writeForm(value, form);
  }

  private setWord(row: number, text: string): void {
    const bytes = encodeUtf8(text);
    this.codes[row] = this.words.codeOf(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
  }
}
