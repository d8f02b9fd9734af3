import type { CellStep } from '../clean/clean-step.js';
import type { RecipeFeatures } from '../features/recipe-features.js';
import type { ColumnType } from '../table/table.js';

export type Task = 'regression' | 'binary' | 'multiclass';

/** How rows are divided; times are ISO dates. `none` puts every row into training. */
export type SplitChoice =
  | { readonly kind: 'time'; readonly testFrom: string }
  | { readonly kind: 'random'; readonly testShare: number; readonly seed: number }
  | { readonly kind: 'stratified'; readonly testShare: number; readonly seed: number }
  /** Rows with the same value of the column stay on one side; `testShare` is of the groups. */
  | { readonly kind: 'group'; readonly column: string; readonly testShare: number; readonly seed: number }
  | { readonly kind: 'none' };

/** What the learner decides about preparation; `params.yaml` holds it under `prepare`. */
export interface PrepareChoices {
  readonly target: string;
  /** Column that orders the rows in time; never a feature. */
  readonly time?: string;
  /** Columns left out: identifiers, leaks, other targets. */
  readonly drop: readonly string[];
  /** Numeric columns to be treated as categories. */
  readonly categorical: readonly string[];
  readonly impute: 'median' | 'mean' | 'most-frequent' | 'none';
  readonly encode: 'one-hot' | 'ordinal';
  readonly scale: 'standard' | 'min-max' | 'robust' | 'none';
  readonly split: SplitChoice;
}

/** A numeric input and what was learned for it: out = ((x or fill) - offset) / divisor. */
export interface NumericStep {
  readonly kind: 'numeric';
  readonly name: string;
  readonly type: ColumnType;
  readonly fill: number | null;
  readonly offset: number;
  readonly divisor: number;
}

/** A categorical input: levels as text in the order of their codes; unknown levels become all zeros (one-hot) or -1 (ordinal). */
export interface CategoricalStep {
  readonly kind: 'one-hot' | 'ordinal';
  readonly name: string;
  readonly type: ColumnType;
  readonly levels: readonly string[];
  /** Level used for a missing value, or null to treat missing as unknown. */
  readonly fill: string | null;
}

/** Everything serving needs to turn raw rows into model inputs, fitted on training rows alone. JSON-safe. */
export interface Recipe {
  readonly version: 1;
  readonly task: Task;
  readonly target: string;
  /** Class names in the order of their codes (binary: [negative, positive]); absent for regression. */
  readonly classes?: readonly string[];
  /** Cleaning that every row goes through first, raw rows of training and served ones alike. */
  readonly clean?: readonly CellStep[];
  /** Columns that are made of the cleaned ones before anything else. */
  readonly features?: RecipeFeatures;
  readonly steps: readonly (NumericStep | CategoricalStep)[];
  /** Names of the model inputs in order, such as `temp` and `weekday=3`. */
  readonly outputs: readonly string[];
  readonly fittedOn: number;
}
