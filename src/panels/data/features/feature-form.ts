import { DATE_PARTS, FEATURE_KINDS, STATISTICS, type DatePart, type FeatureStep, type Statistic } from '../../../core/features/feature-step.js';
import type { FeaturesView } from '../../../lab/views/feature-views.js';
import type { VerbArgs } from '../../../lab/verb.js';

/** What stands on the form; empty text means "not given". */
export interface FeatureForm {
  kind: FeatureStep['do'];
  name: string;
  formula: string;
  first: string;
  second: string;
  how: 'product' | 'ratio' | 'difference' | 'cross';
  column: string;
  date: string;
  parts: DatePart[];
  since: string;
  figure: Statistic;
  rows: number;
  last: number;
  unit: 'rows' | 'days';
  by: string;
  gap: number;
  columns: string[];
}

export { DATE_PARTS, FEATURE_KINDS, STATISTICS };

type Columns = FeaturesView['columns'];

/** Names of the columns of numbers, of categories and of dates. */
export const numbersOf = (columns: Columns): string[] => columns.filter(({ type }) => type !== 'text' && type !== 'date').map(({ name }) => name);
export const datesOf = (columns: Columns): string[] => columns.filter(({ type }) => type === 'date').map(({ name }) => name);

/** The form before anything is chosen. */
export function emptyFeature({ columns, time, target }: FeaturesView): FeatureForm {
  const numbers = numbersOf(columns).filter((name) => name !== target);
  const words = columns.filter(({ type, name }) => type === 'text' && name !== target).map(({ name }) => name);
  return {
    kind: 'formula', name: '', formula: '', first: numbers[0] ?? '', second: numbers[1] ?? numbers[0] ?? '', how: 'product', column: numbers[0] ?? '', date: time ?? datesOf(columns)[0] ?? '', parts: [], since: '',
    figure: 'mean', rows: 1, last: 7, unit: 'rows', by: words[0] ?? '', gap: 0, columns: [],
  };
}

/** Arguments of `lab features` for the form; undefined while something needed is not there. */
export function featureArgs(form: FeatureForm): VerbArgs | undefined {
  const base = { add: form.kind, ...(form.name.trim() === '' ? {} : { name: form.name.trim() }) };
  const backward = { ...base, column: form.column, time: form.date, ...(form.by === '' ? {} : { by: form.by }), ...(form.gap > 0 ? { gap: form.gap } : {}) };
  switch (form.kind) {
    case 'formula':
      return form.formula.trim() === '' || form.name.trim() === '' ? undefined : { ...base, formula: form.formula.trim() };
    case 'combine':
      return form.first === '' || form.second === '' ? undefined : { ...base, of: [form.first, form.second], how: form.how };
    case 'date':
      return form.date === '' || form.parts.length === 0 || (form.parts.includes('days-since') && form.since === '') ? undefined : { add: form.kind, column: form.date, parts: form.parts, ...(form.since === '' ? {} : { since: form.since }) };
    case 'lag':
      return form.column === '' || form.date === '' ? undefined : { ...backward, rows: form.rows };
    case 'rolling':
      return form.column === '' || form.date === '' ? undefined : { ...backward, how: form.figure, last: form.last, unit: form.unit };
    case 'group':
      return form.column === '' || form.by === '' ? undefined : { ...base, column: form.column, by: form.by, how: form.figure };
    case 'drop':
      return form.columns.length === 0 ? undefined : { add: form.kind, columns: form.columns };
  }
}

/** A column's name as a formula writes it. */
export const inFormula = (name: string): string => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !['and', 'or', 'not', 'true', 'false'].includes(name) ? name : `\`${name}\``);
