import type { Matrix } from '../../table/table.js';
import type { Task } from '../../prepare/recipe.js';
import type { ModelDefinition } from '../model.js';
import { finishOutputs, runDenseLayers, type DenseLayer, type TargetScaling } from '../nets/dense-layers.js';
import { expectOnlyTerms } from '../text-inputs.js';

/** A vector of `dimensions` numbers for each term, term after term, and dense layers over the mean vector of a text. */
export interface TextEmbeddingState {
  readonly dimensions: number;
  readonly vectors: readonly number[];
  readonly layers: readonly DenseLayer[];
  readonly target: TargetScaling;
}

/**
 * An embedding bag (as fastText: Joulin et al. 2017): the mean of the vectors of a text's terms, each by its weight, then dense layers. Trained by the
 * platform's net trainer, answered here without it.
 */
export const textEmbedding: ModelDefinition<TextEmbeddingState> = {
  kind: 'text-embedding',
  tasks: ['regression', 'binary', 'multiclass'],
  hyperparameters: [
    { name: 'dimensions', type: 'integer', default: 32, min: 1, max: 256 },
    { name: 'layers', type: 'integers', default: [32], min: 1, max: 1024 },
    { name: 'dropout', type: 'number', default: 0.3, min: 0, max: 0.9 },
    { name: 'epochs', type: 'integer', default: 20, min: 1, max: 10000 },
    { name: 'batch', type: 'integer', default: 32, min: 1, max: 65536 },
    { name: 'learningRate', type: 'number', default: 0.01, min: 1e-7, max: 1e6 },
    { name: 'l2', type: 'number', default: 0, min: 0, max: 1e6 },
  ],
  trainer: 'net',
  inputs: 'text',
  check: expectOnlyTerms,
  predict: predictTextEmbedding,
};

function predictTextEmbedding(state: TextEmbeddingState, x: Matrix, task: Task): Float64Array {
  const { dimensions } = state;
  const vectors = Float64Array.from(state.vectors);
  const means = new Float64Array(x.rows * dimensions);
  for (let row = 0; row < x.rows; row++) {
    const weights = x.data.subarray(row * x.columns, (row + 1) * x.columns);
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    weights.forEach((weight, term) => {
      if (weight !== 0) for (let i = 0; i < dimensions; i++) means[row * dimensions + i]! += (weight / total) * vectors[term * dimensions + i]!;
    });
  }
  return finishOutputs(runDenseLayers(state.layers, means, x.rows), state, task);
}
