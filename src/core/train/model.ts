import type { Task } from '../prepare/recipe.js';
import type { Matrix } from '../table/table.js';
import type { TensorHistogram } from './tensor-histogram.js';

/** One setting of a model; the panel draws its input and the terminal its flag from this. */
export interface Hyperparameter {
  readonly name: string;
  /** `text`: a line of words, such as the path of a file. */
  readonly type: 'integer' | 'number' | 'choice' | 'integers' | 'text';
  readonly default: number | string | readonly number[];
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
}

export type HyperparameterValues = Readonly<Record<string, number | string | readonly number[]>>;

/** Rows to learn from: targets are numbers, or class codes 0 … classes-1. */
export interface TrainingData {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly task: Task;
  readonly classes: number;
  /** Names of the columns of `x`. */
  readonly features: readonly string[];
  /** Columns of `x` that hold category codes, -1 for a missing or unknown one; models that know no categories take them as numbers. */
  readonly categorical?: readonly number[];
  /** Rows held back for the live validation curve; never fitted on. */
  readonly validation?: { readonly x: Matrix; readonly y: Float64Array };
}

/** Loss so far; `done` of `total` in the model's own unit (`epoch`, `iteration`). */
export interface TrainingProgress {
  readonly done: number;
  readonly total: number;
  readonly loss: number;
  readonly validationLoss?: number;
  /** Milliseconds since the training began, as the lab took them. */
  readonly at?: number;
  /** How weights and gradients are spread after this step; only nets tell, and only now and then. */
  readonly histograms?: readonly TensorHistogram[];
}

/** A fitted model as plain JSON, the same in the browser, in Node and in the object store. */
export interface FittedModel {
  readonly version: 1;
  readonly kind: string;
  readonly task: Task;
  readonly classes: number;
  readonly hyperparameters: HyperparameterValues;
  readonly seed: number;
  readonly state: unknown;
}

/** One kind of model, one file in `models/`. */
export interface ModelDefinition<State = unknown> {
  readonly kind: string;
  readonly tasks: readonly Task[];
  readonly hyperparameters: readonly Hyperparameter[];
  /** `core`: `fit` below trains it. `net`: the platform's net trainer does, from `hyperparameters`. */
  readonly trainer: 'core' | 'net';
  /** What the inputs must be when not just any numbers will do: the pixels of square pictures, or weights of words. */
  readonly inputs?: 'images' | 'text';
  /** Refuses data that this kind cannot take, before any trainer starts. Throws `LabError`. */
  readonly check?: (data: TrainingData) => void;
  /** Whether it learns from rows in which an input is missing (NaN). */
  readonly missingAllowed?: boolean;
  /** Yields progress, returns the state. Throws `LabError`: `not-finite`, `one-class`, `no-rows`. */
  readonly fit?: (data: TrainingData, settings: HyperparameterValues, seed: number) => Generator<TrainingProgress, State>;
  /** Regression: n values; binary: n probabilities of class 1; multiclass: n × classes probabilities, row by row. */
  readonly predict: (state: State, x: Matrix, task: Task, classes: number) => Float64Array;
}
