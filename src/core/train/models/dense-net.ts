import type { Matrix } from '../../table/table.js';
import type { Task } from '../../prepare/recipe.js';
import { exp, sigmoid } from '../exact-math.js';
import type { ModelDefinition } from '../model.js';

/** One layer: out = activation(x · kernel + bias), the kernel `inputs` × `outputs`, row by row. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: readonly number[];
  readonly bias: readonly number[];
}

/** Weights, and how a regression target was scaled: prediction = offset + divisor · output. */
export interface DenseNetState {
  readonly layers: readonly DenseLayer[];
  readonly target: { readonly offset: number; readonly divisor: number };
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
  const last = state.layers.length - 1;
  let values = x.data;
  state.layers.forEach((layer, i) => {
    values = forward(values, x.rows, layer);
    if (i < last) for (let at = 0; at < values.length; at++) if (values[at]! < 0) values[at] = 0;
  });
  return finish(values, state, task);
}

function forward(x: Float64Array, rows: number, layer: DenseLayer): Float64Array {
  const { inputs, outputs } = layer;
  const kernel = Float64Array.from(layer.kernel);
  const bias = Float64Array.from(layer.bias);
  const out = new Float64Array(rows * outputs);
  for (let r = 0; r < rows; r++) {
    const to = r * outputs;
    out.set(bias, to);
    for (let i = 0; i < inputs; i++) {
      const value = x[r * inputs + i]!;
      if (value === 0) continue;
      for (let o = 0, at = i * outputs; o < outputs; o++, at++) out[to + o]! += value * kernel[at]!;
    }
  }
  return out;
}

function finish(values: Float64Array, state: DenseNetState, task: Task): Float64Array {
  if (task === 'regression') return values.map((value) => state.target.offset + state.target.divisor * value);
  if (task === 'binary') return values.map(sigmoid);
  const classes = state.layers.at(-1)!.outputs;
  for (let at = 0; at < values.length; at += classes) softmax(values.subarray(at, at + classes));
  return values;
}

function softmax(z: Float64Array): void {
  const most = z.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let k = 0; k < z.length; k++) sum += z[k] = exp(z[k]! - most);
  for (let k = 0; k < z.length; k++) z[k]! /= sum;
}
