import type { Optimizer, Scalar, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import { keepsHistograms } from '../../core/train/tensor-histogram.js';
import { LabError } from '../../core/lab-error.js';
import { createRandom, permutation, type Random } from '../../core/random.js';
import type { Matrix } from '../../core/table/table.js';
import type { TrainingData, TrainingProgress } from '../../core/train/model.js';
import type { TargetScaling } from '../../core/train/nets/dense-layers.js';
import { openBreath, type Breath } from './breath.js';
import { dropTape } from './drop-tape.js';
import { measureNet } from './net-histograms.js';
import { keepBest, type BestWeights } from './best-weights.js';
import { freeOptimizer, makeOptimizer, rateAt, setRate } from './net-optimizer.js';
import { meanLoss, weightPenalty, type LossChoice } from './net-loss.js';
import type { Net, NetJob, Tensorflow } from './net.js';
import { gatherTargets, netSettings, outputsOf, targetScaling, type NetSettings } from './net-data.js';
import { builderOf } from './nets.js';

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
  readonly target: TargetScaling;
  readonly net: Net;
  readonly random: Random;
  readonly optimizer: Optimizer;
  readonly lossChoice: LossChoice;
  readonly best: BestWeights;
  readonly breath: Breath;
  readonly hooks: TrainingHooks;
}

/** Rows that are held back are judged in parts of this size, so that memory stays bounded. */
const JUDGED_AT_ONCE = 2048;

/**
 * Trains a net on the backend that `tf` is set to, giving progress each epoch. The loss is in the target's own unit (squared for squared
 * errors), or cross-entropy, without the penalty. Leaves no tensor behind. Throws `cancelled`, `diverged` {epoch}.
 */
export async function trainNet(tf: Tensorflow, job: NetJob, hooks: TrainingHooks): Promise<object> {
  const { data } = job;
  const settings = netSettings(job.settings, data.task);
  const { ways, learningRate, epochs } = settings;
  const random = createRandom(job.seed);
  const net = builderOf(job.kind)(tf, job, random);
  const optimizer = makeOptimizer(tf, ways.optimizer, learningRate);
  const target = targetScaling(data.task, data.y);
  const session: Session = { tf, data, settings, outputs: outputsOf(data), target, net, random, optimizer, lossChoice: { ...ways, task: data.task }, best: keepBest(tf, net, ways.patience), breath: openBreath(), hooks };
  try {
    for (let epoch = 1; epoch <= epochs && !session.best.isOver(); epoch++) {
      setRate(optimizer, learningRate * rateAt(ways.schedule, epoch, epochs));
      await runEpoch(session, epoch, permutation(data.y.length, random));
    }
    session.best.restore();
    return { ...(await net.read()), target };
  } finally {
    session.breath.close();
    freeOptimizer(optimizer);
    [...net.variables, ...(net.rest ?? [])].forEach((variable) => variable.dispose());
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
    const held = await validate(session, data.validation);
    await session.best.see(held.validationLoss ?? loss);
    hooks.progress({ done: epoch, total: settings.epochs, loss: inUnits(session, loss), ...held, ...(await histogramsAfter(session, epoch, order)) });
  } finally {
    sum.dispose();
  }
  if (session.breath.due()) await session.breath.take();
}

/** One step of the optimizer; gives the batch's mean loss before the step. */
function runBatch(session: Session, order: Int32Array, from: number, to: number): Scalar {
  const { tf, data, settings, net, random, optimizer, lossChoice } = session;
  const [x, y] = tensorsOf(session, data, order, from, to, random);
  let loss: Scalar | undefined;
  try {
    optimizer.minimize(
      () => {
        const mean = meanLoss(tf, lossChoice, net.forward(x, random), y);
        loss = tf.keep(mean.clone());
        return settings.l2 > 0 ? tf.add(mean, weightPenalty(tf, net.kernels, settings.l2)) : mean;
      },
      false,
      [...net.variables] as Variable[],
    );
  } catch (cause) {
    loss?.dispose();
    dropTape(tf);
    throw cause;
  } finally {
    x.dispose();
    y.dispose();
  }
  return loss!;
}

function tensorsOf({ tf, net, outputs, target }: Session, { x, y }: { readonly x: Matrix; readonly y: Float64Array }, order: Int32Array, from: number, to: number, random?: Random): [Tensor2D, Tensor2D] {
  const rows = net.rows(x, order, from, to, random);
  const targets = gatherTargets(y, outputs, target, order, from, to);
  return [tf.tensor2d(rows, [to - from, rows.length / (to - from)]), tf.tensor2d(targets, [to - from, outputs])];
}

function addAndDispose(tf: Tensorflow, sum: Scalar, loss: Scalar, weight: number): Scalar {
  const next = tf.tidy(() => tf.add(sum, tf.mul(loss, weight)) as Scalar);
  sum.dispose();
  loss.dispose();
  return next;
}

async function validate(session: Session, rows?: { readonly x: Matrix; readonly y: Float64Array }): Promise<{ validationLoss?: number }> {
  if (!rows || rows.y.length === 0) return {};
  const { tf, net, lossChoice } = session;
  const order = Int32Array.from(rows.y, (_, i) => i);
  let sum = 0;
  for (let from = 0; from < order.length; from += JUDGED_AT_ONCE) {
    const to = Math.min(from + JUDGED_AT_ONCE, order.length);
    const loss = tf.tidy(() => {
      const [x, y] = tensorsOf(session, rows, order, from, to);
      return meanLoss(tf, lossChoice, net.forward(x), y);
    });
    try {
      sum += ((await loss.data())[0]! * (to - from)) / order.length;
    } finally {
      loss.dispose();
    }
  }
  return { validationLoss: inUnits(session, sum) };
}

/** How weights and gradients are spread after some of the epochs; the gradients are those of the epoch's first batch. */
async function histogramsAfter(session: Session, epoch: number, order: Int32Array): Promise<Pick<TrainingProgress, 'histograms'>> {
  const { tf, data, settings, net, lossChoice } = session;
  if (!keepsHistograms(epoch, settings.epochs)) return {};
  const lossOf = (): Scalar => {
    const [x, y] = tensorsOf(session, data, order, 0, Math.min(settings.batch, order.length));
    const mean = meanLoss(tf, lossChoice, net.forward(x), y);
    return settings.l2 > 0 ? tf.add(mean, weightPenalty(tf, net.kernels, settings.l2)) : mean;
  };
  return { histograms: await measureNet(tf, net, lossOf) };
}

/** Squares are in squared units; Huber's loss, which is neither, stays as it is. */
function inUnits({ settings, target }: Session, loss: number): number {
  const { loss: name } = settings.ways;
  return name === 'mse' ? loss * target.divisor ** 2 : name === 'mae' ? loss * target.divisor : loss;
}
