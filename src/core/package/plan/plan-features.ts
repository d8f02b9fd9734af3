import { DAY_MS } from '../../calendar.js';
import type { FittedFeature } from '../../features/derive-step.js';
import { isHistory, madeBy, type DatePart } from '../../features/feature-step.js';
import { FUNCTIONS } from '../../features/formula-functions.js';
import { parseFormula, type Expression } from '../../features/parse-formula.js';
import { LabError } from '../../lab-error.js';
import { parseIsoDate } from '../../table/iso-date.js';
import { readValue } from '../../table/retype.js';
import type { ColumnType } from '../../table/table.js';
import type { PlannedExpression, PlannedFeature } from './plan-types.js';

/** Types of the columns that there are so far; made ones are added. */
export type ColumnTypes = Map<string, ColumnType>;

const SIGNS: Readonly<Record<string, string>> = { product: '*', ratio: '/', difference: '-' };
const ORDINARY = new Set<DatePart>(['year', 'quarter', 'month', 'day', 'weekday', 'day-of-year', 'hour']);

/** The plan of a fitted feature. Throws `export-history` {column} for one that looks back in time. */
export function planFeature({ step, levels = [], other = null }: FittedFeature, types: ColumnTypes): PlannedFeature[] {
  if (isHistory(step)) throw new LabError('export-history', { column: step.name, time: step.time });
  const numbers = (name: string): Expression => ({ kind: 'column', name, at: 0 });
  switch (step.do) {
    case 'drop':
      return [];
    case 'formula':
      return [made(step.name, planExpression(parseFormula(step.formula), types), types)];
    case 'combine': {
      const [a, b] = step.of as [string, string];
      if (step.how !== 'cross') return [made(step.name, planExpression({ kind: 'call', name: SIGNS[step.how]!, args: [numbers(a), numbers(b)], at: 0 }, types), types)];
      types.set(step.name, 'text');
      return [{ do: 'pair', name: step.name, of: [a, b].map((name) => ({ name, type: types.get(name)! })) }];
    }
    case 'date': {
      const parts = madeBy(step).map((name, at) => ({ name, part: step.parts[at]! }));
      for (const { name, part } of parts) types.set(name, part === 'weekend' ? 'boolean' : ORDINARY.has(part) ? 'integer' : 'number');
      return [{ do: 'dates', column: step.column, parts, since: step.since === undefined ? null : parseIsoDate(step.since) }];
    }
    case 'group': {
      types.set(step.name, 'number');
      const by = types.get(step.by)!;
      return [{ do: 'figures', name: step.name, by: step.by, levels: levels.map(([level]) => (level === '' ? null : by === 'text' ? level : readValue(level, by))), figures: levels.map(([, figure]) => figure), other }];
    }
  }
}

function made(name: string, value: PlannedExpression, types: ColumnTypes): PlannedFeature {
  types.set(name, value.type);
  return { do: 'formula', name, value };
}

function planExpression(expression: Expression, types: ColumnTypes): PlannedExpression {
  switch (expression.kind) {
    case 'number':
      return { type: 'number', value: expression.value };
    case 'text':
      return { type: 'text', value: expression.value };
    case 'boolean':
      return { type: 'boolean', value: Number(expression.value) };
    case 'column': {
      const type = types.get(expression.name);
      const column = { type: type === 'text' || type === 'boolean' ? type : ('number' as const), column: expression.name };
      return type === 'date' ? { type: 'number', call: '/', of: [column, { type: 'number', value: DAY_MS }] } : column;
    }
    case 'call': {
      const { takes, gives } = FUNCTIONS.get(expression.name)!;
      const of = expression.args.map((arg) => planExpression(arg, types));
      return { type: gives === 'same' ? of.find((_, at) => takes[at] === 'any')!.type : gives, call: expression.name, of };
    }
  }
}

/** Columns that a feature reads. */
export function columnsRead(feature: PlannedFeature): readonly string[] {
  if (feature.do === 'formula') return columnsIn(feature.value);
  return feature.do === 'pair' ? feature.of.map(({ name }) => name) : [feature.do === 'dates' ? feature.column : feature.by];
}

const columnsIn = (value: PlannedExpression): string[] => ('column' in value ? [value.column] : 'of' in value ? value.of.flatMap(columnsIn) : []);
