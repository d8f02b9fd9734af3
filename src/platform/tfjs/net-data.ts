import type { Task } from '../../core/prepare/recipe.js';
import type { HyperparameterValues, TrainingData } from '../../core/train/model.js';
import type { NetPlan } from '../../core/train/nets/coded/net-plan.js';
import type { TargetScaling } from '../../core/train/nets/dense-layers.js';
import type { Matrix } from '../../core/table/table.js';

/** How a coded net is trained, beside what every net has. */
export type TrainingWays = Pick<NetPlan, 'optimizer' | 'loss' | 'schedule' | 'patience'> & {
  /** Weight of each class in the loss; absent when all count alike. */
  readonly classWeights?: readonly number[];
};

/** Settings that every kind of net has. */
export interface NetSettings {
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly l2: number;
  readonly ways: TrainingWays;
}

/** The settings of a net by type; a coded net says in `ways`, as JSON, how it is trained, others by Adam as long as they are told. */
export function netSettings(settings: HyperparameterValues, task: Task): NetSettings {
  const { ways } = settings;
  const usual: TrainingWays = { optimizer: { kind: 'adam', learningRate: 0, momentum: 0 }, loss: task === 'regression' ? 'mse' : 'crossEntropy', schedule: { kind: 'constant' }, patience: 0 };
  return { ...(settings as unknown as NetSettings), ways: typeof ways === 'string' ? (JSON.parse(ways) as TrainingWays) : usual };
}

/** Values that a net gives for a row. */
export const outputsOf = ({ task, classes }: TrainingData): number => (task === 'multiclass' ? classes : 1);

/** How a regression target is scaled, so that a net finds it near 0 and about 1 wide; others stay as they are. */
export function targetScaling(task: Task, y: Float64Array): TargetScaling {
  if (task !== 'regression') return { offset: 0, divisor: 1 };
  const offset = y.reduce((sum, value) => sum + value, 0) / y.length;
  const spread = Math.sqrt(y.reduce((sum, value) => sum + (value - offset) ** 2, 0) / y.length);
  return { offset, divisor: spread > 0 ? spread : 1 };
}

/** Rows `order[from]` … as 32-bit numbers, row by row. */
export function gatherRows(x: Matrix, order: ArrayLike<number>, from: number, to: number): Float32Array {
  const out = new Float32Array((to - from) * x.columns);
  for (let i = from, at = 0; i < to; i++) {
    const start = order[i]! * x.columns;
    for (let j = 0; j < x.columns; j++, at++) out[at] = x.data[start + j]!;
  }
  return out;
}

/** The same rows' targets: scaled values, 0/1, or one-hot rows. */
export function gatherTargets(
  y: Float64Array,
  outputs: number,
  target: TargetScaling,
  order: ArrayLike<number>,
  from: number,
  to: number,
): Float32Array {
  const out = new Float32Array((to - from) * outputs);
  for (let i = from; i < to; i++) {
    const value = y[order[i]!]!;
    if (outputs > 1) out[(i - from) * outputs + value] = 1;
    else out[i - from] = (value - target.offset) / target.divisor;
  }
  return out;
}
