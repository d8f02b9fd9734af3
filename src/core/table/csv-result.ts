import { LabError } from '../lab-error.js';
import { type ColumnBuilder, DATE, NUMBER, TEXT, beginsFormula } from './csv-column.js';
import type { CsvNote, CsvOptions, CsvResult } from './csv-notes.js';
import { readNumber } from './csv-number.js';
import type { CsvScanner } from './csv-scanner.js';
import { parseIsoDate } from './iso-date.js';
import { retypeColumn } from './retype.js';
import type { Column, ColumnType, TextColumn } from './table.js';
import { type WordDecoder, chooseDecoder } from './word-decoder.js';

/** Turns what the scanner gathered into a table with notes. */
export function buildResult(scanner: CsvScanner, delimiter: string, encoding: string, options: CsvOptions): CsvResult {
  if (scanner.rows === 0) throw new LabError('csv-no-rows', { columns: scanner.header.length });
  const notes: CsvNote[] = [];
  const decoder = chooseDecoder(scanner.header, scanner.columns.map((column) => column.words));
  if (decoder.damaged > 0) {
    notes.push({ code: 'wrong-encoding', used: decoder.encoding, replaced: decoder.encoding === 'utf-8' ? decoder.damaged : 0 });
  }
  if (scanner.ragged.count > 0) notes.push({ code: 'ragged-rows', ...scanner.ragged });
  if (scanner.stray.count > 0) notes.push({ code: 'stray-quotes', ...scanner.stray });
  const names = nameColumns(scanner, decoder, notes);
  refuseUnknownTypes(names, options.types);
  const columns = names.map((name, c) => {
    const builder = scanner.columns[c] as ColumnBuilder;
    const column = buildColumn(name, builder, scanner, decoder, { notes, delimiter, wanted: options.types?.[name] });
    delete scanner.columns[c];
    return column;
  });
  if (!columns.some((column) => column.type === 'number' || column.type === 'integer')) notes.push({ code: 'no-numbers' });
  const used = encoding === 'utf-8' ? decoder.encoding : encoding;
  return { table: { rows: scanner.rows, columns }, delimiter, encoding: used, notes };
}

function nameColumns(scanner: CsvScanner, decoder: WordDecoder, notes: CsvNote[]): string[] {
  if (!scanner.hasHeader) {
    notes.push({ code: 'no-header', columns: scanner.header.length });
    return scanner.header.map((_, c) => `column_${c + 1}`);
  }
  const given = scanner.header.map((bytes) => decoder.decode(bytes).trim());
  const empty = given.filter((name) => name === '').length;
  if (empty > 0) notes.push({ code: 'empty-names', count: empty });
  const taken = new Set(given);
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  const names = given.map((name, c) => {
    const base = name || `column_${c + 1}`;
    if (name !== '' && seen.has(name)) duplicates.add(name);
    let unique = base;
    for (let i = 2; seen.has(unique) || (unique !== name && taken.has(unique)); i++) unique = `${base}_${i}`;
    seen.add(unique);
    return unique;
  });
  if (duplicates.size > 0) notes.push({ code: 'duplicate-names', names: [...duplicates] });
  return names;
}

function refuseUnknownTypes(names: readonly string[], types: CsvOptions['types']): void {
  const unknown = Object.keys(types ?? {}).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new LabError('unknown-column', { column: unknown, known: names.slice(0, 50) });
}

interface BuildContext {
  readonly notes: CsvNote[];
  readonly delimiter: string;
  readonly wanted: ColumnType | undefined;
}

function buildColumn(name: string, builder: ColumnBuilder, scanner: CsvScanner, decoder: WordDecoder, context: BuildContext): Column {
  if (context.wanted === 'text') builder.turnToText(scanner.rows, scanner.capacity);
  const found = builder.kind === TEXT ? buildText(name, builder, scanner.rows, decoder, context) : buildNumeric(name, builder, scanner.rows);
  const { wanted } = context;
  if (wanted === undefined || wanted === found.type) return found;
  const { column, lost } = retypeColumn(found, wanted);
  if (lost > 0) context.notes.push({ code: 'cells-lost', column: name, type: wanted, count: lost });
  return column;
}

function buildNumeric(name: string, builder: ColumnBuilder, rows: number): Column {
  if (builder.kind === DATE) return { name, type: 'date', values: builder.values.slice(0, rows) };
  if (builder.kind === NUMBER) return { name, type: builder.whole ? 'integer' : 'number', values: builder.values.slice(0, rows) };
  return { name, type: 'number', values: new Float64Array(rows).fill(NaN) };
}

function buildText(name: string, builder: ColumnBuilder, rows: number, decoder: WordDecoder, context: BuildContext): Column {
  const levels = Array.from({ length: builder.words.size }, (_, code) => decoder.decode(builder.words.bytesOf(code)));
  const text = mergeLevels({ name, type: 'text', levels, codes: builder.codes.slice(0, rows) });
  const { wanted } = context;
  // Also when a number is asked for: data are read again with the types that were found the first time.
  if ((wanted === undefined || wanted === 'number' || wanted === 'integer') && context.delimiter === ';' && text.levels.every((level) => isDecimalComma(level))) {
    context.notes.push({ code: 'decimal-comma', column: name });
    return readDecimalCommas(text);
  }
  if (wanted === undefined) {
    if (text.levels.length > 0 && text.levels.length <= 6 && text.levels.every((level) => /^\s*(true|false)\s*$/i.test(level))) {
      return retypeColumn(text, 'boolean').column;
    }
    noteBreak(text, builder, decoder, context.notes);
  }
  noteFormulas(text, builder, context.notes);
  return text;
}

/** Two spellings can decode to one word, when bytes were replaced. */
function mergeLevels(column: TextColumn): TextColumn {
  const codeOf = new Map<string, number>();
  const merged = column.levels.map((level) => {
    const code = codeOf.get(level) ?? codeOf.size;
    codeOf.set(level, code);
    return code;
  });
  if (codeOf.size === column.levels.length) return column;
  return { ...column, levels: [...codeOf.keys()], codes: column.codes.map((code) => (code < 0 ? -1 : (merged[code] as number))) };
}

const isDecimalComma = (level: string): boolean => /^\s*[+-]?\d+(,\d+)?\s*$/.test(level) && !/^\s*[+-]?0\d/.test(level);

function readDecimalCommas(column: TextColumn): Column {
  const numbers = column.levels.map((level) => Number(level.replace(',', '.')));
  const values = Float64Array.from(column.codes, (code) => (code < 0 ? NaN : (numbers[code] as number)));
  return { name: column.name, type: 'number', values };
}

function countCells(column: TextColumn, matches: (level: string) => boolean): number {
  const wanted = column.levels.map(matches);
  let count = 0;
  for (const code of column.codes) if (code >= 0 && wanted[code]) count++;
  return count;
}

/** A column most of whose cells are numbers or dates was probably meant to be one. */
function noteBreak(column: TextColumn, builder: ColumnBuilder, decoder: WordDecoder, notes: CsvNote[]): void {
  const { broken } = builder;
  if (!broken) return;
  const from = broken.kind === NUMBER ? 'number' : 'date';
  const isOther = (level: string): boolean =>
    from === 'number' ? readNumber(level.trim()) === undefined : Number.isNaN(parseIsoDate(level.trim()));
  const others = countCells(column, isOther);
  if (others * 2 > countCells(column, () => true)) return;
  notes.push({ code: 'type-changed', column: column.name, from, line: broken.line, value: decoder.decode(broken.word).slice(0, 40), others });
}

function noteFormulas(column: TextColumn, builder: ColumnBuilder, notes: CsvNote[]): void {
  if (builder.formulaLine === 0) return;
  const count = countCells(column, (level) => beginsFormula(level.charCodeAt(0)) && readNumber(level.trim()) === undefined);
  notes.push({ code: 'formula-cells', column: column.name, count, line: builder.formulaLine });
}
