import { columnsOfFormula, parseFormula } from './parse-formula.js';

/** A column from a formula over the others of its row. */
export interface FormulaStep {
  readonly do: 'formula';
  readonly name: string;
  readonly formula: string;
}

/** Two columns of a row as one: numbers multiplied, divided or subtracted, or the pair of two categories. */
export interface CombineStep {
  readonly do: 'combine';
  readonly name: string;
  readonly of: readonly string[];
  readonly how: 'product' | 'ratio' | 'difference' | 'cross';
}

/** Parts of a date, each a column `<column>_<part>`; weekdays count from 1 for Monday, `since` is for days-since. */
export interface DateStep {
  readonly do: 'date';
  readonly column: string;
  readonly parts: readonly DatePart[];
  readonly since?: string;
}

export const DATE_PARTS = ['year', 'quarter', 'month', 'day', 'weekday', 'day-of-year', 'hour', 'weekend', 'month-sin', 'month-cos', 'weekday-sin', 'weekday-cos', 'day-of-year-sin', 'day-of-year-cos', 'hour-sin', 'hour-cos', 'days-since'] as const;
export type DatePart = (typeof DATE_PARTS)[number];

/** Looks back in time: only rows that are more than `gap` days older count, within those of the same `by`. */
interface Backward {
  readonly name: string;
  readonly column: string;
  readonly time: string;
  readonly by?: string;
  /** Days that must lie between, for values that are known late; 0 when left out. */
  readonly gap?: number;
}

/** The value `rows` rows before. */
export interface LagStep extends Backward {
  readonly do: 'lag';
  readonly rows: number;
}

/** A figure of the `last` rows or days before. */
export interface RollingStep extends Backward {
  readonly do: 'rolling';
  readonly how: Statistic;
  readonly last: number;
  readonly unit: 'rows' | 'days';
}

/** A figure of the training rows that have the same value of `by`. */
export interface GroupStep {
  readonly do: 'group';
  readonly name: string;
  readonly column: string;
  readonly by: string;
  readonly how: Statistic;
}

/** Leaves columns out of the model's inputs. */
export interface DropStep {
  readonly do: 'drop';
  readonly columns: readonly string[];
}

export const STATISTICS = ['mean', 'sum', 'min', 'max', 'std', 'count', 'median'] as const;
export type Statistic = (typeof STATISTICS)[number];

export type FeatureStep = FormulaStep | CombineStep | DateStep | LagStep | RollingStep | GroupStep | DropStep;
export type HistoryStep = LagStep | RollingStep;

export const FEATURE_KINDS: readonly FeatureStep['do'][] = ['formula', 'combine', 'date', 'lag', 'rolling', 'group', 'drop'];

export const isHistory = (step: FeatureStep): step is HistoryStep => step.do === 'lag' || step.do === 'rolling';

/** How serving gets a step's columns: from the request's row, from the row with what training learned, from collected rows, or not at all. */
export type ServedBy = 'row' | 'fitted' | 'history' | 'none';

export const servedBy = (step: FeatureStep): ServedBy => (isHistory(step) ? 'history' : step.do === 'group' ? 'fitted' : step.do === 'drop' ? 'none' : 'row');

/** Names of the columns that a step makes. */
export function madeBy(step: FeatureStep): readonly string[] {
  if (step.do === 'drop') return [];
  return step.do === 'date' ? step.parts.map((part) => `${step.column}_${part.replaceAll('-', '_')}`) : [step.name];
}

/** Names of the columns that a step reads; throws `bad-formula`. */
export function readBy(step: FeatureStep): readonly string[] {
  switch (step.do) {
    case 'formula':
      return columnsOfFormula(parseFormula(step.formula));
    case 'combine':
      return step.of;
    case 'date':
      return [step.column];
    case 'group':
      return [step.column, step.by];
    case 'drop':
      return step.columns;
    default:
      return [step.column, ...anchorsOf(step)];
  }
}

/** Columns of a row that say where in its history it stands. */
export const anchorsOf = ({ time, by }: HistoryStep): readonly string[] => [time, ...(by === undefined ? [] : [by])];

/** Columns that the steps leave out of the model's inputs. */
export const droppedBy = (steps: readonly FeatureStep[]): string[] => steps.flatMap((step) => (step.do === 'drop' ? step.columns : []));
