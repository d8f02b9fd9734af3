import type { FoldScore } from '../core/evaluate/cross-validate.js';
import type { FoldChoice } from '../core/evaluate/fold-choice.js';
import type { ScoreSpread } from '../core/evaluate/intervals.js';
import { REPORTS } from './project/paths.js';
import { findRun } from './project/state.js';
import { keepReport } from './judging/keep-report.js';
import { foldChoiceOf, refitRun, validateRun } from './judging/refit.js';
import { defineVerb, number, text } from './verb.js';

/** `reports/cross-validation.json`: how a kind of model does on each part of the training rows that it was not fitted on. */
export interface CrossValidationReport {
  readonly run: string;
  readonly choice: FoldChoice;
  readonly folds: readonly FoldScore[];
  readonly summary: Readonly<Record<string, ScoreSpread>>;
}

/** Fits recipe and model anew for each fold of the training rows and judges them on the rest of it. */
export const crossValidateVerb = defineVerb({
  name: 'cross-validate',
  summary: 'fit and judge a run’s model anew on each fold of its training rows',
  flags: {
    run: text('id or name of the run; the newest one when left out'),
    folds: number('how many folds (5)'),
    by: text('how rows are divided; by the data when left out', { choices: ['k-fold', 'stratified', 'group', 'time'] }),
    group: text('column whose rows stay together'),
    gap: number('rows left out between training and test rows of time folds'),
    seed: number('seed of the shuffle (7)'),
  },
  async run(context, args) {
    const run = await findRun(context.platform, args.run);
    const refit = await refitRun(context, run);
    const choice = foldChoiceOf(refit, args);
    const { folds, summary } = await validateRun(context, refit, choice);
    const report: CrossValidationReport = { run: run.id, choice, folds, summary };
    const lines = [`${run.name}: ${folds.length} folds (${choice.kind})`, ...Object.entries(summary).map(([name, spread]) => `  ${name.padEnd(20)}${spreadText(spread)}`)];
    return keepReport(context.platform, run, REPORTS.crossValidation, report, lines, `cross-validate: ${run.name}`);
  },
});

const spreadText = ({ mean, deviation, interval }: ScoreSpread): string =>
  mean === null ? '-' : `${mean.toPrecision(4)} ± ${(deviation ?? 0).toPrecision(2)}${interval ? `   95 % of the mean ${interval.low.toPrecision(4)} … ${interval.high.toPrecision(4)}` : ''}`;
