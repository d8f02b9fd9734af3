import type { Activation, LayerPlan, LossName, NetSubject, OptimizerPlan, SchedulePlan } from '../../../core/train/nets/coded/net-plan.js';
import { placeOf } from './place-of.js';
import { run } from './run-state.js';

export type { Activation, NetSubject };

/** One layer of a net; made by `dense`, `dropout` and the others. */
export type Layer = LayerPlan;
/** How the weights are moved; made by `adam`, `sgd` or `rmsprop`. */
export type Optimizer = Omit<OptimizerPlan, 'momentum'> & Partial<Pick<OptimizerPlan, 'momentum'>>;
/** How the learning rate changes over the epochs; made by `constant`, `cosine` or `step`. */
export type Schedule = SchedulePlan;

/** A net, and how it is trained. */
export interface NetDescription {
  /** From the inputs to the outputs; the last one is `dense(outputs)` without an activation. */
  readonly layers: readonly Layer[];
  /** Default: `adam()`. */
  readonly optimizer?: Optimizer;
  /** How often all rows are gone through. Default: 30. */
  readonly epochs?: number;
  /** Rows in one step. Default: 64. */
  readonly batchSize?: number;
  /** Of a number: `mse` (default), `mae`, `huber`. Of classes: `crossEntropy`. */
  readonly loss?: LossName;
  /** Penalty on the squares of the weights. Default: 0. */
  readonly l2?: number;
  /** Default: `constant()`. */
  readonly schedule?: Schedule;
  /** Stop after so many epochs without a better held-back loss, and take the best weights. Default: 0, never. */
  readonly patience?: number;
  /** How much each class counts in the loss, in the order of `classes`. */
  readonly classWeights?: 'balanced' | readonly number[];
}

/** A net written as code: what the file exports as its default. */
export interface CodedNet {
  /** What the function gives for a subject. */
  describe(subject: NetSubject): NetDescription;
}

/** Makes a net of a function of what is to be learned. */
export function net(write: (subject: NetSubject) => NetDescription): CodedNet {
  return { describe: (subject) => write(subject) };
}

/** Each of `units` numbers is a weighted sum of all that come in, then the activation. */
export const dense = (units: number, activation: Activation = 'linear'): Layer => made({ kind: 'dense', units, activation });

/** `filters` patterns of `size` by `size` pixels that slide over a picture, which keeps its size. */
export const conv2d = (filters: number, { size = 3, activation = 'linear' }: { readonly size?: number; readonly activation?: Activation } = {}): Layer => made({ kind: 'conv2d', filters, size, activation });

/** An activation as a layer of its own, as after a norm. */
export const activation = (name: Activation): Layer => made({ kind: 'activation', activation: name });

/** Sets the share `rate` of the numbers to 0 in training, others each time; nothing in use. */
export const dropout = (rate: number): Layer => made({ kind: 'dropout', rate });

/** Gives each column (of a picture: channel) mean 0 and spread 1 over the batch, then a learned scale and shift. */
export const batchNorm = ({ momentum = 0.9 }: { readonly momentum?: number } = {}): Layer => made({ kind: 'batchNorm', momentum });

/** Gives each row mean 0 and spread 1 over its numbers, then a learned scale and shift. */
export const layerNorm = (): Layer => made({ kind: 'layerNorm' });

/** The greatest of each `size` by `size` pixels. */
export const maxPool = (size = 2): Layer => made({ kind: 'maxPool', size });

/** The mean of each channel over the whole picture. */
export const averageAll = (): Layer => made({ kind: 'averageAll' });

/** A picture as one list of numbers, for `dense`. */
export const flatten = (): Layer => made({ kind: 'flatten' });

/** Divides all inputs by the largest that training saw; only as the first layer. */
export const rescale = (): Layer => made({ kind: 'rescale' });

/** Adds what comes in to what the layers make of it; they must give the same shape. */
export const residual = (layers: readonly Layer[]): Layer => made({ kind: 'residual', layers });

/** Adam (Kingma and Ba 2015): a step of its own for each weight; a good first choice. */
export const adam = ({ learningRate = 0.003 }: { readonly learningRate?: number } = {}): Optimizer => ({ kind: 'adam', learningRate });

/** Steps along the gradient, with momentum if you like. */
export const sgd = ({ learningRate = 0.05, momentum = 0 }: { readonly learningRate?: number; readonly momentum?: number } = {}): Optimizer => ({ kind: 'sgd', learningRate, momentum });

/** Steps divided by the recent size of the gradient. */
export const rmsprop = ({ learningRate = 0.001 }: { readonly learningRate?: number } = {}): Optimizer => ({ kind: 'rmsprop', learningRate });

/** The learning rate stays. */
export const constant = (): Schedule => ({ kind: 'constant' });

/** The learning rate falls along half a cosine to `floor` times itself. */
export const cosine = ({ floor = 0 }: { readonly floor?: number } = {}): Schedule => ({ kind: 'cosine', floor });

/** The learning rate is multiplied by `factor` after every so many epochs. */
export const step = ({ every, factor = 0.5 }: { readonly every: number; readonly factor?: number }): Schedule => ({ kind: 'step', every, factor });

/** A layer with the line of the learner's code that asked for it, for what may have to be said about it. */
function made(layer: Layer): Layer {
  const at = placeOf(String(new Error().stack), run.places);
  return at ? { ...layer, at } : layer;
}
