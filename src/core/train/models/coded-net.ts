import type { Matrix } from '../../table/table.js';
import type { Task } from '../../prepare/recipe.js';
import type { ModelDefinition } from '../model.js';
import { openLayers, type FittedLayer } from '../nets/coded/fitted-layers.js';
import type { NetPlan } from '../nets/coded/net-plan.js';
import { finishRaw, type TargetScaling } from '../nets/dense-layers.js';

/** The trained layers, the shape of a row that they take, and the plan that the learner's code came to. */
export interface CodedNetState {
  readonly shape: readonly number[];
  readonly layers: readonly FittedLayer[];
  readonly outputs: number;
  readonly target: TargetScaling;
  readonly plan: NetPlan;
}

/**
 * A net that the learner writes as code; the lab runs the code in the sandbox, checks what comes out and trains that. `code` is the path of the
 * file, and in a run also which program it was (`nets/deep.ts@<md5>`), so that the run can be made again when the file has changed.
 */
export const codedNet: ModelDefinition<CodedNetState> = {
  kind: 'coded-net',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [
    { name: 'code', type: 'text', default: '' },
    { name: 'epochLimit', type: 'integer', default: 0, min: 0, max: 10000 },
    { name: 'rateFactor', type: 'number', default: 1, min: 1e-4, max: 1e4 },
  ],
  trainer: 'net',
  predict: predictCodedNet,
};

function predictCodedNet({ shape, layers, outputs, target }: CodedNetState, x: Matrix, task: Task): Float64Array {
  const run = openLayers(layers);
  const raw = new Float64Array(x.rows * outputs);
  for (let row = 0; row < x.rows; row++) raw.set(run({ shape, values: x.data.slice(row * x.columns, (row + 1) * x.columns) }).values, row * outputs);
  return finishRaw(raw, outputs, target, task);
}
