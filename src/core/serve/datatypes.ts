import { Refusal, show } from './refusal.js';

/** Datatypes of the Open Inference Protocol v2 that JSON numbers, booleans and strings can carry here. */
export const DATATYPES = ['BOOL', 'UINT8', 'UINT16', 'UINT32', 'UINT64', 'INT8', 'INT16', 'INT32', 'INT64', 'FP32', 'FP64', 'BYTES'] as const;
export type Datatype = (typeof DATATYPES)[number];

const LARGEST_FP32 = 3.4028234663852886e38;

/** Whether a datatype's name is one that is served here. */
export const isDatatype = (name: unknown): name is Datatype => DATATYPES.includes(name as Datatype);

/** Smallest and largest value of an integer datatype; undefined for the others. */
export function rangeOf(datatype: Datatype): readonly [number, number] | undefined {
  const parts = /^(U?)INT(\d+)$/.exec(datatype);
  if (!parts) return undefined;
  const bits = Number(parts[2]);
  return parts[1] === 'U' ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}

/** Gives an element of a numeric tensor as a number (BOOL as 0 and 1, FP32 rounded, null as NaN); throws a 400 that names it. */
export function readNumber(datatype: Datatype, value: unknown, where: string): number {
  if (value === null && (datatype === 'FP64' || datatype === 'FP32')) return Number.NaN;
  if (datatype === 'BOOL') {
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (value === 0 || value === 1) return value;
    throw new Refusal(400, `${where} is ${show(value)}, expected true or false (BOOL)`);
  }
  if (typeof value !== 'number') throw new Refusal(400, `${where} is ${show(value)}, expected a number (${datatype})`);
  if (datatype === 'FP32') return readFloat32(value, where);
  const range = rangeOf(datatype);
  if (!range) return readFloat64(value, where);
  if (!Number.isInteger(value)) throw new Refusal(400, `${where} is ${value}, expected a whole number (${datatype})`);
  if (value < range[0] || value > range[1]) throw new Refusal(400, `${where} is ${value}, outside the range of ${datatype}`);
  return value;
}

/** Gives an element of a BYTES tensor, null for a missing one; throws a 400 that names it. */
export function readText(value: unknown, where: string): string | null {
  if (value === null || typeof value === 'string') return value;
  throw new Refusal(400, `${where} is ${show(value)}, expected a string (BYTES)`);
}

function readFloat64(value: number, where: string): number {
  if (!Number.isFinite(value)) throw new Refusal(400, `${where} is outside the range of FP64`);
  return value;
}

function readFloat32(value: number, where: string): number {
  if (Math.abs(value) > LARGEST_FP32) throw new Refusal(400, `${where} is ${value}, outside the range of FP32`);
  return Math.fround(value);
}
