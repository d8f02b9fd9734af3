import type { DatePart as FeaturePart } from '../../features/feature-step.js';
import type { DatePart } from '../../prepare/date-parts.js';
import type { TokenChoice } from '../../prepare/text-tokens.js';
import type { ColumnType } from '../../table/table.js';
import type { NumberAct } from './plan-cleaning.js';

/** A column that comes in: a number or a date (milliseconds, NaN for missing) with its cleaning, or words ('' for missing) some of which stand for others. */
export type RawColumn =
  | { readonly kind: 'number' | 'date'; readonly name: string; readonly clean: readonly NumberAct[] }
  | { readonly kind: 'word'; readonly name: string; readonly swap: Readonly<Record<string, string>> };

type Sort = 'number' | 'text' | 'boolean';

/** A formula with the types of its parts; functions are those of `formula-functions.ts`. */
export type PlannedExpression =
  | { readonly type: 'number' | 'boolean'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: Sort; readonly column: string }
  | { readonly type: Sort; readonly call: string; readonly of: readonly PlannedExpression[] };

/** A column made of others of its row: `pair` is `a × b`; `figures` looks a level up (null is a missing one). */
export type PlannedFeature =
  | { readonly do: 'formula'; readonly name: string; readonly value: PlannedExpression }
  | { readonly do: 'dates'; readonly column: string; readonly parts: readonly { readonly name: string; readonly part: FeaturePart }[]; readonly since: number | null }
  | { readonly do: 'pair'; readonly name: string; readonly of: readonly { readonly name: string; readonly type: ColumnType }[] }
  | { readonly do: 'figures'; readonly name: string; readonly by: string; readonly levels: readonly (string | number | null)[]; readonly figures: readonly (number | null)[]; readonly other: number | null };

interface Input {
  readonly name: string;
  /** A last output: 1 where the cell is missing. */
  readonly flag: boolean;
}

interface FilledNumber extends Input {
  readonly fill: number | null;
  /** The mean of so many nearest rows fills a missing number instead. */
  readonly neighbours: number | null;
}

/** ((x or fill) - offset) / divisor, cut to `clip`. */
export interface NumberInput extends FilledNumber {
  readonly kind: 'number';
  readonly offset: number;
  readonly divisor: number;
  readonly clip: readonly [number, number] | null;
}

/** A number raised to a power as in `power-transform.ts`, then (y - offset) / divisor. */
export interface PowerInput extends FilledNumber {
  readonly kind: 'power';
  readonly method: 'yeo-johnson' | 'box-cox';
  readonly lambda: number;
  readonly offset: number;
  readonly divisor: number;
}

/** The place among `edges`, as a flag for each of `bins` or as the number of the bin. */
export interface BinInput extends FilledNumber {
  readonly kind: 'bins';
  readonly edges: readonly number[];
  readonly bins: number;
  readonly codes: boolean;
}

/** Parts of a date, each (y - offset) / divisor. */
export interface DateInput extends Input {
  readonly kind: 'dates';
  readonly fill: number | null;
  readonly parts: readonly { readonly part: DatePart; readonly offset: number; readonly divisor: number }[];
}

/** A level's place, a flag for each, or its means (`unknown` for any other); a missing one counts as the level at `fill`, -1 is unknown. */
export interface LevelInput extends Input {
  readonly kind: 'level';
  readonly encode: 'one-hot' | 'ordinal' | 'target';
  readonly levels: readonly string[] | readonly number[];
  readonly fill: number;
  readonly means: readonly (readonly number[])[] | null;
  readonly unknown: readonly number[] | null;
}

/** Weights of the terms of a text, of length 1 where `idf` is given. */
export interface TermInput extends Input {
  readonly kind: 'terms';
  readonly tokens: TokenChoice;
  readonly vocabulary: readonly string[];
  readonly idf: readonly number[] | null;
  readonly sublinear: boolean;
}

export type PlannedInput = NumberInput | PowerInput | BinInput | DateInput | LevelInput | TermInput;

/** Outputs of the inputs, by their place, put together: products of some, or components. */
export type PlannedMix =
  | { readonly kind: 'polynomial'; readonly terms: readonly (readonly number[])[] }
  | { readonly kind: 'components'; readonly places: readonly number[]; readonly mean: readonly number[]; readonly components: readonly (readonly number[])[] };

/** Rows to look for neighbours in, scaled; `means` in that scale stand in where there is none. */
export interface PlannedNeighbours {
  readonly columns: readonly { readonly name: string; readonly offset: number; readonly divisor: number }[];
  readonly rows: readonly (readonly (number | null)[])[];
  readonly means: readonly number[];
}

/** A recipe as plain acts, in the order in which they are done. */
export interface RecipePlan {
  readonly columns: readonly RawColumn[];
  readonly made: readonly PlannedFeature[];
  readonly neighbours: PlannedNeighbours | null;
  readonly inputs: readonly PlannedInput[];
  /** The outputs that stay, by their place, and what is put behind them. */
  readonly kept: readonly number[];
  readonly mixes: readonly PlannedMix[];
}

/** How many outputs an input fills, the flag of missing cells among them. */
export function widthOfInput(input: PlannedInput): number {
  return ownWidth(input) + Number(input.flag);
}

/** The same without the flag. */
export function ownWidth(input: PlannedInput): number {
  switch (input.kind) {
    case 'number':
    case 'power':
      return 1;
    case 'bins':
      return input.codes ? 1 : input.bins;
    case 'dates':
      return input.parts.reduce((sum, { part }) => sum + (part.startsWith('cyclic-') ? 2 : 1), 0);
    case 'level':
      return input.encode === 'one-hot' ? input.levels.length : input.encode === 'ordinal' ? 1 : input.unknown!.length;
    case 'terms':
      return input.vocabulary.length;
  }
}
