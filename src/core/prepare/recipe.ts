import type { CellStep } from '../clean/clean-step.js';
import type { RecipeFeatures } from '../features/recipe-features.js';
import type { ColumnType } from '../table/table.js';
import type { DatePart } from './date-parts.js';
import type { TextVectors } from './text-vectors.js';

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
  /** Column that orders the rows in time; a feature only when it has a transform of its own. */
  readonly time?: string;
  /** Columns left out: identifiers, leaks, other targets. */
  readonly drop: readonly string[];
  /** Numeric columns to be treated as categories. */
  readonly categorical: readonly string[];
  readonly impute: 'median' | 'mean' | 'most-frequent' | 'none';
  readonly encode: 'one-hot' | 'ordinal';
  readonly scale: 'standard' | 'min-max' | 'robust' | 'none';
  /** What single columns go through instead, such as `median+flag+power`; `transform-spec.ts` reads it. */
  readonly transforms?: Readonly<Record<string, string>>;
  readonly split: SplitChoice;
}

interface InputColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** A last output that is 1 where the cell is missing. */
  readonly flag?: true;
}

interface NumberColumn extends InputColumn {
  readonly fill: number | null;
  /** A missing number is the mean of so many neighbours; `fill` is not used then. */
  readonly neighbours?: number;
}

/** A numeric input and what was learned for it: out = ((x or fill) - offset) / divisor, cut to `clip`. */
export interface NumericStep extends NumberColumn {
  readonly kind: 'numeric';
  readonly offset: number;
  readonly divisor: number;
  readonly clip?: readonly [low: number, high: number];
}

/** A number raised to a power (`power-transform.ts`), then out = (y - offset) / divisor. */
export interface PowerStep extends NumberColumn {
  readonly kind: 'power';
  readonly method: 'yeo-johnson' | 'box-cox';
  readonly lambda: number;
  readonly offset: number;
  readonly divisor: number;
}

/** A number cut into bins at `edges`: a flag for each bin, or the number of the bin when `codes`. */
export interface BinStep extends NumberColumn {
  readonly kind: 'bins';
  readonly edges: readonly number[];
  readonly codes: boolean;
}

/** A date taken apart; `fill` is in milliseconds. */
export interface DateStep extends InputColumn {
  readonly kind: 'dates';
  readonly fill: number | null;
  readonly parts: readonly { readonly part: DatePart; readonly offset: number; readonly divisor: number }[];
}

/** A categorical input: levels as text in the order of their codes; unknown levels become all zeros (one-hot) or -1 (ordinal). */
export interface CategoricalStep extends InputColumn {
  readonly kind: 'one-hot' | 'ordinal';
  readonly levels: readonly string[];
  /** Level used for a missing value, or null to treat missing as unknown. */
  readonly fill: string | null;
}

/** A category as the mean target of its level (of each class, when there are several); unknown and missing ones get the mean of all. */
export interface TargetStep extends InputColumn {
  readonly kind: 'target';
  readonly levels: readonly string[];
  /** Means by level, one for each output. */
  readonly means: readonly (readonly number[])[];
  readonly unknown: readonly number[];
  /** Weight of the mean of all, in rows. */
  readonly smoothing: number;
  /** Names of the outputs when there are several. */
  readonly classes?: readonly string[];
}

/** A text as weights of its terms; a missing text has none. */
export interface TextStep extends InputColumn {
  readonly kind: 'text';
  readonly vectors: TextVectors;
}

export type RecipeStep = NumericStep | PowerStep | BinStep | DateStep | CategoricalStep | TargetStep | TextStep;

/** Outputs made from several others: products added at the end, or components that stand at the end in place of their inputs. */
export type Mix =
  | { readonly kind: 'polynomial'; readonly inputs: readonly string[]; readonly degree: number; readonly interactions: boolean }
  | { readonly kind: 'components'; readonly inputs: readonly string[]; readonly mean: readonly number[]; readonly components: readonly (readonly number[])[]; readonly share: readonly number[] };

/** Training rows among which neighbours are looked for, scaled by (x - offset) / divisor; null is missing. */
export interface NeighbourRows {
  readonly columns: readonly { readonly name: string; readonly offset: number; readonly divisor: number }[];
  readonly rows: readonly (readonly (number | null)[])[];
}

/** Everything serving needs to turn raw rows into model inputs, fitted on training rows alone. JSON-safe; fields left out of older recipes are absent. */
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
  readonly neighbours?: NeighbourRows;
  /** One for each raw column that is an input. */
  readonly steps: readonly RecipeStep[];
  readonly mixes?: readonly Mix[];
  /** Names of the model inputs in order, such as `temp` and `weekday=3`. */
  readonly outputs: readonly string[];
  readonly fittedOn: number;
}
