import { LabError } from '../lab-error.js';
import { cellText, columnOf, isMissingCell, type Rows } from '../table/select.js';
import type { Column, Table } from '../table/table.js';
import { numberValues } from './column-values.js';
import { computeFormula, type Computed } from './compute-formula.js';
import { dateParts } from './date-parts.js';
import type { CombineStep, FeatureStep, GroupStep } from './feature-step.js';
import { lookBack } from './history.js';
import { statisticOf } from './figures.js';
import { wordsColumn } from './words-column.js';

/** A step with what the training rows taught it; JSON-safe, null for a figure that is not known. */
export interface FittedFeature {
  readonly step: FeatureStep;
  /** Of a group step: the figure of each level, and that of all rows for levels never seen. */
  readonly levels?: readonly (readonly [string, number | null])[];
  readonly other?: number | null;
}

/** The columns that a step makes, and rows for which a formula or a ratio has no value though all it reads is known. */
export interface Derived {
  readonly columns: readonly Column[];
  readonly undefinedRows: readonly number[];
}

/** Learns what a step learns from those rows alone; throws `unknown-column`, `feature-type`. */
export function fitFeature(step: FeatureStep, table: Table, rows: Rows): FittedFeature {
  if (step.do !== 'group') return { step };
  const values = step.how === 'count' ? undefined : numberValues(table, step.column, step);
  const by = columnOf(table, step.by);
  const groups = new Map<string, number[]>();
  const all: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const value = values ? values[row]! : isMissingCell(columnOf(table, step.column), row) ? NaN : 1;
    const level = cellText(by, row);
    const group = groups.get(level);
    if (group) group.push(value);
    else groups.set(level, [value]);
    all.push(value);
  }
  const figure = (some: readonly number[]): number | null => asJson(statisticOf(step.how, some));
  return { step, levels: [...groups].map(([level, some]) => [level, figure(some)] as const), other: step.how === 'count' || step.how === 'sum' ? 0 : figure(all) };
}

const asJson = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The step's columns for the rows of `table`; what looks back looks at `past`. Throws `feature-needs-history` {column} without one, and what the steps throw. */
export function deriveStep(fitted: FittedFeature, table: Table, past: Table | undefined): Derived {
  const { step } = fitted;
  switch (step.do) {
    case 'formula':
      return oneColumn(computeFormula(step.name, step.formula, table));
    case 'combine':
      return oneColumn(combine(step, table));
    case 'date':
      return { columns: dateParts(step, table), undefinedRows: [] };
    case 'group':
      return { columns: [figuresOf(fitted, step, table)], undefinedRows: [] };
    case 'drop':
      return { columns: [], undefinedRows: [] };
    default:
      if (!past) throw new LabError('feature-needs-history', { column: step.name, time: step.time });
      return { columns: [lookBack(step, past, table)], undefinedRows: [] };
  }
}

const oneColumn = ({ column, undefinedRows }: Computed): Derived => ({ columns: [column], undefinedRows });

function combine(step: CombineStep, table: Table): Computed {
  const [a, b] = step.of as [string, string];
  const signs = { product: '*', ratio: '/', difference: '-' };
  if (step.how === 'cross') return { column: cross(step.name, columnOf(table, a), columnOf(table, b), table.rows), undefinedRows: [] };
  const values = [numberValues(table, a, step), numberValues(table, b, step)] as const;
  const inputs: Table = { rows: table.rows, columns: values.map((own, i) => ({ name: 'ab'[i]!, type: 'number', values: own })) };
  return computeFormula(step.name, `a ${signs[step.how]} b`, inputs);
}

/** Both categories in one, such as `Dream × female`; missing when one is. */
const cross = (name: string, a: Column, b: Column, rows: number): Column =>
  wordsColumn(name, Array.from({ length: rows }, (_, row) => (isMissingCell(a, row) || isMissingCell(b, row) ? undefined : `${cellText(a, row)} × ${cellText(b, row)}`)));

function figuresOf({ levels = [], other = null }: FittedFeature, step: GroupStep, table: Table): Column {
  const by = columnOf(table, step.by);
  const known = new Map(levels);
  const values = Float64Array.from({ length: table.rows }, (_, row) => {
    const level = cellText(by, row);
    return (known.has(level) ? known.get(level) : other) ?? NaN;
  });
  return { name: step.name, type: 'number', values };
}
