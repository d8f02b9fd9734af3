import { LabError } from '../lab-error.js';
import { ColumnBuilder, NUMBER, TEXT, beginsFormula } from './csv-column.js';
import { readNumberAt, scanNumber } from './csv-number.js';

const QUOTE = 0x22;
const FEED = 0x0a;
const RETURN = 0x0d;
const LARGEST_CELL = 1_048_576;

/** How often something odd was met, and the line where it was first. */
export interface Oddity {
  count: number;
  line: number;
}

/** Cuts bytes into records and cells (RFC 4180, read leniently) and hands each cell to its column. */
export class CsvScanner {
  /** Cells of the first record, up to one more than the limit. */
  readonly header: Uint8Array[] = [];
  columns: ColumnBuilder[] = [];
  rows = 0;
  capacity = 1024;
  hasHeader = true;
  readonly ragged: Oddity = { count: 0, line: 0 };
  readonly stray: Oddity = { count: 0, line: 0 };
  private inHeader = true;
  private headerCells = 0;
  private column = 0;
  private line = 1;
  private recordLine = 1;
  private afterReturn = false;
  /** Whether the quoted cell in hand holds doubled quotes. */
  private doubled = false;

  constructor(
    private readonly delimiter: number,
    private readonly maxColumns: number,
  ) {}

  /** Reads whole cells and gives how many bytes were used up; the rest must come again, with more. With `last` all is used up. */
  scan(bytes: Uint8Array, last: boolean): number {
    const end = bytes.length;
    let p = 0;
    if (this.afterReturn && end > 0) {
      if (bytes[0] === FEED) p = 1;
      this.afterReturn = false;
    }
    while (p < end) {
      if (this.column === 0 && (bytes[p] === FEED || bytes[p] === RETURN)) {
        p = this.endLine(bytes, p);
        this.recordLine = this.line;
        continue;
      }
      const next = this.scanCell(bytes, p, end, last);
      if (next < 0) return p;
      p = next;
      this.column++;
      if (p === end) {
        this.endRecord();
        return p;
      }
      if (bytes[p] === this.delimiter) p++;
      else {
        p = this.endLine(bytes, p);
        this.endRecord();
      }
    }
    if (last && this.column > 0) this.endWithEmptyCell();
    return p;
  }

  private endWithEmptyCell(): void {
    this.emit(new Uint8Array(0), 0, 0);
    this.column++;
    this.endRecord();
  }

  private endLine(bytes: Uint8Array, at: number): number {
    this.line++;
    if (bytes[at] !== RETURN) return at + 1;
    if (at + 1 === bytes.length) this.afterReturn = true;
    return bytes[at + 1] === FEED ? at + 2 : at + 1;
  }

  private scanCell(bytes: Uint8Array, p: number, end: number, last: boolean): number {
    if (bytes[p] === QUOTE) return this.scanQuoted(bytes, p, end, last);
    const builder = this.columns[this.column];
    if (builder !== undefined && builder.kind === NUMBER) {
      const q = scanNumber(bytes, p, end, builder.values, builder.forms, this.rows);
      if (q >= 0 && (q < end ? this.endsCell(bytes[q] as number) : last)) {
        if (builder.forms[this.rows] !== 0) builder.whole = false;
        return q;
      }
    }
    return this.scanPlain(bytes, p, end, last, builder);
  }

  private endsCell(byte: number): boolean {
    return byte === this.delimiter || byte === FEED || byte === RETURN;
  }

  private scanPlain(bytes: Uint8Array, p: number, end: number, last: boolean, builder: ColumnBuilder | undefined): number {
    const delimiter = this.delimiter;
    let q = p;
    let hash = 0x811c9dc5 | 0;
    while (q < end) {
      const byte = bytes[q] as number;
      if (byte === delimiter || byte === FEED || byte === RETURN) break;
      hash = Math.imul(hash ^ byte, 0x01000193);
      q++;
    }
    if (q - p > LARGEST_CELL) throw new LabError('csv-cell-too-long', { line: this.line, limit: LARGEST_CELL });
    if (q === end && !last) return -1;
    if (builder !== undefined && builder.kind === TEXT && q > p && isPlainWord(bytes[p] as number)) {
      builder.codes[this.rows] = builder.words.codeOf(bytes, p, q, hash);
    } else this.emit(bytes, p, q);
    return q;
  }

  private scanQuoted(bytes: Uint8Array, p: number, end: number, last: boolean): number {
    const close = this.findClose(bytes, p, end, last);
    if (close < 0) return -1;
    let q = close + 1;
    while (q < end && !this.endsCell(bytes[q] as number)) q++;
    if (q === end && !last) return -1;
    const lines = countLines(bytes, p, close);
    if (q > close + 1) note(this.stray, this.line + lines);
    if (this.doubled || q > close + 1) {
      const cell = unquote(bytes, p + 1, close, q);
      this.emit(cell, 0, cell.length);
    } else this.emit(bytes, p + 1, close);
    this.line += lines;
    return q;
  }

  private findClose(bytes: Uint8Array, p: number, end: number, last: boolean): number {
    this.doubled = false;
    for (let q = p + 1; ; ) {
      const at = findQuote(bytes, q, end);
      if (at < 0 && (last || end - p > LARGEST_CELL)) throw new LabError('csv-unclosed-quote', { line: this.line });
      if (at < 0 || (at + 1 === end && !last)) return -1;
      if (bytes[at + 1] !== QUOTE) return at;
      this.doubled = true;
      q = at + 2;
    }
  }

  private emit(bytes: Uint8Array, from: number, to: number): void {
    if (this.inHeader) {
      this.headerCells++;
      if (this.header.length <= this.maxColumns) this.header.push(bytes.slice(from, to));
    } else this.columns[this.column]?.set(this.rows, this.capacity, bytes, from, to, this.line);
  }

  private endRecord(): void {
    if (this.inHeader) this.endHeader();
    else {
      if (this.column !== this.columns.length) {
        note(this.ragged, this.recordLine);
        for (let c = this.column; c < this.columns.length; c++) this.columns[c]?.setMissing(this.rows);
      }
      this.endRow();
    }
    this.column = 0;
    this.recordLine = this.line;
  }

  private endRow(): void {
    if (++this.rows < this.capacity) return;
    this.capacity *= 2;
    for (const column of this.columns) column.grow(this.capacity);
  }

  private endHeader(): void {
    if (this.headerCells > this.maxColumns) {
      throw new LabError('csv-too-many-columns', { columns: this.headerCells, limit: this.maxColumns, line: this.recordLine });
    }
    this.inHeader = false;
    this.columns = this.header.map(() => new ColumnBuilder());
    this.hasHeader = !this.header.every((cell) => cell.length > 0 && readNumberAt(cell, 0, cell.length) !== undefined);
    if (this.hasHeader) return;
    this.header.forEach((cell, c) => this.columns[c]?.set(0, this.capacity, cell, 0, cell.length, this.recordLine));
    this.endRow();
  }
}

function note(oddity: Oddity, line: number): void {
  if (oddity.count++ === 0) oddity.line = line;
}

/** Whether a word that begins so is neither padded, nor a missing value, nor a formula. */
function isPlainWord(byte: number): boolean {
  return byte !== 0x20 && byte !== 0x09 && byte !== 0x4e && byte !== 0x6e && byte !== 0x3f && !beginsFormula(byte);
}

function findQuote(bytes: Uint8Array, start: number, end: number): number {
  for (let q = start; q < end; q++) if (bytes[q] === QUOTE) return q;
  return -1;
}

function countLines(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let i = start; i < end; i++) if (bytes[i] === FEED || (bytes[i] === RETURN && bytes[i + 1] !== FEED)) lines++;
  return lines;
}

/** Gives a quoted cell with its doubled quotes undone, and what stands after the closing quote kept as it is. */
function unquote(bytes: Uint8Array, start: number, close: number, end: number): Uint8Array {
  const cell = new Uint8Array(end - start);
  let length = 0;
  for (let i = start; i < close; i++) {
    cell[length++] = bytes[i] as number;
    if (bytes[i] === QUOTE) i++;
  }
  for (let i = close + 1; i < end; i++) cell[length++] = bytes[i] as number;
  return cell.subarray(0, length);
}
