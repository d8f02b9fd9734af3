import { DATE_PARTS, FEATURE_KINDS, STATISTICS, type CombineStep, type DatePart, type FeatureStep, type HistoryStep, type RollingStep, type Statistic } from '../../core/features/feature-step.js';
import { LabError } from '../../core/lab-error.js';
import type { Task } from '../../core/prepare/recipe.js';
import { flag, list, number, text, type ArgsOf } from '../verb.js';

/** Kinds of quick models that an effect or a ranking may use. */
export const QUICK_MODELS = ['linear', 'logistic', 'gradient-boosting'] as const;
/** The quick model that was asked for, else the simplest of the task; throws `flag-value` for one that the task has no use for. */
export function quickModelFor(task: Task, asked: string | undefined): string {
  const simplest = task === 'regression' ? 'linear' : 'logistic';
  if (asked !== undefined && asked !== simplest && asked !== 'gradient-boosting') throw new LabError('flag-value', { flag: '--model', value: asked, expected: `${simplest} | gradient-boosting` });
  return asked ?? simplest;
}

/** What features can be ranked by. */
export const RANKINGS = ['variance', 'correlation', 'mutual-information', 'permutation'] as const;
export type Ranking = (typeof RANKINGS)[number];

export const FEATURE_FLAGS = {
  add: text('what to make', { choices: FEATURE_KINDS }),
  name: text('name of the new column'),
  formula: text('formula: such as "log1p(rides) / if(rain > 0, 2, 1)"'),
  of: list('combine: two columns'),
  how: text('combine: product, ratio, difference, cross; rolling and group: which figure', { choices: ['product', 'ratio', 'difference', 'cross', ...STATISTICS] }),
  column: text('date, lag, rolling, group: the column that is read'),
  parts: list('date: its parts', { choices: DATE_PARTS }),
  since: text('date: first date of days-since'),
  rows: number('lag: how many rows before'),
  last: number('rolling: how many rows or days before'),
  unit: text('rolling: what is counted (rows)', { choices: ['rows', 'days'] }),
  time: text('lag, rolling: column of dates; that of the data when left out'),
  by: text('lag, rolling, group: column whose equal rows belong together'),
  gap: number('lag, rolling: days that must lie between, for values known late (0)'),
  columns: list('drop: columns to leave out'),
  at: number('put the step at this place (from 1)'),
  remove: number('take the step at this place away'),
  move: number('move the step at this place …'),
  place: number('… to this place'),
  undo: flag('take the last step away'),
  clear: flag('take all steps away'),
  list: flag('list the steps'),
  preview: flag('show what --add would make, and keep nothing'),
  try: flag('measure the effect of --add, or of --step, on the training rows'),
  step: number('place of the step whose effect is measured'),
  select: text('rank the inputs by this', { choices: RANKINGS }),
  keep: number('add a step that leaves out all but so many of the ranked'),
  model: text('quick model for --try and --select permutation', { choices: QUICK_MODELS }),
  folds: number('folds of --try (5)'),
  seed: number('seed of folds, samples and shuffles (7)'),
};
export type FeatureArgs = ArgsOf<typeof FEATURE_FLAGS>;

const fail = (kind: string, needed: string): never => {
  throw new LabError('flag-required', { command: `lab features --add ${kind}`, flag: needed });
};

/** The step that the flags describe; `time` is the data's own. Throws `flag-required`, `flag-value`. */
export function featureStepOf(args: FeatureArgs, time: string | undefined): FeatureStep {
  const kind = args.add as FeatureStep['do'];
  const column = (): string => args.column ?? fail(kind, '--column');
  switch (kind) {
    case 'formula':
      return { do: kind, name: args.name ?? fail(kind, '--name'), formula: args.formula ?? fail(kind, '--formula') };
    case 'combine': {
      const of = args.of ?? fail(kind, '--of');
      const how = oneOf(args.how ?? 'product', ['product', 'ratio', 'difference', 'cross']) as CombineStep['how'];
      return { do: kind, name: args.name ?? of.join(`_${how}_`), of, how };
    }
    case 'date': {
      const parts = (args.parts ?? fail(kind, '--parts')) as readonly DatePart[];
      if (parts.includes('days-since') && args.since === undefined) fail(kind, '--since');
      return { do: kind, column: args.column ?? time ?? column(), parts, ...(args.since === undefined ? {} : { since: args.since }) };
    }
    case 'lag':
    case 'rolling':
      return historyStepOf(kind, column(), args, time);
    case 'group': {
      const [how, by] = [oneOf(args.how ?? 'mean', STATISTICS) as Statistic, args.by ?? fail(kind, '--by')];
      return { do: kind, name: args.name ?? `${column()}_${how}_by_${by}`, column: column(), by, how };
    }
    case 'drop':
      return { do: kind, columns: args.columns ?? fail(kind, '--columns') };
  }
}

function historyStepOf(kind: HistoryStep['do'], column: string, args: FeatureArgs, known: string | undefined): HistoryStep {
  const time = args.time ?? known ?? fail(kind, '--time');
  const more = { time, ...(args.by === undefined ? {} : { by: args.by }), ...(args.gap === undefined ? {} : { gap: args.gap }) };
  if (kind === 'lag') {
    const rows = args.rows ?? 1;
    return { do: kind, name: args.name ?? `${column}_lag_${rows}`, column, ...more, rows };
  }
  const [how, unit, last] = [oneOf(args.how ?? 'mean', STATISTICS) as Statistic, (args.unit ?? 'rows') as RollingStep['unit'], args.last ?? fail(kind, '--last')];
  return { do: kind, name: args.name ?? `${column}_${how}_${last}_${unit}`, column, ...more, how, last, unit };
}

function oneOf(value: string, choices: readonly string[]): string {
  if (!choices.includes(value)) throw new LabError('flag-value', { flag: '--how', value, expected: choices.join(' | ') });
  return value;
}

/** What a step makes and how, in one line, such as `rolling rides_mean_7_rows: mean of rides, last 7 rows`. */
export function featureLine(step: FeatureStep): string {
  switch (step.do) {
    case 'formula':
      return `${step.name} = ${step.formula}`;
    case 'combine':
      return `${step.name} = ${step.of.join({ product: ' * ', ratio: ' / ', difference: ' - ', cross: ' × ' }[step.how])}`;
    case 'date':
      return `${step.parts.join(', ')} of ${step.column}${step.since === undefined ? '' : ` since ${step.since}`}`;
    case 'group':
      return `${step.name} = ${step.how} of ${step.column} by ${step.by}, training rows`;
    case 'drop':
      return step.columns.join(', ');
    default:
      return `${step.name} = ${step.do === 'lag' ? `${step.column}, ${step.rows} rows before` : `${step.how} of ${step.column}, last ${step.last} ${step.unit}`} by ${step.time}${step.by === undefined ? '' : ` within ${step.by}`}${step.gap === undefined ? '' : `, ${step.gap} days between`}`;
  }
}
