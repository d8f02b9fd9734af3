import { deviationFences, tukeyFences } from '../../core/clean/fences.js';
import type { CleanStep, ConvertStep, DeduplicateStep, LimitStep, TrimStep } from '../../core/clean/clean-step.js';
import { LabError } from '../../core/lab-error.js';
import { columnOf } from '../../core/table/select.js';
import type { Table } from '../../core/table/table.js';
import { flag, list, number, text, type ArgsOf, type VerbArgs } from '../verb.js';

/** Changes of unit by name: out = value × factor + offset. */
export const UNITS: Readonly<Record<string, { readonly factor: number; readonly offset: number }>> = {
  'fahrenheit-to-celsius': { factor: 5 / 9, offset: -160 / 9 },
  'celsius-to-fahrenheit': { factor: 1.8, offset: 32 },
  'pound-to-kilogram': { factor: 0.45359237, offset: 0 },
  'inch-to-centimetre': { factor: 2.54, offset: 0 },
  'mile-to-kilometre': { factor: 1.609344, offset: 0 },
  thousandfold: { factor: 1000, offset: 0 },
  tenfold: { factor: 10, offset: 0 },
  'a-tenth': { factor: 0.1, offset: 0 },
  'change-sign': { factor: -1, offset: 0 },
};

export const STEP_FLAGS = {
  step: text('what to do', { choices: ['trim', 'missing', 'replace', 'convert', 'rescale', 'limit', 'set', 'deduplicate', 'drop-missing'] }),
  columns: list('the columns it is about'),
  case: text('trim: write all letters so', { choices: ['lower', 'upper'] }),
  values: list('missing: values that stand for "not known"'),
  map: list('replace: other ways of writing, such as M=male,F=female'),
  to: text('convert: type', { choices: ['number', 'integer', 'boolean', 'date', 'text'] }),
  decimal: text('convert: 3,5 is 3.5', { choices: ['comma'] }),
  dates: text('convert: order of day, month and year', { choices: ['iso', 'dmy', 'mdy'] }),
  unit: text('rescale: change of unit', { choices: Object.keys(UNITS) }),
  factor: number('rescale: value × factor + offset'),
  offset: number('rescale: value × factor + offset'),
  above: number('rescale: only values above this'),
  below: number('rescale: only values below this'),
  rule: text('limit: where the bounds come from', { choices: ['limits', 'iqr', 'z'] }),
  reach: number('limit: quartile ranges (iqr, 1.5) or deviations (z, 3)'),
  low: number('limit: least value'),
  high: number('limit: greatest value'),
  act: text('limit: what happens to values outside', { choices: ['clip', 'missing', 'drop'] }),
  by: list('deduplicate: columns that must be equal (all without it)'),
  keep: text('deduplicate: which one stays', { choices: ['first', 'last'] }),
  key: text('set: column that names the row'),
  row: text('set: its value in that row'),
  value: text('set: the right value'),
  at: number('put the step at this place (from 1)'),
  undo: flag('take the last step away'),
  remove: number('take the step at this place away'),
  move: number('move the step at this place …'),
  place: number('… to this place'),
  suggest: flag('list what the data suggest'),
  list: flag('list the steps'),
};
export type StepArgs = ArgsOf<typeof STEP_FLAGS>;

const fail = (name: string, needed: string): never => {
  throw new LabError('flag-required', { command: `lab clean --step ${name}`, flag: needed });
};

/** The step that the flags describe; bounds by `iqr` or `z` are learned from the table. Throws `flag-required`, `flag-value`, `unknown-column`. */
export function stepOf(args: StepArgs, table: Table): CleanStep {
  const kind = args.step as CleanStep['do'];
  const columns = (): readonly string[] => args.columns ?? fail(kind, '--columns');
  const single = (): string => columns()[0] ?? fail(kind, '--columns');
  for (const name of [...(args.columns ?? []), ...(args.by ?? []), ...(args.key === undefined ? [] : [args.key])]) columnOf(table, name);
  switch (kind) {
    case 'trim':
      return { do: kind, columns: columns(), ...(args.case === undefined ? {} : { case: args.case as NonNullable<TrimStep['case']> }) };
    case 'missing':
      return { do: kind, columns: columns(), values: args.values ?? fail(kind, '--values') };
    case 'replace':
      return { do: kind, column: single(), map: readMap(args.map ?? fail(kind, '--map')) };
    case 'convert':
      return { do: kind, columns: columns(), to: (args.to ?? fail(kind, '--to')) as ConvertStep['to'], ...(args.decimal === 'comma' ? { decimal: 'comma' } : {}), ...(args.dates === undefined ? {} : { dates: args.dates as NonNullable<ConvertStep['dates']> }) };
    case 'rescale': {
      const { factor, offset } = args.unit === undefined ? { factor: args.factor ?? fail(kind, '--unit'), offset: args.offset ?? 0 } : UNITS[args.unit]!;
      return { do: kind, column: single(), factor, offset, ...(args.above === undefined ? {} : { above: args.above }), ...(args.below === undefined ? {} : { below: args.below }) };
    }
    case 'limit':
      return limitOf(args, table, single());
    case 'set':
      return { do: kind, key: args.key ?? fail(kind, '--key'), row: args.row ?? fail(kind, '--row'), column: single(), value: args.value ?? fail(kind, '--value') };
    case 'deduplicate':
      return { do: kind, ...(args.by === undefined ? {} : { by: args.by }), keep: (args.keep ?? 'first') as DeduplicateStep['keep'] };
    case 'drop-missing':
      return { do: kind, columns: columns() };
  }
}

function limitOf(args: StepArgs, table: Table, name: string): LimitStep {
  const act = (args.act ?? 'missing') as LimitStep['act'];
  const rule = args.rule ?? 'limits';
  if (rule === 'limits') {
    if (args.low === undefined && args.high === undefined) fail('limit', '--low');
    return { do: 'limit', column: name, ...(args.low === undefined ? {} : { low: args.low }), ...(args.high === undefined ? {} : { high: args.high }), act };
  }
  const column = columnOf(table, name);
  if (column.type === 'text') throw new LabError('flag-value', { flag: '--columns', value: name, expected: 'a column of numbers' });
  const { low, high } = rule === 'iqr' ? tukeyFences(column.values, args.reach ?? 1.5) : deviationFences(column.values, args.reach ?? 3);
  return { do: 'limit', column: name, low, high, act, learned: rule as 'iqr' | 'z' };
}

function readMap(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new LabError('flag-value', { flag: '--map', value: pair, expected: 'old=new' });
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** The flags that make this step again; bounds that were learned are given as they are. */
export function argsOfStep(step: CleanStep): VerbArgs {
  switch (step.do) {
    case 'replace':
      return { step: step.do, columns: [step.column], map: Object.entries(step.map).map(([from, to]) => `${from}=${to}`) };
    case 'rescale': {
      const unit = Object.entries(UNITS).find(([, { factor, offset }]) => factor === step.factor && offset === step.offset)?.[0];
      const { above, below, factor, offset } = step;
      return { step: step.do, columns: [step.column], ...(unit === undefined ? { factor, offset } : { unit }), above, below };
    }
    case 'limit':
      return { step: step.do, columns: [step.column], low: step.low, high: step.high, act: step.act };
    case 'set':
      return { step: step.do, key: step.key, row: step.row, columns: [step.column], value: step.value };
    default: {
      const { do: kind, ...rest } = step;
      return { step: kind, ...rest };
    }
  }
}
