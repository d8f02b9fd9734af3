import { DAY_MS } from '../calendar.js';
import { columnOf, isMissingCell } from '../table/select.js';
import type { Column, Table } from '../table/table.js';
import { countOf, FUNCTIONS, FUNCTION_NAMES, type Value, type ValueType } from './formula-functions.js';
import { formulaError } from './formula-tokens.js';
import { columnsOfFormula, parseFormula, type Expression } from './parse-formula.js';
import { wordsColumn } from './words-column.js';

interface Compiled {
  readonly type: ValueType;
  readonly at: (row: number) => Value;
}

/** A column made by a formula, and the rows in which it has no finite value though everything it reads is known. */
export interface Computed {
  readonly column: Column;
  /** Rows with a division by zero, a logarithm of a negative number and the like; they are missing in the column. */
  readonly undefinedRows: readonly number[];
}

/** The formula's value in each row of the table; throws `bad-formula`, `unknown-column`. */
export function computeFormula(name: string, formula: string, table: Table): Computed {
  const parsed = parseFormula(formula);
  const { type, at } = compile(formula, parsed, table);
  const values = Array.from({ length: table.rows }, (_, row) => at(row));
  const inputs = columnsOfFormula(parsed).map((input) => columnOf(table, input));
  const undefinedRows: number[] = [];
  if (type === 'text') return { column: wordsColumn(name, values as (string | undefined)[]), undefinedRows };
  const numbers = Float64Array.from(values as number[], (value, row) => {
    if (Number.isFinite(value)) return value;
    if (value === Infinity || value === -Infinity || !inputs.some((input) => isMissingCell(input, row))) undefinedRows.push(row);
    return NaN;
  });
  return { column: { name, type, values: numbers }, undefinedRows };
}

function compile(formula: string, expression: Expression, table: Table): Compiled {
  switch (expression.kind) {
    case 'number':
    case 'text': {
      const { value } = expression;
      return { type: expression.kind, at: () => value };
    }
    case 'boolean': {
      const value = Number(expression.value);
      return { type: 'boolean', at: () => value };
    }
    case 'column':
      return readColumn(columnOf(table, expression.name));
    case 'call':
      return compileCall(formula, expression, table);
  }
}

function readColumn(column: Column): Compiled {
  if (column.type === 'text') return { type: 'text', at: (row) => (column.codes[row]! < 0 ? undefined : column.levels[column.codes[row]!]) };
  const { values } = column;
  if (column.type === 'date') return { type: 'number', at: (row) => values[row]! / DAY_MS };
  return { type: column.type === 'boolean' ? 'boolean' : 'number', at: (row) => values[row]! };
}

function compileCall(formula: string, { name, args, at }: Extract<Expression, { kind: 'call' }>, table: Table): Compiled {
  const own = FUNCTIONS.get(name);
  if (!own) throw formulaError(formula, at, 'unknown-function', { seen: name, expected: FUNCTION_NAMES.join(', ') });
  const [least, most] = countOf(name, own);
  if (args.length < least || args.length > most) throw formulaError(formula, at, 'arguments', { seen: String(args.length), expected: least === most ? String(least) : `${least} … ${most}`, function: name });
  const parts = args.map((arg) => compile(formula, arg, table));
  // Where any type will do, all of them must be the same one.
  const any = parts.find((_, i) => own.takes[i] === 'any')?.type;
  parts.forEach(({ type }, i) => {
    const wanted = own.takes[Math.min(i, own.takes.length - 1)]!;
    const expected = wanted === 'any' ? any! : wanted;
    // A yes or no counts as 1 or 0 where a number is wanted.
    if (type !== expected && !(expected === 'number' && type === 'boolean')) throw formulaError(formula, args[i]!.at, 'type', { seen: type, expected, function: name });
  });
  const { apply } = own;
  return { type: own.gives === 'same' ? any! : own.gives, at: (row) => apply(parts.map((part) => part.at(row))) };
}
