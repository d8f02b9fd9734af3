import type { ColumnType } from './table.js';

type Task = 'regression' | 'binary' | 'multiclass';

/** As the split that preparation is asked for. */
type SplitFacts =
  | { readonly kind: 'time'; readonly testFrom: string }
  | { readonly kind: 'random' | 'stratified'; readonly testShare: number; readonly seed: number };

/** What a column of a shipped set holds. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit?: string;
  readonly meaning: string;
  /** Such as `target`, `leak`, `protected attribute`; absent for a plain feature. */
  readonly role?: string;
}

/** A set whose rows arrive day by day: the first rows are known at `start`, labels `labelDelayDays` after their day. ISO dates. */
export interface LiveFacts {
  readonly start: string;
  readonly end: string;
  readonly labelDelayDays: number;
}

/** Another thing that the set can teach to predict, with what must then be left out. */
export interface TargetChoice {
  readonly name: string;
  readonly task: Task;
  readonly drop: readonly string[];
}

/** Pictures of one size in a file of bytes; a second file holds their class codes. `columns` of such a set names only what is no pixel. */
export interface ImageFacts {
  readonly labels_file: string;
  readonly labels_sha256: string;
  readonly width: number;
  readonly height: number;
  /** The brightest grey level that there can be. */
  readonly most: number;
  /** Class names in the order of their codes. */
  readonly classes: readonly string[];
}

/** A shipped set: what it is, where it comes from, how it may be used. Files are relative to `public/data/`. */
export interface DatasetFacts {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly target: string;
  readonly task: Task;
  /** Column that orders the rows in time. */
  readonly time?: string;
  /** Columns to leave out when `target` is predicted: other targets, leaks, identifiers. */
  readonly drop: readonly string[];
  /** Numeric columns to be treated as categories. */
  readonly categorical: readonly string[];
  /** What single columns should go through, such as `tfidf:1000` for a text. */
  readonly transforms?: Readonly<Record<string, string>>;
  /** Column whose equal rows must stay on one side of a split. */
  readonly group?: string;
  readonly protected?: readonly string[];
  readonly live?: LiveFacts;
  readonly targets?: readonly TargetChoice[];
  readonly images?: ImageFacts;
  /** A division of the rows that suits the set. */
  readonly split: SplitFacts;
  readonly licence: string;
  readonly licence_file: string;
  readonly licence_evidence: readonly string[];
  readonly source: string;
  readonly citation: string;
  readonly changes: string;
  readonly pitfalls: readonly string[];
  readonly columns: readonly ColumnFacts[];
}

/** The content of `public/data/datasets.json`. */
export interface DatasetIndex {
  readonly version: 1;
  readonly datasets: readonly DatasetFacts[];
}

/** Path under `public/` of the list of shipped sets. */
export const DATASET_INDEX = 'data/datasets.json';
