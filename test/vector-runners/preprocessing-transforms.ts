import { binOf, fitBins } from '../../src/core/prepare/bin-numbers.js';
import { correlationTable, kendall, pearson, spearman } from '../../src/core/prepare/correlations.js';
import { medianOf } from '../../src/core/prepare/imputers.js';
import { imputeFromNeighbours } from '../../src/core/prepare/knn-imputer.js';
import { columnsWithMissing, missingFlags } from '../../src/core/prepare/missing-indicators.js';
import { normaliseRows } from '../../src/core/prepare/normalise-rows.js';
import { polynomialFeatures } from '../../src/core/prepare/polynomial-features.js';
import { applyPower, fitPower } from '../../src/core/prepare/power-transform.js';
import { fitMaxAbs } from '../../src/core/prepare/scale-max-abs.js';
import { fitRange, toRange } from '../../src/core/prepare/scale-to-range.js';
import { varianceInflation } from '../../src/core/prepare/variance-inflation.js';
import type { Matrix } from '../../src/core/table/table.js';
import { numbers, type VectorCase } from './runner.js';

type Figures = Record<string, unknown>;
type Rows = readonly (readonly (number | null)[])[];

const columnsOf = (rows: Rows): Float64Array[] => rows[0]!.map((_, j) => numbers(rows.map((row) => row[j])));
const matrixOf = (rows: Rows): Matrix => ({ rows: rows.length, columns: rows[0]!.length, data: numbers(rows.flat()) });
const rowsOf = ({ rows, columns, data }: Matrix): Float64Array[] => Array.from({ length: rows }, (_, row) => data.subarray(row * columns, (row + 1) * columns));

/** Fits each training column and applies it to both parts. */
function byColumn<T>({ input }: VectorCase, fit: (column: Float64Array) => T, apply: (fitted: T, value: number) => number, fitted: (fits: readonly T[]) => unknown): Figures {
  const fits = columnsOf(input['train'] as Rows).map(fit);
  const out = (rows: unknown): number[][] => (rows as Rows).map((row) => row.map((value, j) => apply(fits[j]!, value ?? NaN)));
  return { fitted: fitted(fits), train_out: out(input['train']), test_out: out(input['test']) };
}

const byMatrix = ({ input }: VectorCase, apply: (x: Matrix) => Matrix, fitted: unknown = {}): Figures => ({
  fitted,
  train_out: rowsOf(apply(matrixOf(input['train'] as Rows))),
  test_out: rowsOf(apply(matrixOf(input['test'] as Rows))),
});

const ranged = (vector: VectorCase, low: number, clip: boolean): Figures => {
  const columns = columnsOf(vector.input['train'] as Rows);
  const ends = { data_min_: columns.map((column) => Math.min(...column)), data_max_: columns.map((column) => Math.max(...column)) };
  return byColumn(vector, (column) => fitRange(column, low, 1, clip), toRange, (fits) => ({ scale_: fits.map(({ scale }) => scale), min_: fits.map(({ shift }) => shift), ...ends }));
};

const binned = (vector: VectorCase, strategy: 'uniform' | 'quantile'): Figures => byColumn(vector, (column) => fitBins(column, 4, strategy), binOf, (fits) => ({ bin_edges_: fits }));

function indicated(vector: VectorCase): Figures {
  const flagged = columnsWithMissing(matrixOf(vector.input['train'] as Rows));
  const filled = byColumn(vector, medianOf, (fill, value) => (Number.isNaN(value) ? fill : value), (fits) => fits);
  const out = (part: 'train' | 'test'): number[][] => {
    const flags = rowsOf(missingFlags(matrixOf(vector.input[part] as Rows), flagged));
    return (filled[`${part}_out`] as number[][]).map((row, i) => [...row, ...flags[i]!]);
  };
  return { fitted: filled['fitted'], train_out: out('train'), test_out: out('test') };
}

function correlated({ input }: VectorCase): Figures {
  const columns = columnsOf(input['X'] as Rows);
  return { pearson: correlationTable(columns, pearson), spearman: correlationTable(columns, spearman), kendall_01: kendall(columns[0]!, columns[1]!), vif: varianceInflation(columns) };
}

/** Kinds of preprocessing of numbers, by case. */
export const transformKinds: Readonly<Record<string, (vector: VectorCase) => Figures>> = {
  'MinMaxScaler_minus1_1': (vector) => ranged(vector, -1, false),
  MinMaxScaler_clip: (vector) => ranged(vector, 0, true),
  MaxAbsScaler: (vector) => byColumn(vector, fitMaxAbs, ({ divisor }, value) => value / divisor, (fits) => ({ scale_: fits.map(({ divisor }) => divisor), max_abs_: fits.map(({ divisor }) => divisor) })),
  Normalizer_l2: (vector) => byMatrix(vector, normaliseRows),
  PowerTransformer_yeo_johnson: (vector) => byColumn(vector, (column) => fitPower(column, 'yeo-johnson'), applyPower, (fits) => ({ lambdas_: fits.map(({ lambda }) => lambda) })),
  KBinsDiscretizer_quantile4_ordinal: (vector) => binned(vector, 'quantile'),
  KBinsDiscretizer_uniform4_ordinal: (vector) => binned(vector, 'uniform'),
  PolynomialFeatures_2: (vector) => byMatrix(vector, (x) => polynomialFeatures(x, 2)),
  SimpleImputer_constant: (vector) => byColumn(vector, () => -999, (fill, value) => (Number.isNaN(value) ? fill : value), (fits) => fits),
  SimpleImputer_median_indicator: indicated,
  KNNImputer_3: (vector) => byMatrix(vector, (x) => imputeFromNeighbours(matrixOf(vector.input['train'] as Rows), x, 3), null),
  correlations: correlated,
};
