import { crossValidate, type CrossValidation } from '../../core/evaluate/cross-validate.js';
import { chooseFolds, type FoldChoice } from '../../core/evaluate/fold-choice.js';
import { momentsOf, type Interval } from '../../core/evaluate/intervals.js';
import { mainMetric } from '../../core/evaluate/metric-names.js';
import { correctedResampledT } from '../../core/evaluate/paired-tests.js';
import { studentTwoSidedQuantile } from '../../core/evaluate/quantiles.js';
import { droppedBy, type FeatureStep } from '../../core/features/feature-step.js';
import { fitRecipe } from '../../core/prepare/fit-recipe.js';
import type { PrepareChoices } from '../../core/prepare/recipe.js';
import type { Table } from '../../core/table/table.js';
import { settingsOf } from '../../core/train/settings.js';
import { foldChoiceOf } from '../judging/refit.js';
import { fitAnywhere } from '../train.js';
import type { VerbContext } from '../verb.js';
import { foldTables } from './featured-data.js';
import { quickModelFor } from './step-args.js';

/** `reports/features-effect.json`: what a quick model scores on the same folds of the training rows without and with a step. */
export interface EffectReport {
  readonly version: 1;
  readonly step: FeatureStep;
  readonly model: string;
  readonly metric: string;
  readonly greaterIsBetter: boolean;
  readonly folds: FoldChoice['kind'];
  readonly rows: number;
  readonly without: readonly number[];
  readonly with: readonly number[];
  /** With minus without, its mean, and its 95 % interval corrected for folds that share training rows. */
  readonly difference: number;
  readonly interval: Interval | null;
  readonly pValue: number | null;
  readonly verdict: 'helps' | 'hurts' | 'unclear';
}

/** What the effect is measured on: cleaned rows, of which only `train` are used. */
export interface EffectQuestion {
  readonly table: Table;
  readonly train: Int32Array;
  readonly choices: PrepareChoices;
  readonly without: readonly FeatureStep[];
  readonly with: readonly FeatureStep[];
  readonly step: FeatureStep;
  readonly model?: string;
  readonly folds?: number;
  readonly seed?: number;
}

/** Trains the quick model twice on each fold, without and with the step; the project's test rows stay unseen. */
export async function measureEffect(context: VerbContext, question: EffectQuestion): Promise<EffectReport> {
  const { table, train, choices, step, seed = 7 } = question;
  const { task } = fitRecipe(table, train, choices).recipe;
  const model = quickModelFor(task, question.model);
  const choice = foldChoiceOf({ rows: { model: { task } }, choices }, { folds: question.folds ?? 5, seed });
  const score = (features: readonly FeatureStep[], half: number): Promise<CrossValidation> => validateWith(context, question, features, { model, choice, seed, half });
  const [before, after] = [await score(question.without, 0), await score(question.with, 1)];
  const { name, greaterIsBetter } = mainMetric(task);
  const [without, own] = [before, after].map(({ folds }) => folds.map(({ metrics }) => metrics[name] ?? NaN)) as [number[], number[]];
  const differences = own.map((value, fold) => value - without[fold]!).filter(Number.isFinite);
  const { trainRows, testRows } = before.folds.at(-1)!;
  const spread = spreadOf(differences, testRows / trainRows);
  const { pValue } = correctedResampledT(differences, trainRows, testRows);
  return { version: 1, step, model, metric: name, greaterIsBetter, folds: choice.kind, rows: train.length, without, with: own, ...spread, pValue, verdict: verdictOf(spread.interval, greaterIsBetter) };
}

/** Mean and interval after Nadeau and Bengio (2003): mean ± t · √((1/k + test rows/training rows) · s²). */
function spreadOf(differences: readonly number[], share: number): { difference: number; interval: Interval | null } {
  const k = differences.length;
  const { mean, squares } = momentsOf(differences);
  if (k < 2) return { difference: mean, interval: null };
  const reach = studentTwoSidedQuantile(0.05, k - 1) * Math.sqrt(((1 / k + share) * squares) / (k - 1));
  return { difference: mean, interval: { low: mean - reach, high: mean + reach } };
}

function verdictOf(interval: Interval | null, greaterIsBetter: boolean): EffectReport['verdict'] {
  if (!interval || (interval.low <= 0 && interval.high >= 0)) return 'unclear';
  return interval.low > 0 === greaterIsBetter ? 'helps' : 'hurts';
}

interface How {
  readonly model: string;
  readonly choice: FoldChoice;
  readonly seed: number;
  /** 0 for the first of both validations, 1 for the second. */
  readonly half: number;
}

function validateWith(context: VerbContext, { table: cleaned, train, choices: base }: EffectQuestion, features: readonly FeatureStep[], { model, choice, seed, half }: How): Promise<CrossValidation> {
  const choices = { ...base, drop: [...base.drop, ...droppedBy(features)] };
  const tableFor = foldTables(cleaned, features, choices.target);
  const table = tableFor(train);
  const { recipe } = fitRecipe(table, train, choices);
  const folds = chooseFolds(cleaned, train, choice);
  const onFold = (done: number, total: number): void => context.progress({ done: half * total + done, total: 2 * total, note: 'crossValidating' });
  return crossValidate({ table, tableFor, choices, recipe, folds, onFold }, async (data) => {
    await context.breathe();
    return (await fitAnywhere({ ...context, progress: () => undefined, breathe: () => context.breathe() }, data, { kind: model, settings: settingsOf(model, {}), seed })).fitted;
  });
}
