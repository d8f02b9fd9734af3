import { LabError } from '../lab-error.js';
import { SAMPLE_BYTES, detectDelimiter, readMark, refuseBinary } from './csv-dialect.js';
import { buildResult } from './csv-result.js';
import { CsvScanner } from './csv-scanner.js';
import type { CsvOptions, CsvResult } from './csv-notes.js';
import { createUtf16Reader } from './text-codec.js';

export type { CsvOptions, CsvResult } from './csv-notes.js';

const PIECE = 1_048_576;
const GIBIBYTE = 1_073_741_824;

/**
 * Reads CSV from bytes as they come, into columns. Throws `csv-empty`, `csv-no-rows` {columns}, `csv-too-many-columns` {columns, limit,
 * line}, `csv-unclosed-quote` {line}, `csv-cell-too-long` {line, limit}, `csv-binary` {kind, offset}, `csv-too-large` {limit}.
 */
export class CsvParser {
  private received = 0;
  private waiting: Uint8Array = new Uint8Array(0);
  private encoding = 'utf-8';
  private delimiter = 0;
  private convert?: (bytes: Uint8Array, last: boolean) => Uint8Array;
  private scanner?: CsvScanner;

  constructor(private readonly options: CsvOptions = {}) {}

  /** Takes the next bytes; the array may be used again by the caller. */
  push(chunk: Uint8Array): void {
    const limit = this.options.maxBytes ?? GIBIBYTE;
    this.received += chunk.length;
    if (this.received > limit) throw new LabError('csv-too-large', { limit });
    this.take(chunk, false);
  }

  /** Ends the input and gives the table. */
  finish(): CsvResult {
    this.take(new Uint8Array(0), true);
    if (!this.scanner) throw new LabError('csv-empty');
    return buildResult(this.scanner, String.fromCharCode(this.delimiter), this.encoding, this.options);
  }

  private take(chunk: Uint8Array, last: boolean): void {
    let bytes = this.convert ? this.convert(chunk, last) : chunk;
    if (this.waiting.length > 0) bytes = join(this.waiting, bytes);
    if (!this.scanner) {
      if (bytes.length < SAMPLE_BYTES && !last) {
        this.waiting = bytes.slice();
        return;
      }
      bytes = this.begin(bytes, last);
      if (!this.scanner) return;
    }
    const used = this.scanner.scan(bytes, last);
    this.waiting = bytes.slice(used);
  }

  private begin(bytes: Uint8Array, last: boolean): Uint8Array {
    const mark = readMark(bytes);
    this.encoding = mark.encoding;
    let text = bytes.subarray(mark.skip);
    if (mark.encoding !== 'utf-8') {
      this.convert = createUtf16Reader(mark.encoding);
      text = this.convert(text, last);
    }
    refuseBinary(text);
    if (last && !text.some((byte) => byte > 0x20)) return text;
    const sample = text.subarray(0, SAMPLE_BYTES);
    this.delimiter = detectDelimiter(sample);
    this.scanner = new CsvScanner(this.delimiter, this.options.maxColumns ?? 2000);
    return text;
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Reads a whole CSV file at once; as `CsvParser`. */
export function parseCsv(bytes: Uint8Array, options: CsvOptions = {}): CsvResult {
  const parser = new CsvParser(options);
  for (let at = 0; at < bytes.length; at += PIECE) parser.push(bytes.subarray(at, at + PIECE));
  return parser.finish();
}
