import { LabError } from '../../lab-error.js';
import { createRandom, permutation, type Random } from '../../random.js';
import type { Matrix } from '../../table/table.js';
import { DenseStep, ROWS_AT_ONCE } from '../kernels/dense-step.js';
import type { HyperparameterValues, TrainingData, TrainingProgress } from '../model.js';
import type { DenseNetState } from '../models/dense-net.js';
import { countTensor, keepsHistograms, type TensorHistogram } from '../tensor-histogram.js';
import type { DenseLayer } from './dense-layers.js';
import { targetScaling } from './target-scaling.js';

interface NetRows {
  readonly x: Matrix;
  readonly y: Float64Array;
}

interface Training {
  readonly step: DenseStep;
  readonly data: TrainingData;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly l2: number;
  /** Writes rows `order[from]` … as the net takes them. */
  readonly fill: (rows: NetRows, order: ArrayLike<number> | undefined, from: number, to: number) => (x: Float32Array, width: number, targets: Float32Array) => void;
}

/** Multiplications between two signs of life. */
const WORK_PER_BEAT = 2e7;

/**
 * Trains a net of dense layers with Adam by the lab's own kernel, with the same draws as on a tensor library. Gives progress each epoch, and
 * within a long one repeats what was said, so that a caller can stop. Throws `diverged` {epoch}.
 */
export function* trainDenseNet(data: TrainingData, settings: HyperparameterValues, seed: number): Generator<TrainingProgress, DenseNetState> {
  const { layers, ...rest } = settings as unknown as { layers: readonly number[] } & Pick<Training, 'epochs' | 'batch' | 'learningRate' | 'l2'>;
  const random = createRandom(seed);
  const widths = [data.x.columns, ...layers, data.task === 'multiclass' ? data.classes : 1];
  const step = new DenseStep(widths, data.task);
  widths.slice(1).forEach((outputs, i) => step.setKernel(i, drawKernel(widths[i]!, outputs, random)));
  const target = targetScaling(data.task, data.y);
  const training = { step, data, ...rest, fill: fillRows(target) };
  const beat = Math.max(1, Math.floor(WORK_PER_BEAT / widths.slice(1).reduce((sum, outputs, i) => sum + outputs * widths[i]!, 0)));
  let said: TrainingProgress = { done: 0, total: rest.epochs, loss: Number.NaN };
  for (let epoch = 1; epoch <= rest.epochs; epoch++) {
    const order = permutation(data.y.length, random);
    let sum = 0;
    for (let from = 0, quiet = 0; from < order.length; from += rest.batch) {
      const to = Math.min(from + rest.batch, order.length);
      sum += runBatch(training, order, from, to);
      quiet += to - from;
      if (quiet >= beat && to < order.length && said.done > 0) {
        quiet = 0;
        yield said;
      }
    }
    if (!Number.isFinite(sum)) throw new LabError('diverged', { epoch });
    const unit = data.task === 'regression' ? target.divisor ** 2 : 1;
    said = { done: epoch, total: rest.epochs, loss: (sum / order.length) * unit, ...validate(training, unit) };
    yield { ...said, ...histogramsAfter(training, epoch, order) };
  }
  return { layers: step.read(), target };
}

/** Weights by Glorot's uniform law (Glorot and Bengio 2010). */
function drawKernel(inputs: number, outputs: number, random: Random): Float32Array {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => (2 * random() - 1) * limit);
}

const fillRows = ({ offset, divisor }: DenseNetState['target']): Training['fill'] => ({ x, y }, order, from, to) => (inputs, width, targets) => {
  inputs.fill(0);
  targets.fill(0);
  for (let i = from; i < to; i++) {
    const row = order ? order[i]! : i;
    for (let j = 0, at = (i - from) * width, source = row * x.columns; j < x.columns; j++, at++, source++) inputs[at] = x.data[source]!;
    targets[i - from] = (y[row]! - offset) / divisor;
  }
};

/** One step of the optimizer; gives the sum of the losses before it. */
function runBatch(training: Training, order: Int32Array, from: number, to: number): number {
  const sum = sumGradient(training, order, from, to);
  training.step.takeStep(training.learningRate);
  return sum;
}

function sumGradient({ step, data, l2, fill }: Training, order: Int32Array, from: number, to: number): number {
  let sum = 0;
  step.clearGradient();
  for (let start = from; start < to; start += ROWS_AT_ONCE) {
    const end = Math.min(start + ROWS_AT_ONCE, to);
    sum += step.addGradient(end - start, fill(data, order, start, end), 1 / (to - from));
  }
  if (l2 > 0) step.addPenalty(l2);
  return sum;
}

function validate({ step, data: { validation }, fill }: Training, unit: number): { validationLoss?: number } {
  if (!validation || validation.y.length === 0) return {};
  let sum = 0;
  for (let from = 0; from < validation.y.length; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, validation.y.length);
    sum += step.lossOf(to - from, fill(validation, undefined, from, to));
  }
  return { validationLoss: (sum / validation.y.length) * unit };
}

/** How weights and gradients are spread after some of the epochs; the gradients are those of the epoch's first batch. */
function histogramsAfter(training: Training, epoch: number, order: Int32Array): Pick<TrainingProgress, 'histograms'> {
  if (!keepsHistograms(epoch, training.epochs)) return {};
  sumGradient(training, order, 0, Math.min(training.batch, order.length));
  const gradients = training.step.read('gradient');
  return { histograms: training.step.read().flatMap((layer, i) => histogramsOf(layer, gradients[i]!, `layer${i + 1}`)) };
}

const histogramsOf = (layer: DenseLayer, gradient: DenseLayer, name: string): TensorHistogram[] => [
  countTensor(`${name}/weights`, layer.kernel),
  countTensor(`${name}/weights.gradients`, gradient.kernel),
  countTensor(`${name}/biases`, layer.bias),
  countTensor(`${name}/biases.gradients`, gradient.bias),
];
