import { holdBack } from '../../core/train/hold-back-rows.js';
import type { HyperparameterValues, TrainingData } from '../../core/train/model.js';
import type { LayerPlan, NetPlan } from '../../core/train/nets/coded/net-plan.js';
import { subjectOf } from '../../core/train/nets/coded/net-subject.js';
import type { VerbContext } from '../verb.js';
import { readProgram } from './net-program.js';
import { planNet } from './plan-net.js';

/** What the net trainer is given, and how its answer becomes the state of the model. */
interface NetTask {
  readonly data: TrainingData;
  readonly settings: HyperparameterValues;
  finish(state: unknown): unknown;
}

/** Makes a net ready to be trained: one that is written as code is run, checked and told in plain settings; others go as they are. */
export async function prepareNet({ platform, signal }: Pick<VerbContext, 'platform' | 'signal'>, kind: string, data: TrainingData, settings: HyperparameterValues): Promise<NetTask> {
  if (kind !== 'coded-net') return { data, settings, finish: (state) => state };
  const subject = subjectOf(data, data.y.length);
  const { plan } = await planNet(platform, await readProgram(platform, String(settings['code'])), subject, signal);
  const limit = Number(settings['epochLimit']) || Infinity;
  const told: HyperparameterValues = {
    layers: JSON.stringify(plan.layers.map(withoutPlace)),
    shape: JSON.stringify(subject.shape),
    epochs: Math.min(plan.epochs, limit),
    batch: plan.batchSize,
    learningRate: plan.optimizer.learningRate * Number(settings['rateFactor'] ?? 1),
    l2: plan.l2,
    ways: JSON.stringify({ optimizer: plan.optimizer, loss: plan.loss, schedule: plan.schedule, patience: plan.patience, ...classWeights(plan, data) }),
  };
  return { data: plan.patience > 0 ? holdBack(data) : data, settings: told, finish: (state) => ({ ...(state as object), plan }) };
}

/** Lines of the code say nothing about the net itself, and would make two like nets look different. */
function withoutPlace({ at: _at, ...layer }: LayerPlan): LayerPlan {
  return layer.kind === 'residual' ? { ...layer, layers: layer.layers.map(withoutPlace) } : (layer as LayerPlan);
}

/** Balanced: rows / (classes · rows of the class), as scikit-learn has it; a class without rows weighs 1. */
function classWeights({ classWeights: wanted }: NetPlan, { y, task, classes }: TrainingData): { classWeights?: readonly number[] } {
  if (wanted === 'none' || task === 'regression') return {};
  if (wanted !== 'balanced') return { classWeights: wanted };
  const counts = Array.from({ length: classes }, (_, code) => y.reduce((sum, value) => sum + (value === code ? 1 : 0), 0));
  return { classWeights: counts.map((count) => (count === 0 ? 1 : y.length / (classes * count))) };
}
