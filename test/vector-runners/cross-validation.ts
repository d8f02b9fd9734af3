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
    const [, kind, strength] = /^(ols|ridge)([\d.]*)_/.exec(vector.name) ?? [];
    return kind ? linearScores(vector, kind === 'ols' ? 0 : Number(strength)) : undefined;
  },
};

const testsOf = (folds: readonly Fold[]): Record<string, unknown> => ({ test_indices: folds.map(({ test }) => test) });

function stratified(y: readonly number[], k: number): Record<string, unknown> {
  const folds = stratifiedFolds(y, k);
  const classes = [...new Set(y)].sort((a, b) => a - b);
  const counts = folds.map(({ test }) => classes.map((code) => [...test].filter((row) => y[row] === code).length));
  return { ...testsOf(folds), test_class_counts: counts };
}

function linearScores({ name, input }: VectorCase, l2: number): Record<string, unknown> {
  const rows = input['X'] as number[][];
  const y = input['y'] as number[];
  const pick = (chosen: Int32Array) => dataOf('regression', [...chosen].map((row) => rows[row]!), [...chosen].map((row) => y[row]!));
  const scores = kFolds(rows.length, Number(/kfold(\d+)/.exec(name)?.[1])).map(({ train, test }) => {
    const { model } = fitToEnd('linear', pick(train), { l2 });
    const later = pick(test);
    const metrics = regressionMetrics(later.y, predict(model, later.x));
    return name.includes('rmse') ? -metrics.rmse! : metrics.r2!;
  });
  return { fold_scores: scores, ...spreadOf(numbers(scores)) };
}

function spreadOf(scores: Float64Array): Record<string, number> {
  const n = scores.length;
  const mean = scores.reduce((sum, score) => sum + score, 0) / n;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return { mean, std_ddof0: Math.sqrt(squares / n), std_ddof1: Math.sqrt(squares / (n - 1)), sem: Math.sqrt(squares / (n - 1) / n) };
}
