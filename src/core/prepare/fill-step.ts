import { readValue } from '../table/retype.js';
import { cellText, isMissingCell, type Rows } from '../table/select.js';
import { parseIsoDate } from '../table/iso-date.js';
import type { Column, TextColumn } from '../table/table.js';
import { binOf } from './bin-numbers.js';
import { datePartValues } from './date-parts.js';
import { levelCodes } from './encoders.js';
import { raise } from './power-transform.js';
import type { BinStep, CategoricalStep, DateStep, NumericStep, PowerStep, RecipeStep, TargetStep, TextStep } from './recipe.js';
import { applyTextVectors } from './text-vectors.js';

/** Where a step writes: row r of its first output is `data[r * stride + at]`. */
export interface Place {
  readonly data: Float64Array;
  readonly stride: number;
  readonly at: number;
}

/** A cleaned column and its rows that count; `numbers` are given when holes were filled already. */
export interface StepInput {
  readonly column: Column;
  readonly rows: Rows | undefined;
  readonly count: number;
  readonly numbers?: Float64Array;
}

/** Writes what a step makes of the rows, and after it the flag of missing cells; `width` is the step's number of outputs. */
export function fillStep(step: RecipeStep, input: StepInput, place: Place, width: number): void {
  fillOwn(step, input, place);
  if (!step.flag) return;
  const { column, rows, count } = input;
  const read = numeric(step) ? numbersOf(column, rows, count) : undefined;
  for (let i = 0, j = place.at + width - 1; i < count; i++, j += place.stride) {
    place.data[j] = Number(read ? Number.isNaN(read[i]) : isMissingCell(column, rows ? rows[i]! : i));
  }
}

function fillOwn(step: RecipeStep, input: StepInput, place: Place): void {
  switch (step.kind) {
    case 'numeric':
      return fillNumbers(step, input, place);
    case 'power':
      return fillPower(step, input, place);
    case 'bins':
      return fillBins(step, input, place);
    case 'dates':
      return fillDates(step, input, place);
    case 'target':
      return fillMeans(step, input, place);
    case 'text':
      return fillTerms(step, input, place);
    default:
      return fillLevels(step, input, place);
  }
}

const numeric = (step: RecipeStep): boolean => step.kind === 'numeric' || step.kind === 'power' || step.kind === 'bins';

/** Numbers of the rows; rows that come in through an endpoint may hold them as words. */
export function numbersOf(column: Column, rows: Rows | undefined, count: number): Float64Array {
  if (column.type !== 'text') return rows ? Float64Array.from({ length: count }, (_, i) => column.values[rows[i]!]!) : column.values;
  return fromWords(column, rows, count, (word) => readValue(word, 'number'));
}

function fromWords({ levels, codes }: TextColumn, rows: Rows | undefined, count: number, read: (word: string) => number): Float64Array {
  const known = levels.map(read);
  return Float64Array.from({ length: count }, (_, i) => known[codes[rows ? rows[i]! : i]!] ?? NaN);
}

const inputNumbers = ({ numbers, column, rows, count }: StepInput): Float64Array => numbers ?? numbersOf(column, rows, count);

function fillNumbers({ offset, divisor, clip, ...step }: NumericStep, input: StepInput, { data, stride, at }: Place): void {
  const fill = step.fill ?? NaN;
  const values = inputNumbers(input);
  for (let i = 0, j = at; i < input.count; i++, j += stride) {
    const value = values[i] as number;
    const scaled = ((value === value ? value : fill) - offset) / divisor;
    data[j] = clip ? Math.min(clip[1], Math.max(clip[0], scaled)) : scaled;
  }
}

/** Box and Cox have no power of a number that is not positive: it counts as missing. */
function fillPower({ offset, divisor, lambda, method, ...step }: PowerStep, input: StepInput, { data, stride, at }: Place): void {
  const fill = step.fill ?? NaN;
  const values = inputNumbers(input);
  for (let i = 0, j = at; i < input.count; i++, j += stride) {
    const value = values[i] as number;
    const usable = method === 'box-cox' ? value > 0 : value === value;
    data[j] = (raise(usable ? value : fill, lambda, method) - offset) / divisor;
  }
}

function fillBins({ edges, codes, ...step }: BinStep, input: StepInput, { data, stride, at }: Place): void {
  const ends = Float64Array.from(edges);
  const fill = step.fill ?? NaN;
  const values = inputNumbers(input);
  for (let i = 0, j = at; i < input.count; i++, j += stride) {
    const value = values[i] as number;
    const bin = binOf(ends, value === value ? value : fill);
    if (codes) data[j] = bin;
    else if (bin === bin) data[j + bin] = 1;
  }
}

/** Milliseconds of the rows; an endpoint may send ISO dates as words. */
export function timesOfRows(column: Column, rows: Rows | undefined, count: number): Float64Array {
  return column.type === 'text' ? fromWords(column, rows, count, parseIsoDate) : numbersOf(column, rows, count);
}

function fillDates({ parts, fill }: DateStep, { column, rows, count }: StepInput, { data, stride, at }: Place): void {
  const times = timesOfRows(column, rows, count);
  for (let i = 0, j = at; i < count; i++, j += stride) {
    const time = times[i] as number;
    let to = j;
    for (const { part, offset, divisor } of parts) for (const value of datePartValues(part, time === time ? time : (fill ?? NaN))) data[to++] = (value - offset) / divisor;
  }
}

function fillLevels(step: CategoricalStep, { column, rows, count }: StepInput, { data, stride, at }: Place): void {
  const codes = levelCodes(column, step.type, step.levels, step.fill, rows);
  for (let i = 0, j = at; i < count; i++, j += stride) {
    const code = codes[i] as number;
    if (step.kind === 'ordinal') data[j] = code;
    else if (code >= 0) data[j + code] = 1;
  }
}

function fillMeans({ levels, means, unknown, type }: TargetStep, { column, rows, count }: StepInput, { data, stride, at }: Place): void {
  const codes = levelCodes(column, type, levels, null, rows);
  for (let i = 0, j = at; i < count; i++, j += stride) {
    const own = codes[i]! < 0 ? unknown : means[codes[i]!]!;
    own.forEach((mean, output) => (data[j + output] = mean));
  }
}

/** Texts of the rows with equal ones put together, since a text is cut only once. */
function fillTerms({ vectors }: TextStep, { column, rows, count }: StepInput, { data, stride, at }: Place): void {
  const places = new Map<string, number>();
  const textOf = Int32Array.from({ length: count }, (_, i) => {
    const text = cellText(column, rows ? rows[i]! : i);
    const known = places.get(text) ?? places.size;
    places.set(text, known);
    return known;
  });
  const width = vectors.vocabulary.length;
  const found = applyTextVectors(vectors, [...places.keys()]);
  for (let i = 0, j = at; i < count; i++, j += stride) data.set(found.data.subarray(textOf[i]! * width, (textOf[i]! + 1) * width), j);
}
