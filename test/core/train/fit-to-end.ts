import { fitModel } from '../../../src/core/train/fit.js';
import { settingsOf } from '../../../src/core/train/settings.js';
import type { FittedModel, TrainingData, TrainingProgress } from '../../../src/core/train/model.js';

/** Training data of rows of numbers. */
export function dataOf(task: TrainingData['task'], rows: readonly (readonly number[])[], y: readonly number[], classes = 2): TrainingData {
  const columns = rows[0]?.length ?? 0;
  const x = { rows: rows.length, columns, data: Float64Array.from(rows.flat()) };
  return { x, y: Float64Array.from(y), task, classes, features: Array.from({ length: columns }, (_, j) => `x${j}`) };
}

/** Fits to the end and keeps the progress. */
export function fitToEnd(kind: string, data: TrainingData, overrides: Record<string, unknown> = {}): { model: FittedModel; steps: TrainingProgress[] } {
  const search = fitModel(kind, data, settingsOf(kind, overrides), 0);
  const steps: TrainingProgress[] = [];
  for (;;) {
    const step = search.next();
    if (step.done) return { model: step.value, steps };
    steps.push(step.value);
  }
}
