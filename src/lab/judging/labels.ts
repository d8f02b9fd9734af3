import type { Task } from '../../core/prepare/recipe.js';

/** Class codes of predictions: a probability from `threshold` up is class 1, of several classes the likeliest; none for numbers. */
export function labelsOf(task: Task, classes: number, scores: Float64Array, threshold = 0.5): number[] {
  if (task === 'binary') return [...scores].map((p) => (p >= threshold ? 1 : 0));
  if (task === 'regression') return [];
  return Array.from({ length: scores.length / classes }, (_, row) => {
    const part = scores.subarray(row * classes, (row + 1) * classes);
    return part.indexOf(Math.max(...part));
  });
}
