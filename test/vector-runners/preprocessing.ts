import { compareCodePoints, countLevels, levelCodes } from '../../src/core/prepare/encoders.js';
import { meanOf, medianOf, mostFrequentOf } from '../../src/core/prepare/imputers.js';
import { momentsOfColumn } from '../../src/core/prepare/moments.js';
import { tukeyFences } from '../../src/core/clean/fences.js';
import { farFromMean, farFromMedian, medianDeviation, outsideFences } from '../../src/core/prepare/outliers.js';
import { fitMinMax, fitRobust, fitStandard, type Scaling } from '../../src/core/prepare/scalers.js';
import { quantileOfSorted } from '../../src/core/table/quantile.js';
import type { TextColumn } from '../../src/core/table/table.js';
import { transformKinds } from './preprocessing-transforms.js';
import { wordKinds } from './preprocessing-words.js';
import { numbers, type VectorCase, type VectorRunner } from './runner.js';

export const preprocessing: VectorRunner = {
  file: 'preprocessing',
  run: (vector) => kinds[vector.name]?.(vector),
};

const kinds: Readonly<Record<string, (vector: VectorCase) => Record<string, unknown>>> = {
  StandardScaler: (vector) => scaled(vector, fitStandard, (fits) => ({ mean_: offsets(fits), scale_: divisors(fits), var_: fits.map(({ divisor, constant }) => (constant ? 0 : divisor ** 2)) })),
  MinMaxScaler: (vector) =>
    scaled(vector, fitMinMax, (fits) => ({
      scale_: fits.map(({ divisor }) => 1 / divisor),
      min_: fits.map(({ offset, divisor }) => -offset / divisor),
      data_min_: offsets(fits),
      data_max_: fits.map(({ offset, divisor, constant }) => offset + (constant ? 0 : divisor)),
    })),
  RobustScaler: (vector) => scaled(vector, fitRobust, (fits) => ({ center_: offsets(fits), scale_: divisors(fits) })),
  SimpleImputer_mean: (vector) => imputed(vector, meanOf),
  SimpleImputer_median: (vector) => imputed(vector, medianOf),
  SimpleImputer_most_frequent: (vector) => imputed(vector, mostFrequentOf),
  OneHotEncoder_ignore: (vector) => encoded(vector, (codes, levels) => levels.map((_, level) => codes.map((code) => Number(code === level))), true),
  OrdinalEncoder_unknown_minus1: (vector) => encoded(vector, (codes) => [codes], false),
  outliers_and_quantiles: quantiles,
  standard_scaler_leakage_demo: leakage,
  ...transformKinds,
  ...wordKinds,
};

const offsets = (fits: readonly Scaling[]): number[] => fits.map(({ offset }) => offset);
const divisors = (fits: readonly Scaling[]): number[] => fits.map(({ divisor }) => divisor);
const columnsOf = <T>(rows: readonly (readonly T[])[]): T[][] => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j]!));

function scaled(vector: VectorCase, fit: (column: Float64Array) => Scaling, fitted: (fits: readonly Scaling[]) => object): Record<string, unknown> {
  const fits = columnsOf(vector.input['train'] as number[][]).map((column) => fit(numbers(column)));
  const apply = (rows: unknown): number[][] => (rows as number[][]).map((row) => row.map((value, j) => (value - fits[j]!.offset) / fits[j]!.divisor));
  return { fitted: fitted(fits), train_out: apply(vector.input['train']), test_out: apply(vector.input['test']) };
}

function imputed(vector: VectorCase, fit: (column: Float64Array) => number): Record<string, unknown> {
  const fills = columnsOf(vector.input['train'] as (number | null)[][]).map((column) => fit(numbers(column)));
  const apply = (rows: unknown): number[][] => (rows as (number | null)[][]).map((row) => row.map((value, j) => value ?? fills[j]!));
  return { fitted: fills, train_out: apply(vector.input['train']), test_out: apply(vector.input['test']) };
}

function encoded(vector: VectorCase, encode: (codes: number[], levels: readonly string[]) => number[][], wide: boolean): Record<string, unknown> {
  const train = columnsOf(vector.input['train'] as string[][]).map(textColumn);
  const test = columnsOf(vector.input['test'] as string[][]).map(textColumn);
  const levels = train.map((column) => countLevels(column, column.codes.map((_, row) => row)).map(({ level }) => level));
  const apply = (columns: readonly TextColumn[]): number[][] =>
    columnsOf(columns.flatMap((column, j) => encode([...levelCodes(column, 'text', levels[j]!, null)], levels[j]!)));
  const names = levels.flatMap((own, j) => (wide ? own.map((level) => `c${j + 1}_${level}`) : [`c${j + 1}`]));
  return { fitted: { categories_: levels, feature_names: names }, train_out: apply(train), test_out: apply(test) };
}

function textColumn(values: readonly string[]): TextColumn {
  const levels = [...new Set(values)].sort(compareCodePoints);
  return { name: '', type: 'text', levels, codes: Int32Array.from(values, (value) => levels.indexOf(value)) };
}

function quantiles({ input, expected }: VectorCase): Record<string, unknown> {
  const x = numbers(input['x']);
  const sorted = x.slice().sort();
  const shares = Object.keys(expected['quantiles_linear_type7'] as object);
  const fences = tukeyFences(x);
  const moments = momentsOfColumn(x);
  return {
    quantiles_linear_type7: Object.fromEntries(shares.map((share) => [share, quantileOfSorted(sorted, Number(share))])),
    iqr_bounds_1_5: [fences.low, fences.high],
    iqr_outlier_indices: outsideFences(x),
    z_outlier_indices_abs_gt_3_ddof0: farFromMean(x),
    mad: medianDeviation(x),
    modified_z_outlier_indices_gt_3_5: farFromMedian(x),
    mean: moments.mean,
    std_ddof0: moments.populationDeviation,
    std_ddof1: moments.deviation,
    skew_biased: moments.skewness,
    skew_unbiased_pandas: moments.unbiasedSkewness,
    kurtosis_excess_biased: moments.excessKurtosis,
    kurtosis_excess_unbiased_pandas: moments.unbiasedExcessKurtosis,
  };
}

function leakage({ input }: VectorCase): Record<string, unknown> {
  const [train, test] = [input['train'], input['test']] as number[][][];
  const scale = (rows: number[][]): number[][] => {
    const { offset, divisor } = fitStandard(numbers(rows.flat()));
    return test!.map(([value]) => [(value! - offset) / divisor]);
  };
  return { correct: scale(train!), leaky: scale([...train!, ...test!]) };
}
