import type { Task } from '../../prepare/recipe.js';
import type { TargetScaling } from './dense-layers.js';

/** How a regression target is scaled, so that a net finds it near 0 and about 1 wide; others stay as they are. */
export function targetScaling(task: Task, y: Float64Array): TargetScaling {
  if (task !== 'regression') return { offset: 0, divisor: 1 };
  const offset = y.reduce((sum, value) => sum + value, 0) / y.length;
  const spread = Math.sqrt(y.reduce((sum, value) => sum + (value - offset) ** 2, 0) / y.length);
  return { offset, divisor: spread > 0 ? spread : 1 };
}
