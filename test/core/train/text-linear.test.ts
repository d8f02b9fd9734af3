import { expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { fitModel, predict, settingsOf } from '../../../src/core/train/fit.js';
import type { FittedModel, TrainingData } from '../../../src/core/train/model.js';

function fit(kind: string, data: TrainingData): FittedModel {
  const fitting = fitModel(kind, data, settingsOf(kind, { c: 2, iterations: 2000 }), 0);
  for (;;) {
    const step = fitting.next();
    if (step.done) return step.value;
  }
}

it('is softmax regression: the same probabilities as the dense solver gives, which agrees with scikit-learn', () => {
  const random = createRandom(4);
  const [rows, columns] = [120, 12];
  const data = Float64Array.from({ length: rows * columns }, () => (random() < 0.7 ? 0 : random()));
  const y = Float64Array.from({ length: rows }, (_, r) => (data[r * columns]! + 0.3 * random() > 0.35 ? 2 : data[r * columns + 1]! > 0.2 ? 1 : 0));
  const base: TrainingData = { x: { rows, columns, data }, y, task: 'multiclass', classes: 3, features: Array.from({ length: columns }, (_, i) => `text:w${i}`) };
  const [ours, dense] = [predict(fit('text-linear', base), base.x), predict(fit('logistic', base), base.x)];
  ours.forEach((value, i) => expect(Math.abs(value - dense[i]!)).toBeLessThan(1e-4));
  const two: TrainingData = { ...base, task: 'binary', classes: 2, y: y.map((code) => Math.min(1, code)) };
  const binary = predict(fit('text-linear', two), two.x);
  expect(binary).toHaveLength(rows);
  expect(binary.filter((p, r) => (p >= 0.5 ? 1 : 0) === two.y[r]).length).toBeGreaterThan(100);
});
