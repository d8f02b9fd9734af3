import { LabError } from '../lab-error.js';
import { hasColumn, isMissingCell, withColumn, type Rows } from '../table/select.js';
import type { Table } from '../table/table.js';
import { deriveStep, fitFeature, type FittedFeature } from './derive-step.js';
import { anchorsOf, isHistory, madeBy, readBy, type FeatureStep } from './feature-step.js';

/** What one step made: its columns, their missing cells, and rows without a value though all it reads is known. */
export interface FeatureOutcome {
  readonly columns: readonly string[];
  readonly missing: number;
  readonly undefinedCount: number;
  /** The first of those rows. */
  readonly undefinedRows: readonly number[];
}

/** The table with the new columns, what the steps learned, and what each did. */
export interface Featured {
  readonly table: Table;
  readonly fitted: readonly FittedFeature[];
  readonly outcomes: readonly FeatureOutcome[];
}

const EXAMPLES = 5;

/**
 * Applies the steps in their order to the whole table; figures of groups are learned from the rows `train` alone.
 * Throws what `checkStep` and the steps throw; `place` in the data of the error is that of the step, from 1.
 */
export function applyFeatures(table: Table, steps: readonly FeatureStep[], train: Rows, target?: string): Featured {
  let now = table;
  const [fitted, outcomes]: [FittedFeature[], FeatureOutcome[]] = [[], []];
  steps.forEach((step, i) => {
    try {
      checkStep(now, steps, i, target);
      const own = fitFeature(step, now, train);
      const { columns, undefinedRows } = deriveStep(own, now, now);
      now = columns.reduce(withColumn, now);
      const missing = columns.reduce((sum, column) => sum + countRows(now.rows, (row) => isMissingCell(column, row)), 0);
      fitted.push(own);
      outcomes.push({ columns: columns.map(({ name }) => name), missing, undefinedCount: undefinedRows.length, undefinedRows: undefinedRows.slice(0, EXAMPLES) });
    } catch (cause) {
      throw cause instanceof LabError ? new LabError(cause.code, { ...cause.data, place: i + 1 }) : cause;
    }
  });
  return { table: now, fitted, outcomes };
}

function countRows(rows: number, holds: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (holds(row)) count++;
  return count;
}

/**
 * Refuses a step that reads what is not there (`unknown-column`), what it or a later step makes (`feature-cycle` {column}), or the target
 * of its own row (`feature-uses-target` {column}), or that makes a column whose name is taken (`feature-name-taken` {column}).
 */
function checkStep(table: Table, steps: readonly FeatureStep[], i: number, target: string | undefined): void {
  const step = steps[i]!;
  const later = new Set(steps.slice(i).flatMap(madeBy));
  for (const column of readBy(step)) if (!hasColumn(table, column) && later.has(column)) throw new LabError('feature-cycle', { column });
  const readsNow = isHistory(step) ? anchorsOf(step) : readBy(step);
  if (target !== undefined && readsNow.includes(target)) throw new LabError('feature-uses-target', { column: madeBy(step)[0] ?? target, target });
  const made = new Set<string>();
  for (const column of madeBy(step)) {
    if (hasColumn(table, column) || made.has(column)) throw new LabError('feature-name-taken', { column });
    made.add(column);
  }
  if (step.do === 'drop') for (const column of step.columns) if (!hasColumn(table, column)) throw new LabError('unknown-column', { column, known: table.columns.slice(0, 50).map(({ name }) => name) });
}
