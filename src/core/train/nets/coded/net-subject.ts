import { findImageColumns } from '../../../table/image-columns.js';
import type { TrainingData } from '../../model.js';
import type { NetSubject } from './net-plan.js';

/** What a net is written for, given the inputs by name, in their order. */
export function subjectOf({ features, task, classes }: Pick<TrainingData, 'features' | 'task' | 'classes'>, rows: number): NetSubject {
  return { inputs: features.length, outputs: task === 'multiclass' ? classes : 1, shape: shapeOf(features), task, classes: task === 'regression' ? 0 : classes, features, rows };
}

/** A picture where the inputs are the pixels of a square in their order and nothing else. */
function shapeOf(features: readonly string[]): number[] {
  const found = findImageColumns(features);
  const whole = found !== undefined && found.places.length === features.length && found.places.every((place, pixel) => place === pixel);
  return whole ? [found.side, found.side, 1] : [features.length];
}
