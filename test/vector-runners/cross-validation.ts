import { binaryLabelMetrics } from '../../src/core/evaluate/binary-metrics.js';
import { spreadOfScores } from '../../src/core/evaluate/intervals.js';
import { correctedResampledT, pairedT, wilcoxonSignedRank } from '../../src/core/evaluate/paired-tests.js';
import { regressionMetrics } from '../../src/core/evaluate/regression-metrics.js';
import { groupFolds, kFolds, stratifiedFolds, timeSeriesFolds, type Fold } from '../../src/core/prepare/folds.js';
import { predict } from '../../src/core/train/fit.js';
import { dataOf, fitToEnd } from '../core/train/fit-to-end.js';
import { numbers, type VectorCase, type VectorRunner } from './runner.js';

export const crossValidation: VectorRunner = {
  file: 'cross_validation',
  run: (vector) => {
    const { input } = vector;
    const k = input['k'] as number;
    if (vector.name.startsWith('kfold')) return testsOf(kFolds(input['n'] as number, k));
    if (vector.name.startsWith('group_kfold')) return testsOf(groupFolds(input['groups'] as number[], k));
    if (vector.name.startsWith('timeseries')) return { folds: timeSeriesFolds(input['n'] as number, k, input['gap'] as number) };
    if (vector.name.startsWith('stratified')) return stratified(input['y'] as number[], k);
    if (vector.name.startsWith('paired_t')) return comparison(vector);
    return scored(vector);
  },
};

const testsOf = (folds: readonly Fold[]): Record<string, unknown> => ({ test_indices: folds.map(({ test }) => test) });

function stratified(y: readonly number[], k: number): Record<string, unknown> {
  const folds = stratifiedFolds(y, k);
  const classes = [...new Set(y)].sort((a, b) => a - b);
  const counts = folds.map(({ test }) => classes.map((code) => [...test].filter((row) => y[row] === code).length));
  return { ...testsOf(folds), test_class_counts: counts };
}

function comparison({ input }: VectorCase): Record<string, unknown> {
  const differences = numbers(input['score_differences']);
  const [paired, corrected] = [pairedT(differences), correctedResampledT(differences, input['n_train'] as number, input['n_test'] as number)];
  return {
    paired_t: paired.statistic,
    paired_p: paired.pValue,
    nadeau_bengio_t: corrected.statistic,
    nadeau_bengio_p: corrected.pValue,
    wilcoxon_p: wilcoxonSignedRank(differences).pValue,
  };
}

interface Trained {
  readonly kind: string;
  readonly settings: Record<string, unknown>;
}

function modelOf(name: string): Trained | undefined {
  const [, prefix, strength] = /^(ols|ridge|knn|gaussian_nb)([\d.]*)_/.exec(name) ?? [];
  if (prefix === 'ols' || prefix === 'ridge') return { kind: 'linear', settings: { l2: Number(strength || 0) } };
  if (prefix === 'knn') return { kind: 'k-nearest', settings: { neighbours: Number(strength) } };
  return prefix === 'gaussian_nb' ? { kind: 'naive-bayes', settings: { distribution: 'gaussian' } } : undefined;
}

function scored({ name, input }: VectorCase): Record<string, unknown> | undefined {
  const model = modelOf(name);
  if (!model) return undefined;
  const rows = input['X'] as number[][];
  const y = input['y'] as number[];
  const task = input['scoring'] === 'accuracy' ? 'binary' : 'regression';
  const k = Number(/n_splits=(\d+)/.exec(input['cv'] as string)?.[1]);
  const pick = (chosen: Int32Array) => dataOf(task, [...chosen].map((row) => rows[row]!), [...chosen].map((row) => y[row]!));
  const scores = (task === 'binary' ? stratifiedFolds(y, k) : kFolds(rows.length, k)).map(({ train, test }) => {
    const later = pick(test);
    return scoreOf(input['scoring'] as string, later.y, predict(fitToEnd(model.kind, pick(train), model.settings).model, later.x));
  });
  const { mean, populationDeviation, deviation, standardError, interval } = spreadOfScores(scores);
  return { fold_scores: scores, mean, std_ddof0: populationDeviation, std_ddof1: deviation, sem: standardError, t_ci95: interval && [interval.low, interval.high] };
}

function scoreOf(scoring: string, y: Float64Array, predicted: Float64Array): number {
  if (scoring === 'accuracy') return binaryLabelMetrics(y, predicted.map((p) => (p > 0.5 ? 1 : 0))).accuracy!;
  const { rmse, mae, r2 } = regressionMetrics(y, predicted);
  return scoring === 'r2' ? r2! : scoring.includes('absolute') ? -mae! : -rmse!;
}
