import type { Finding } from '../contract/contract.js';
import { rawInputs } from '../features/recipe-features.js';
import type { Recipe, Task } from '../prepare/recipe.js';
import type { ColumnType, Matrix, Table } from '../table/table.js';
import type { FittedModel } from '../train/model.js';

/** A tensor as the metadata tells it; -1 stands for any number of rows. */
export interface TensorMetadata {
  readonly name: string;
  readonly datatype: 'FP64' | 'BYTES';
  readonly shape: readonly number[];
}

/** An input tensor, and the type of the raw column that it fills. */
export interface ServedInput extends TensorMetadata {
  readonly type: ColumnType;
  /** A request may leave it out. */
  readonly optional?: true;
}

/** A model behind the endpoint: raw columns in, predictions out. */
export interface ServedModel {
  readonly name: string;
  readonly version: string;
  readonly platform: 'looplab_json';
  readonly task: Task;
  /** Names of the classes in the order of their codes; [] for regression. */
  readonly classes: readonly string[];
  /** Probability of the second class from which a binary model says yes. */
  readonly threshold: number;
  readonly inputs: readonly ServedInput[];
  readonly outputs: readonly TensorMetadata[];
  /** Regression: n values; binary: n probabilities of class 1; multiclass: n × classes probabilities, row by row. */
  readonly predict: (table: Table) => Float64Array;
  /** How many cells of each column are unlike all that training saw. */
  readonly unseen?: (table: Table) => Readonly<Record<string, number>>;
  /** The data contract, when there is one: broken rules of the rows of a request, and whether such a request is refused. */
  readonly contract?: RequestContract;
  /** ISO date of the newest collected row that features look back at; absent where none does. */
  readonly historyTo?: string;
}

/** How requests are held against the data contract. */
export interface RequestContract {
  readonly reject: boolean;
  check(table: Table): readonly Finding[];
}

/** Models that answer now; of several versions of a name the last one answers when the path names none. */
export type ServedModels = readonly ServedModel[];

/** The knowledge that `servedModel` joins: how raw rows become inputs, and how inputs become predictions. */
export interface Scoring {
  applyRecipe(recipe: Recipe, table: Table): Matrix;
  predict(model: FittedModel, x: Matrix): Float64Array;
  /** Cells that the recipe has never seen the like of, by column; replies do not tell them without it. */
  unseenValues?(recipe: Recipe, table: Table): Readonly<Record<string, number>>;
}

const COLUMN = [-1] as const;

/** Puts a fitted recipe and model behind the protocol: one input tensor for each raw column of the recipe. */
export function servedModel(name: string, version: number | string, recipe: Recipe, model: FittedModel, scoring: Scoring, threshold = 0.5): ServedModel {
  const classes = recipe.task === 'regression' ? [] : (recipe.classes ?? []);
  return {
    name,
    version: String(version),
    platform: 'looplab_json',
    task: recipe.task,
    classes,
    threshold,
    inputs: rawInputs(recipe).map((input) => ({ ...input, datatype: isWords(input.type) ? 'BYTES' : 'FP64', shape: COLUMN })),
    outputs: outputsOf(classes.length),
    predict: (table) => scoring.predict(model, scoring.applyRecipe(recipe, table)),
    ...(scoring.unseenValues ? { unseen: (table: Table) => scoring.unseenValues!(recipe, table) } : {}),
  };
}

const isWords = (type: ColumnType): boolean => type === 'text' || type === 'date';

function outputsOf(classes: number): readonly TensorMetadata[] {
  const prediction: TensorMetadata = { name: 'prediction', datatype: 'FP64', shape: COLUMN };
  if (classes === 0) return [prediction];
  return [prediction, { name: 'label', datatype: 'BYTES', shape: COLUMN }, { name: 'probabilities', datatype: 'FP64', shape: [-1, classes] }];
}
