import type { Matrix } from '../../table/table.js';
import type { Task } from '../../prepare/recipe.js';
import type { ModelDefinition } from '../model.js';
import { finishOutputs, runDenseLayers, type DenseLayer, type TargetScaling } from '../nets/dense-layers.js';

/** Weights, and how a regression target was scaled: prediction = offset + divisor · output. */
export interface DenseNetState {
  readonly layers: readonly DenseLayer[];
  readonly target: TargetScaling;
}

/** A net of dense layers with relu between them; trained by the platform's net trainer, answered here without it. */
export const denseNet: ModelDefinition<DenseNetState> = {
  kind: 'dense-net',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [
    { name: 'layers', type: 'integers', default: [32, 16], min: 1, max: 1024 },
    { name: 'epochs', type: 'integer', default: 30, min: 1, max: 10000 },
    { name: 'batch', type: 'integer', default: 64, min: 1, max: 65536 },
    { name: 'learningRate', type: 'number', default: 0.01, min: 1e-7, max: 1e6 },
    { name: 'l2', type: 'number', default: 0, min: 0, max: 1e6 },
  ],
  trainer: 'net',
  predict: predictDenseNet,
};

function predictDenseNet(state: DenseNetState, x: Matrix, task: Task): Float64Array {
  return finishOutputs(runDenseLayers(state.layers, x.data, x.rows), state, task);
}
