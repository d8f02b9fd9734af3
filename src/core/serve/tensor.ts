import { parseIsoDate } from '../table/iso-date.js';
import type { Column } from '../table/table.js';
import { isDatatype, readNumber, readText, type Datatype } from './datatypes.js';
import { Refusal, show } from './refusal.js';
import type { ServedInput } from './served-model.js';

/** Most rows that one request may hold. */
export const MOST_ROWS = 10_000;

/** Reads a tensor `{shape, datatype, data}` as the raw column of an input; throws a 400 that names the input. */
export function readColumn(input: ServedInput, tensor: Readonly<Record<string, unknown>>): Column {
  const where = `input "${input.name}"`;
  const datatype = readDatatype(input, tensor['datatype'], where);
  const rows = readRows(tensor['shape'], where);
  const data = flatten(tensor['data'], tensor['shape'] as readonly number[], where);
  if (data.length !== rows) throw new Refusal(400, `${where}: shape ${show(tensor['shape'])} asks for ${rows} elements, data holds ${data.length}`);
  const at = (row: number): string => `${where}: element ${row}`;
  if (input.type === 'text') return { name: input.name, type: 'text', ...encode(data.map((value, row) => readText(value, at(row)))) };
  if (input.type === 'date') return { name: input.name, type: 'date', values: Float64Array.from(data, (value, row) => readDate(value, at(row))) };
  return { name: input.name, type: input.type, values: Float64Array.from(data, (value, row) => readNumber(datatype, value, at(row))) };
}

function readDatatype(input: ServedInput, datatype: unknown, where: string): Datatype {
  if (!isDatatype(datatype)) throw new Refusal(400, `${where}: datatype ${show(datatype)} is not supported; expected ${input.datatype}`);
  if ((datatype === 'BYTES') !== (input.datatype === 'BYTES')) throw new Refusal(400, `${where}: datatype ${datatype}, expected ${input.datatype}`);
  return datatype;
}

/** Rows of a shape `[n]` or `[n, 1]`. */
function readRows(shape: unknown, where: string): number {
  if (!Array.isArray(shape) || !shape.every((side) => Number.isInteger(side) && (side as number) >= 0)) throw new Refusal(400, `${where}: shape ${show(shape)} is not a list of whole numbers`);
  const [rows, width = 1] = shape as number[];
  if (rows === undefined || shape.length > 2 || width !== 1) throw new Refusal(400, `${where}: shape ${show(shape)}, expected [rows] or [rows, 1]`);
  if (rows === 0) throw new Refusal(400, `${where} holds no row`);
  if (rows > MOST_ROWS) throw new Refusal(400, `${where} holds ${rows} rows; one request may hold at most ${MOST_ROWS}`);
  return rows;
}

/** Gives the elements of data that are flat, or nested exactly as the shape says. */
function flatten(data: unknown, shape: readonly number[], where: string): readonly unknown[] {
  if (!Array.isArray(data)) throw new Refusal(400, `${where}: data ${show(data)} is not a list`);
  if (!data.some(Array.isArray)) return data;
  const width = shape.length === 2 ? 1 : -1;
  const ragged = data.findIndex((row) => !Array.isArray(row) || row.length !== width);
  if (ragged >= 0) throw new Refusal(400, `${where}: data is nested unlike shape ${show(shape)}, see element ${ragged}`);
  return data.flat();
}

function readDate(value: unknown, where: string): number {
  const text = readText(value, where);
  if (text === null) return Number.NaN;
  const time = parseIsoDate(text);
  if (Number.isNaN(time)) throw new Refusal(400, `${where} is ${show(text)}, expected an ISO date such as "2005-01-31"`);
  return time;
}

function encode(words: readonly (string | null)[]): { levels: string[]; codes: Int32Array } {
  const seen = new Map<string, number>();
  const codes = Int32Array.from(words, (word) => {
    if (word === null) return -1;
    if (!seen.has(word)) seen.set(word, seen.size);
    return seen.get(word)!;
  });
  return { levels: [...seen.keys()], codes };
}
