import type { Cleaned } from '../../core/clean/apply-cleaning.js';
import { droppedBy, type FeatureStep } from '../../core/features/feature-step.js';
import { LabError } from '../../core/lab-error.js';
import { chooseFolds, type FoldChoice } from '../../core/evaluate/fold-choice.js';
import { crossValidate, type CrossValidation, type CrossValidationInput } from '../../core/evaluate/cross-validate.js';
import type { PrepareChoices, Recipe, Task } from '../../core/prepare/recipe.js';
import type { Table } from '../../core/table/table.js';
import type { RunRecord } from '../../core/track/run.js';
import { settingsOf } from '../../core/train/fit.js';
import type { FittedModel, TrainingData } from '../../core/train/model.js';
import { cleaningDigest, readCleaned } from '../cleaning/cleaned-data.js';
import { featuresDigest, foldTables, readFeatures } from '../engineering/featured-data.js';
import { pointerOf } from '../project/artefacts.js';
import { readParams } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import { runRows } from '../evaluate.js';
import type { Platform } from '../platform.js';
import { fitAnywhere, readSettings } from '../train.js';
import type { VerbContext } from '../verb.js';

/** How training rows are divided into folds, as flags give it. */
export interface FoldFlags {
  readonly folds?: number;
  readonly by?: string;
  readonly group?: string;
  readonly gap?: number;
  readonly seed?: number;
}

/** A run with its rows and what is needed to fit models like it on other rows. */
export interface RefitRun {
  readonly rows: Awaited<ReturnType<typeof runRows>>;
  readonly choices: PrepareChoices;
  /** The rows as the cleaning recipe leaves them, with the row of the raw data that each was. */
  readonly cleaned: Cleaned;
  /** The cleaned rows with the features, as far as those training rows teach them. */
  tableFor(train: Int32Array): Table;
  /** A model of the run's kind, settings and seed for other data. */
  fit(data: TrainingData): Promise<FittedModel>;
}

/** How the project is prepared, with the columns that features leave out; undefined before. */
export async function readChoices(platform: Platform, features: readonly FeatureStep[]): Promise<PrepareChoices | undefined> {
  const prepare = (await readParams<PrepareChoices>(platform, 'prepare')) as PrepareChoices | undefined;
  return prepare && { ...prepare, drop: [...prepare.drop, ...droppedBy(features)] };
}

/** Throws `run-other-preparation` when the project is prepared in another way than the run's rows were, and `no-test-rows`. */
export async function refitRun(context: VerbContext, run: RunRecord): Promise<RefitRun> {
  const { platform, session } = context;
  const features = await readFeatures(platform);
  const choices = await readChoices(platform, features);
  const pointer = await pointerOf(platform, PATHS.prepared);
  if (!choices || pointer?.md5 !== run.preparedDigest) throw new LabError('run-other-preparation', { run: run.name });
  const rows = await runRows(session, run);
  if (rows.test.y.length === 0) throw new LabError('no-test-rows');
  const { cleaned, steps } = await readCleaned(session);
  if (cleaningDigest(steps) !== rows.cleaning || featuresDigest(features) !== rows.features) throw new LabError('run-other-preparation', { run: run.name });
  const { seed: _seed, ...params } = run.params;
  const settings = settingsOf(run.model, readSettings(Object.entries(params).map(([name, value]) => `${name}=${value}`)));
  return { rows, choices, cleaned, tableFor: foldTables(cleaned.table, features, choices.target), fit: async (data) => (await fitAnywhere(context, data, { kind: run.model, settings, seed: run.seed })).fitted };
}

/** What the choice of folds depends on. */
export interface FoldSubject {
  readonly rows: { readonly model: { readonly task: Task } };
  readonly choices: PrepareChoices;
}

/** The folds that suit the data when nothing is asked for: by time if the split is by time, by class if there are classes. Throws `flag-required`. */
export function foldChoiceOf({ rows, choices }: FoldSubject, { folds: k = 5, by, group, gap, seed = 7 }: FoldFlags): FoldChoice {
  const kind = by ?? (group || choices.split.kind === 'group' ? 'group' : choices.split.kind === 'time' ? 'time' : rows.model.task === 'regression' ? 'k-fold' : 'stratified');
  if (kind === 'time') {
    if (choices.time === undefined) throw new LabError('flag-value', { flag: '--by', value: kind, expected: 'a preparation with --time' });
    return { kind, k, column: choices.time, ...(gap === undefined ? {} : { gap }) };
  }
  if (kind === 'group') {
    const column = group ?? (choices.split.kind === 'group' ? choices.split.column : undefined);
    if (column === undefined) throw new LabError('flag-required', { flag: '--group', command: 'lab cross-validate' });
    return { kind, k, column };
  }
  return kind === 'stratified' ? { kind, k, column: choices.target, seed } : { kind: 'k-fold', k, seed };
}

/** What is needed to judge a kind of model on folds of training rows. */
export interface FoldRows {
  readonly recipe: Recipe;
  readonly choices: PrepareChoices;
  readonly cleaned: Cleaned;
  /** Rows of the raw data. */
  readonly train: Iterable<number>;
}

/** Folds of the training rows as rows of the cleaned table. Throws what `chooseFolds` throws. */
export function foldsOf({ recipe: whole, choices, cleaned: { table, kept }, train }: FoldRows, choice: FoldChoice): Pick<CrossValidationInput, 'table' | 'choices' | 'recipe' | 'folds'> {
  const place = new Map(Array.from(kept, (raw, at) => [raw, at]));
  const folds = chooseFolds(table, Array.from(train, (raw) => place.get(raw)!), choice);
  // The table is clean already; recipes of folds are fitted on it as it is.
  const { clean: _clean, features: _features, ...recipe } = whole;
  return { table, choices, recipe, folds };
}

/** Cross-validates a run's kind of model on its training rows; its test rows stay unseen. The rows that come back are those of the raw data. Throws what `crossValidate` and `chooseFolds` throw. */
export async function validateRun(context: VerbContext, refit: RefitRun, choice: FoldChoice): Promise<CrossValidation> {
  const { rows, choices, cleaned } = refit;
  const input = foldsOf({ recipe: rows.recipe, choices, cleaned, train: rows.train.rows }, choice);
  const onFold = (done: number, total: number): void => context.progress({ done, total, note: 'crossValidating' });
  onFold(0, input.folds.length);
  const found = await crossValidate({ ...input, tableFor: refit.tableFor, onFold }, async (data) => {
    await context.breathe();
    return refit.fit(data);
  });
  return { ...found, rows: found.rows.map((at) => cleaned.kept[at]!) };
}
