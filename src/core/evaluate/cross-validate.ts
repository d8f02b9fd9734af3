import { LabError } from '../lab-error.js';
import { applyRecipe } from '../prepare/apply-recipe.js';
import { fitRecipe } from '../prepare/fit-recipe.js';
import type { Fold } from '../prepare/folds.js';
import type { PrepareChoices, Recipe } from '../prepare/recipe.js';
import { codedOutputs } from '../prepare/step-outputs.js';
import { labelledRows, targetValues } from '../prepare/target.js';
import { trainingInputs } from '../prepare/training-inputs.js';
import { predict } from '../train/fit.js';
import type { FittedModel, TrainingData } from '../train/model.js';
import type { Matrix, Table } from '../table/table.js';
import { spreadOfScores, type ScoreSpread } from './intervals.js';
import { metricsOf } from './metric-names.js';

/** Trains one model; what stands behind it (core, a net trainer, a worker) is the caller's matter. */
export type FitModel = (data: TrainingData, fold: number) => FittedModel | Promise<FittedModel>;

/** What a model of one fold scored on rows it never saw. */
export interface FoldScore {
  readonly fold: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Scores of all folds and what each row was given by the model that did not see it. */
export interface CrossValidation {
  readonly folds: readonly FoldScore[];
  /** Mean, deviation and t interval of each metric that is defined in every fold. */
  readonly summary: Readonly<Record<string, ScoreSpread>>;
  /** Rows judged, fold after fold, their targets and their predictions (n × classes for several classes). */
  readonly rows: Int32Array;
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

/** What is validated: `recipe` was fitted on all rows and says only the task and the classes. */
export interface CrossValidationInput {
  readonly table: Table;
  readonly choices: PrepareChoices;
  readonly recipe: Recipe;
  readonly folds: readonly Fold[];
  /** The table as a fold sees it, with what is learned for its columns from those training rows alone; `table` when left out. */
  readonly tableFor?: (train: Int32Array) => Table;
  readonly threshold?: number;
  readonly onFold?: (done: number, total: number) => void;
}

/**
 * Fits recipe and model anew on the training rows of each fold and judges them on its test rows, so that no filling, scaling or level
 * is learned from rows that judge. Throws what `fitRecipe` and `fit` throw, and `fold-too-small` {fold, rows} when a fold's training
 * rows do not show the task, such as one class alone.
 */
export async function crossValidate(input: CrossValidationInput, fit: FitModel): Promise<CrossValidation> {
  const parts: FoldResult[] = [];
  for (const [fold, split] of input.folds.entries()) {
    parts.push(await runFold(input, fit, fold, split));
    input.onFold?.(fold + 1, input.folds.length);
  }
  const folds = parts.map(({ score }) => score);
  return {
    folds,
    summary: summarise(folds),
    rows: Int32Array.from(parts.flatMap(({ rows }) => [...rows])),
    actual: Float64Array.from(parts.flatMap(({ actual }) => [...actual])),
    predicted: Float64Array.from(parts.flatMap(({ predicted }) => [...predicted])),
  };
}

interface FoldResult {
  readonly score: FoldScore;
  readonly rows: Int32Array;
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

async function runFold(input: CrossValidationInput, fit: FitModel, fold: number, split: Fold): Promise<FoldResult> {
  const { recipe: whole, choices, threshold } = input;
  const table = input.tableFor?.(split.train) ?? input.table;
  const recipe = fitFoldRecipe({ ...input, table }, fold, split);
  const trainRows = labelledRows(table, choices.target, split.train, recipe);
  const model = await fit(trainingData(recipe, table, trainRows), fold);
  const rows = labelledRows(table, choices.target, split.test, whole);
  if (rows.length === 0) throw new LabError('fold-too-small', { fold, rows: 0 });
  const actual = targetValues(whole, table, rows);
  const predicted = alignClasses(predict(model, applyRecipe(recipe, table, rows)), recipe, whole);
  const metrics = metricsOf(whole.task, whole.classes?.length ?? 0, actual, predicted, threshold);
  return { score: { fold, trainRows: trainRows.length, testRows: rows.length, metrics }, rows, actual, predicted };
}

function fitFoldRecipe({ table, choices, recipe: whole }: CrossValidationInput, fold: number, { train }: Fold): Recipe {
  const tooSmall = new LabError('fold-too-small', { fold, rows: train.length });
  let recipe: Recipe;
  try {
    ({ recipe } = fitRecipe(table, train, choices));
  } catch (cause) {
    throw cause instanceof LabError && (cause.code === 'one-class' || cause.code === 'no-rows') ? tooSmall : cause;
  }
  // A few rows can make two quantities look like two classes.
  if ((recipe.task === 'regression') !== (whole.task === 'regression')) throw tooSmall;
  return recipe;
}

/** The rows as training data of a recipe; all of them are labelled. */
export function trainingData(recipe: Recipe, table: Table, rows: Int32Array): TrainingData {
  const x: Matrix = trainingInputs(recipe, table, rows);
  const codes = codedOutputs(recipe);
  return { x, y: targetValues(recipe, table, rows), task: recipe.task, classes: recipe.classes?.length ?? 0, features: recipe.outputs, ...(codes.length > 0 ? { categorical: codes } : {}) };
}

/** Probabilities of a fold's classes as those of all classes; a class that the fold did not show gets 0. */
function alignClasses(predicted: Float64Array, own: Recipe, whole: Recipe): Float64Array {
  if (!whole.classes || !own.classes || (own.task === 'binary' && whole.task === 'binary')) return predicted;
  const places = own.classes.map((name) => whole.classes!.indexOf(name));
  const width = whole.classes.length;
  const rows = own.task === 'binary' ? predicted.length : predicted.length / places.length;
  const out = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    places.forEach((place, code) => {
      const positive = predicted[row]!;
      out[row * width + place] = own.task === 'binary' ? (code === 1 ? positive : 1 - positive) : predicted[row * places.length + code]!;
    });
  }
  return out;
}

function summarise(folds: readonly FoldScore[]): Record<string, ScoreSpread> {
  const names = Object.keys(folds[0]?.metrics ?? {}).filter((name) => name !== 'rows' && folds.every(({ metrics }) => name in metrics));
  return Object.fromEntries(names.map((name) => [name, spreadOfScores(folds.map(({ metrics }) => metrics[name]!))]));
}
