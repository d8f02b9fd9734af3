/** What a part of a formula gives; dates are numbers of days since 1970-01-01. */
export type ValueType = 'number' | 'text' | 'boolean';

/** A value of one row: numbers, 0 and 1 for booleans, words; NaN for a number that is not known, undefined for such a word. */
export type Value = number | string | undefined;

/** A function of the formula language: types of its arguments (the last one repeats up to `most`), and what it gives. */
export interface FormulaFunction {
  readonly takes: readonly (ValueType | 'any')[];
  readonly most?: number;
  /** `same` gives what the last argument gives, and all arguments after the first `takes` that are `any` must agree. */
  readonly gives: ValueType | 'same';
  apply(values: readonly Value[]): Value;
}

const isMissing = (value: Value): boolean => value === undefined || Number.isNaN(value);

const numeric = (count: number, apply: (...xs: number[]) => number, most?: number): FormulaFunction => ({
  takes: Array.from({ length: count }, () => 'number' as const), ...(most === undefined ? {} : { most }), gives: 'number', apply: (values) => apply(...(values as number[])),
});

const compared = (holds: (order: number) => boolean): FormulaFunction => ({
  takes: ['any', 'any'], gives: 'boolean',
  apply: ([a, b]) => (isMissing(a) || isMissing(b) ? NaN : Number(holds(a! < b! ? -1 : a! > b! ? 1 : 0))),
});

const onText = (gives: ValueType, apply: (word: string) => Value): FormulaFunction => ({ takes: ['text'], gives, apply: ([word]) => (word === undefined ? (gives === 'text' ? undefined : NaN) : apply(word as string)) });
const onTexts = (apply: (word: string, part: string) => boolean): FormulaFunction => ({
  takes: ['text', 'text'], gives: 'boolean', apply: ([word, part]) => (word === undefined || part === undefined ? NaN : Number(apply(word as string, part as string))),
});

/** Half away from zero, to `digits` decimals. */
function round(x: number, digits = 0): number {
  const scale = 10 ** digits;
  return (Math.sign(x) * Math.round(Math.abs(x) * scale)) / scale;
}

/** Kleene's logic: a part that is not known leaves open what it could change. */
const both = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : Number.isNaN(a) || Number.isNaN(b) ? NaN : 1);
const either = (a: number, b: number): number => (a === 1 || b === 1 ? 1 : Number.isNaN(a) || Number.isNaN(b) ? NaN : 0);
const MANY = 20;

/** The operators by their signs, and the functions by their names. */
export const FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map<string, FormulaFunction>([
  ['+', numeric(2, (a, b) => a! + b!)],
  ['-', numeric(2, (a, b) => a! - b!)],
  ['*', numeric(2, (a, b) => a! * b!)],
  ['/', numeric(2, (a, b) => a! / b!)],
  ['^', numeric(2, (a, b) => a! ** b!)],
  ['minus', numeric(1, (x) => -x!)],
  ['=', compared((order) => order === 0)],
  ['!=', compared((order) => order !== 0)],
  ['<', compared((order) => order < 0)],
  ['<=', compared((order) => order <= 0)],
  ['>', compared((order) => order > 0)],
  ['>=', compared((order) => order >= 0)],
  ['and', { takes: ['boolean', 'boolean'], gives: 'boolean', apply: ([a, b]) => both(a as number, b as number) }],
  ['or', { takes: ['boolean', 'boolean'], gives: 'boolean', apply: ([a, b]) => either(a as number, b as number) }],
  ['not', { takes: ['boolean'], gives: 'boolean', apply: ([a]) => 1 - (a as number) }],
  ['if', { takes: ['boolean', 'any', 'any'], gives: 'same', apply: ([test, yes, no]) => (Number.isNaN(test) ? (typeof yes === 'number' && typeof no === 'number' ? NaN : undefined) : test === 1 ? yes : no) }],
  ['fill', { takes: ['any', 'any'], gives: 'same', apply: ([value, other]) => (isMissing(value) ? other : value) }],
  ['missing', { takes: ['any'], gives: 'boolean', apply: ([value]) => Number(isMissing(value)) }],
  ['log', numeric(1, (x) => Math.log(x!))],
  ['log1p', numeric(1, (x) => Math.log1p(x!))],
  ['log10', numeric(1, (x) => Math.log10(x!))],
  ['exp', numeric(1, (x) => Math.exp(x!))],
  ['sqrt', numeric(1, (x) => Math.sqrt(x!))],
  ['abs', numeric(1, (x) => Math.abs(x!))],
  ['sign', numeric(1, (x) => Math.sign(x!))],
  ['sin', numeric(1, (x) => Math.sin(x!))],
  ['cos', numeric(1, (x) => Math.cos(x!))],
  ['floor', numeric(1, (x) => Math.floor(x!))],
  ['ceil', numeric(1, (x) => Math.ceil(x!))],
  ['round', { takes: ['number', 'number'], most: 2, gives: 'number', apply: ([x, digits]) => round(x as number, digits as number | undefined) }],
  ['mod', numeric(2, (a, b) => a! - b! * Math.floor(a! / b!))],
  ['min', numeric(1, (...xs) => Math.min(...xs), MANY)],
  ['max', numeric(1, (...xs) => Math.max(...xs), MANY)],
  ['lower', onText('text', (word) => word.toLowerCase())],
  ['upper', onText('text', (word) => word.toUpperCase())],
  ['trim', onText('text', (word) => word.trim())],
  ['length', onText('number', (word) => [...word].length)],
  ['contains', onTexts((word, part) => word.includes(part))],
  ['starts', onTexts((word, part) => word.startsWith(part))],
  ['number', onText('number', (word) => (/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(word) ? Number(word) : NaN))],
]);

/** Least and most arguments of a function. */
export function countOf(name: string, { takes, most }: FormulaFunction): readonly [number, number] {
  return name === 'round' ? [1, 2] : [takes.length, most ?? takes.length];
}

/** The names that can be written before a bracket. */
export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.keys()].filter((name) => /^[a-z]/.test(name) && !['and', 'or', 'not', 'minus'].includes(name));
