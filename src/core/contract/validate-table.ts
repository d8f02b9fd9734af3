import { finish, ROWS_A_PAUSE, type Gradual } from '../gradual.js';
import { parseIsoDate } from '../table/iso-date.js';
import { readValue } from '../table/retype.js';
import { cellText, hasColumn, isMissingCell } from '../table/select.js';
import type { Column, ColumnType, Table } from '../table/table.js';
import type { ColumnRules, Contract, Finding, Rule } from './contract.js';

const EXAMPLES = 5;
const DAY = 86_400_000;

/** What a check looks at besides the table: today in milliseconds since 1970, without which freshness is not judged. */
export interface ValidateOptions {
  readonly today?: number;
  /** Rules of single cells only, as for the few rows of a request. */
  readonly cellsOnly?: boolean;
}

/** Every broken promise, in the order of the contract; [] when all are kept. */
export const validateTable = (table: Table, contract: Contract, options: ValidateOptions = {}): Finding[] => finish(validateGradually(table, contract, options));

/** As `validateTable`, with pauses. */
export function* validateGradually(table: Table, contract: Contract, options: ValidateOptions = {}): Gradual<Finding[]> {
  const findings: Finding[] = [];
  const promised = Object.entries(contract.columns);
  for (const [i, [name, rules]] of promised.entries()) {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (column) findings.push(...(yield* checkColumn(column, rules, table.rows, options, (part) => (i + part) / promised.length)));
    else if (rules.required !== false) findings.push(whole('column-missing', 1, name, '-', name));
  }
  if (contract.others === 'refuse') for (const { name } of table.columns) if (!Object.hasOwn(contract.columns, name)) findings.push(whole('column-unknown', 1, '-', name, name));
  return options.cellsOnly ? findings : [...findings, ...checkRows(table, contract), ...checkFreshness(table, contract, options.today)];
}

const whole = (rule: Rule, count: number, promised: string, seen: string, column?: string): Finding => ({ ...(column === undefined ? {} : { column }), rule, count, promised, seen, examples: [] });

function checkRows({ rows }: Table, { rows: limits }: Contract): Finding[] {
  const [min, max] = [limits?.min ?? 0, limits?.max ?? Infinity];
  return rows < min || rows > max ? [whole('rows', rows, `${min}…${max === Infinity ? '' : max}`, String(rows))] : [];
}

function checkFreshness(table: Table, { freshness }: Contract, today: number | undefined): Finding[] {
  if (!freshness || today === undefined || !hasColumn(table, freshness.column)) return [];
  const column = table.columns.find(({ name }) => name === freshness.column)!;
  const value = reader(column, 'date');
  let newest = -Infinity;
  for (let row = 0; row < table.rows; row++) if (value(row) > newest) newest = value(row);
  const age = Math.floor((today - newest) / DAY);
  return age <= freshness.days ? [] : [whole('freshness', 1, String(freshness.days), Number.isFinite(age) ? String(age) : '-', freshness.column)];
}

/** Value of a row's cell as a number of that type, NaN when missing or no such value. */
function reader(column: Column, type: ColumnType): (row: number) => number {
  if (column.type !== 'text') return (row) => column.values[row]!;
  const read = column.levels.map((level) => readValue(level, type === 'text' ? 'number' : type));
  return (row) => read[column.codes[row]!] ?? NaN;
}

/** Collects the rows that break one rule. */
class Breaches {
  count = 0;
  readonly examples: { row: number; value: string }[] = [];
  constructor(private readonly column: Column) {}
  add(row: number): void {
    this.count++;
    if (this.examples.length < EXAMPLES) this.examples.push({ row, value: cellText(this.column, row) });
  }
}

function* checkColumn(column: Column, rules: ColumnRules, rows: number, { cellsOnly = false }: ValidateOptions, share: (part: number) => number): Gradual<Finding[]> {
  const value = reader(column, rules.type);
  const bound = (limit: number | string | undefined, none: number): number => (limit === undefined ? none : typeof limit === 'number' ? limit : parseIsoDate(limit));
  const [low, high] = [bound(rules.min, -Infinity), bound(rules.max, Infinity)];
  const allowed = rules.allowed && new Set(rules.allowed);
  const seen = new Set<string>();
  const breaches = { type: new Breaches(column), required: new Breaches(column), min: new Breaches(column), max: new Breaches(column), allowed: new Breaches(column), unique: new Breaches(column) };
  const misfits = rules.type === 'text' ? () => false : (row: number) => misfit(column, rules.type, value(row));
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_A_PAUSE === 0) yield share(row / rows);
    if (isMissingCell(column, row)) {
      breaches.required.add(row);
      continue;
    }
    if (misfits(row)) breaches.type.add(row);
    else if (rules.type !== 'text' && value(row) < low) breaches.min.add(row);
    else if (rules.type !== 'text' && value(row) > high) breaches.max.add(row);
    if (allowed && !allowed.has(cellText(column, row))) breaches.allowed.add(row);
    if (rules.unique && !cellsOnly && seen.size === seen.add(cellText(column, row)).size) breaches.unique.add(row);
  }
  return report(column, rules, rows, breaches, cellsOnly);
}

function misfit(column: Column, type: ColumnType, value: number): boolean {
  if (Number.isNaN(value)) return true;
  if (column.type === 'date' || (column.type === 'boolean' && type !== 'boolean')) return type !== column.type;
  if (type === 'boolean') return value !== 0 && value !== 1;
  return type === 'date' ? column.type !== 'text' : type === 'integer' && !Number.isInteger(value);
}

function report(column: Column, rules: ColumnRules, rows: number, breaches: Readonly<Record<'type' | 'required' | 'min' | 'max' | 'allowed' | 'unique', Breaches>>, cellsOnly: boolean): Finding[] {
  const promised = { type: rules.type, required: 'every cell', min: String(rules.min), max: String(rules.max), allowed: rules.allowed?.join(', ') ?? '', unique: 'each value once' };
  const share = rows === 0 ? 0 : breaches.required.count / rows;
  const findings: Finding[] = [];
  for (const rule of ['type', 'min', 'max', 'allowed', 'unique'] as const) {
    const { count, examples } = breaches[rule];
    if (count > 0) findings.push({ column: column.name, rule, count, promised: promised[rule], seen: [...new Set(examples.map(({ value }) => value))].join(', '), examples });
  }
  const { count, examples } = breaches.required;
  if (rules.required === true && (rules.missing ?? 0) === 0 && count > 0) findings.push({ column: column.name, rule: 'required', count, promised: promised.required, seen: String(count), examples });
  else if (rules.missing !== undefined && !cellsOnly && share > rules.missing) findings.push({ column: column.name, rule: 'missing-share', count, promised: String(rules.missing), seen: String(Math.round(share * 1e4) / 1e4), examples });
  return findings;
}
