import type { Task } from '../../prepare/recipe.js';
import { sigmoid } from '../exact-math.js';
import { softmaxInPlace } from '../solve/softmax.js';

/** One layer: out = activation(x · kernel + bias), the kernel `inputs` × `outputs`, row by row. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: readonly number[];
  readonly bias: readonly number[];
}

/** How a regression target was scaled: prediction = offset + divisor · output. */
export interface TargetScaling {
  readonly offset: number;
  readonly divisor: number;
}

/** Outputs of layers with relu between them, `rows` rows after one another; the last layer's are raw. */
export function runDenseLayers(layers: readonly DenseLayer[], x: Float64Array, rows: number): Float64Array {
  return layers.reduce((values, layer, i) => {
    const out = runLayer(values, rows, layer);
    if (i < layers.length - 1) cutNegative(out);
    return out;
  }, x);
}

/** Sets what is below 0 to 0, in place. */
export function cutNegative(values: Float64Array): void {
  for (let at = 0; at < values.length; at++) if (values[at]! < 0) values[at] = 0;
}

function runLayer(x: Float64Array, rows: number, layer: DenseLayer): Float64Array {
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

/** Raw outputs as predictions: numbers in the target's unit, or probabilities; multiclass outputs are changed in place. */
export function finishOutputs(values: Float64Array, { layers, target }: { readonly layers: readonly DenseLayer[]; readonly target: TargetScaling }, task: Task): Float64Array {
  return finishRaw(values, layers.at(-1)!.outputs, target, task);
}

/** As `finishOutputs`, for `outputs` numbers a row. */
export function finishRaw(values: Float64Array, outputs: number, target: TargetScaling, task: Task): Float64Array {
  if (task === 'regression') return values.map((value) => target.offset + target.divisor * value);
  if (task === 'binary') return values.map(sigmoid);
  for (let at = 0; at < values.length; at += outputs) softmaxInPlace(values, at, outputs);
  return values;
}

/** Gradient of one prediction by the raw outputs of its row: of the number, of the probability of class 1, or of that of class `output`. */
export function finishGradient(raw: Float64Array, target: TargetScaling, task: Task, output: number): Float64Array {
  if (task === 'regression') return Float64Array.of(target.divisor);
  if (task === 'binary') {
    const p = sigmoid(raw[0]!);
    return Float64Array.of(p * (1 - p));
  }
  const p = raw.slice();
  softmaxInPlace(p, 0, p.length);
  const own = p[output]!;
  return p.map((other, at) => own * ((at === output ? 1 : 0) - other));
}

/** Gradient by the inputs of one row, given that of the last layer's raw outputs as a function of them. */
export function backThroughLayers(layers: readonly DenseLayer[], x: Float64Array, gradientOf: (raw: Float64Array) => Float64Array): Float64Array {
  const values = [x];
  for (const [i, layer] of layers.entries()) {
    const out = runLayer(values[i]!, 1, layer);
    if (i < layers.length - 1) cutNegative(out);
    values.push(out);
  }
  let gradient = gradientOf(values.at(-1)!);
  for (let i = layers.length - 1; i >= 0; i--) {
    gradient = backThroughLayer(layers[i]!, gradient);
    if (i > 0) values[i]!.forEach((value, at) => value <= 0 && (gradient[at] = 0));
  }
  return gradient;
}

function backThroughLayer({ inputs, outputs, kernel }: DenseLayer, gradient: Float64Array): Float64Array {
  const back = new Float64Array(inputs);
  for (let i = 0, at = 0; i < inputs; i++) for (let o = 0; o < outputs; o++, at++) back[i]! += kernel[at]! * gradient[o]!;
  return back;
}
