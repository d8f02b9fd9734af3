import type { AdamOptimizer, Scalar } from '@tensorflow/tfjs-core';
import { LabError } from '../../core/lab-error.js';
import { createRandom, permutation } from '../../core/random.js';
import type { Matrix } from '../../core/table/table.js';
import type { HyperparameterValues, TrainingData, TrainingProgress } from '../../core/train/model.js';
import type { DenseNetState } from '../../core/train/models/dense-net.js';
import { openBreath, type Breath } from './breath.js';
import { createLayers, disposeLayers, forward, meanLoss, readLayers, weightPenalty, type NetLayer, type Tensorflow } from './dense-net.js';
import { measureNet } from './net-histograms.js';
import { keepsHistograms } from '../../core/train/tensor-histogram.js';
import { gatherRows, gatherTargets, netSettings, shapeOf, targetScaling, type NetSettings } from './net-data.js';

/** What a net is trained from; crosses the worker boundary. */
export interface NetJob {
  readonly data: TrainingData;
  readonly settings: HyperparameterValues;
  readonly seed: number;
}

export interface TrainingHooks {
  readonly signal: AbortSignal;
  readonly progress: (progress: TrainingProgress) => void;
  /** Throws when the backend is gone, such as a lost GPU. */
  readonly check?: () => void;
}

interface Session {
  readonly tf: Tensorflow;
  readonly data: TrainingData;
  readonly settings: NetSettings;
  readonly outputs: number;
  readonly target: DenseNetState['target'];
  readonly layers: readonly NetLayer[];
  readonly optimizer: AdamOptimizer;
  readonly breath: Breath;
  readonly hooks: TrainingHooks;
}

/**
 * Trains a dense net with Adam on the backend that `tf` is set to, giving progress each epoch. The loss is in the target's own unit,
 * squared, or cross-entropy, without the penalty. Leaves no tensor behind. Throws `cancelled`, `diverged` {epoch}.
 */
export async function trainDenseNet(tf: Tensorflow, job: NetJob, hooks: TrainingHooks): Promise<DenseNetState> {
  const settings = netSettings(job.settings);
  const random = createRandom(job.seed);
  const shape = shapeOf(job.data, settings);
  const layers = createLayers(tf, shape, random);
  const optimizer = tf.train.adam(settings.learningRate);
  const target = targetScaling(job.data.task, job.data.y);
  const session = { tf, data: job.data, settings, outputs: shape.outputs, target, layers, optimizer, breath: openBreath(), hooks };
  try {
    for (let epoch = 1; epoch <= settings.epochs; epoch++) await runEpoch(session, epoch, permutation(job.data.y.length, random));
    return { layers: await readLayers(layers), target };
  } finally {
    session.breath.close();
    optimizer.dispose();
    disposeLayers(layers);
  }
}

async function runEpoch(session: Session, epoch: number, order: Int32Array): Promise<void> {
  const { tf, settings, data, hooks } = session;
  let sum = tf.scalar(0);
  try {
    for (let from = 0; from < order.length; from += settings.batch) {
      if (hooks.signal.aborted) throw new LabError('cancelled');
      const to = Math.min(from + settings.batch, order.length);
      sum = addAndDispose(tf, sum, runBatch(session, order, from, to), to - from);
      if (session.breath.due()) await session.breath.take();
    }
    const loss = (await sum.data())[0]! / order.length;
    hooks.check?.();
    if (!Number.isFinite(loss)) throw new LabError('diverged', { epoch });
    hooks.progress({ done: epoch, total: settings.epochs, loss: inUnits(session, loss), ...(await validate(session, data.validation)), ...(await histogramsAfter(session, epoch, order)) });
  } finally {
    sum.dispose();
  }
  if (session.breath.due()) await session.breath.take();
}

/** One step of the optimizer; gives the batch's mean loss before the step. */
function runBatch({ tf, data, settings, outputs, target, layers, optimizer }: Session, order: Int32Array, from: number, to: number): Scalar {
  const x = tf.tensor2d(gatherRows(data.x, order, from, to), [to - from, data.x.columns]);
  const y = tf.tensor2d(gatherTargets(data.y, outputs, target, order, from, to), [to - from, outputs]);
  let loss: Scalar | undefined;
  optimizer.minimize(
    () => {
      const mean = meanLoss(tf, data.task, forward(tf, layers, x), y);
      loss = tf.keep(mean.clone());
      return settings.l2 > 0 ? tf.add(mean, weightPenalty(tf, layers, settings.l2)) : mean;
    },
    false,
    layers.flatMap(({ kernel, bias }) => [kernel, bias]),
  );
  x.dispose();
  y.dispose();
  return loss!;
}

function addAndDispose(tf: Tensorflow, sum: Scalar, loss: Scalar, weight: number): Scalar {
  const next = tf.tidy(() => tf.add(sum, tf.mul(loss, weight)) as Scalar);
  sum.dispose();
  loss.dispose();
  return next;
}

async function validate(session: Session, rows?: { readonly x: Matrix; readonly y: Float64Array }): Promise<{ validationLoss?: number }> {
  if (!rows || rows.y.length === 0) return {};
  const { tf, data, outputs, target, layers } = session;
  const order = Int32Array.from(rows.y, (_, i) => i);
  const loss = tf.tidy(() => {
    const x = tf.tensor2d(gatherRows(rows.x, order, 0, order.length), [order.length, rows.x.columns]);
    const y = tf.tensor2d(gatherTargets(rows.y, outputs, target, order, 0, order.length), [order.length, outputs]);
    return meanLoss(tf, data.task, forward(tf, layers, x), y);
  });
  const value = (await loss.data())[0]!;
  loss.dispose();
  return { validationLoss: inUnits(session, value) };
}

/** How weights and gradients are spread after some of the epochs; the gradients are those of the epoch's first batch. */
async function histogramsAfter({ tf, data, settings, outputs, target, layers }: Session, epoch: number, order: Int32Array): Promise<Pick<TrainingProgress, 'histograms'>> {
  if (!keepsHistograms(epoch, settings.epochs)) return {};
  const to = Math.min(settings.batch, order.length);
  const lossOf = (): Scalar => {
    const x = tf.tensor2d(gatherRows(data.x, order, 0, to), [to, data.x.columns]);
    const y = tf.tensor2d(gatherTargets(data.y, outputs, target, order, 0, to), [to, outputs]);
    const mean = meanLoss(tf, data.task, forward(tf, layers, x), y);
    return settings.l2 > 0 ? tf.add(mean, weightPenalty(tf, layers, settings.l2)) : mean;
  };
  return { histograms: await measureNet(tf, layers, lossOf) };
}

const inUnits = ({ data, target }: Session, loss: number): number => (data.task === 'regression' ? loss * target.divisor ** 2 : loss);
