import { addToCounts, describeColumn, driftOfCounts, emptyCounts, missingRows, presentRows } from './column-reference.js';
import type { CellCounts, ColumnDrift, ColumnReference } from './column-reference.js';
import { windowOf } from './windows.js';

/** What later rows are compared with: for each feature all of training, and training's rows of each season. */
export interface DriftReference {
  readonly features: readonly string[];
  readonly period: 'month' | 'quarter';
  readonly training: readonly ColumnReference[];
  /** By season (0–11 or 0–3), then by feature; undefined when training has no such rows. */
  readonly seasons: readonly (readonly ColumnReference[] | undefined)[];
}

/** Counts of one window's rows for each feature, against all of training and against its season. */
export interface DriftCounts {
  readonly season: number;
  readonly training: readonly CellCounts[];
  readonly ofSeason: readonly CellCounts[] | undefined;
}

/** Drift of one feature in one window; `season` is null when training has no rows of that season. */
export interface FeatureDrift {
  readonly feature: string;
  readonly rows: number;
  readonly missing: number;
  readonly training: ColumnDrift;
  readonly season: ColumnDrift | null;
}

/** Prepares the reference from training's columns (one array a feature) and the day of each row (days since 1970-01-01). */
export function makeDriftReference(
  features: readonly string[],
  columns: readonly Float64Array[],
  days: ArrayLike<number>,
  period: 'month' | 'quarter',
): DriftReference {
  const seasonOfRow = Int32Array.from(days, (day) => windowOf(day, period).season);
  const seasons = Array.from({ length: period === 'month' ? 12 : 4 }, (_, season) => {
    if (!seasonOfRow.includes(season)) return undefined;
    return columns.map((column) => describeColumn(column.filter((_, row) => seasonOfRow[row] === season)));
  });
  return { features, period, training: columns.map(describeColumn), seasons };
}

/** Empty counts for a window of a season. */
export function emptyDrift(reference: DriftReference, season: number): DriftCounts {
  return { season, training: reference.training.map(emptyCounts), ofSeason: reference.seasons[season]?.map(emptyCounts) };
}

/** Adds rows `from` … `to`-1 to a window's counts, in place; `columns` holds one array a feature. */
export function addDrift(reference: DriftReference, counts: DriftCounts, columns: readonly ArrayLike<number>[], from: number, to: number): void {
  const season = reference.seasons[counts.season];
  columns.forEach((column, f) => {
    addToCounts(reference.training[f]!, counts.training[f]!, column, from, to);
    if (season && counts.ofSeason) addToCounts(season[f]!, counts.ofSeason[f]!, column, from, to);
  });
}

/** Drift of each feature for the rows counted. */
export function driftReport(reference: DriftReference, counts: DriftCounts): FeatureDrift[] {
  return reference.features.map((feature, f) => ({
    feature,
    rows: presentRows(counts.training[f]!),
    missing: missingRows(counts.training[f]!),
    training: driftOfCounts(reference.training[f]!, counts.training[f]!),
    season: counts.ofSeason ? driftOfCounts(reference.seasons[counts.season]![f]!, counts.ofSeason[f]!) : null,
  }));
}
