import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerPlan } from '../../core/train/nets/coded/net-plan.js';
import type { Random } from '../../core/random.js';
import type { TrainingData } from '../../core/train/model.js';
import { makeActivation, type Activate } from './coded-activations.js';
import { buildNorm } from './coded-norms.js';
import type { CodedPart } from './coded-part.js';
import { dropValues } from './drop-values.js';
import { drawWeights, makeVariable, type BuildNet, type Tensorflow } from './net.js';
import { gatherRows, outputsOf } from './net-data.js';

interface Making {
  readonly tf: Tensorflow;
  readonly data: TrainingData;
  readonly random: Random;
}

/** The net behind `coded-net`: the layers of a plan that was checked; `settings.layers` is their JSON, `settings.shape` that of a row. */
export const buildCodedNet: BuildNet = (tf, { data, settings }, random) => {
  const shape = JSON.parse(settings['shape'] as string) as number[];
  const { part } = buildLayers({ tf, data, random }, JSON.parse(settings['layers'] as string) as LayerPlan[], shape, '');
  return {
    variables: part.variables,
    names: part.names,
    kernels: part.kernels!,
    rest: part.rest!,
    rows: gatherRows,
    forward: (x, drawn) => part.forward(shape.length === 3 ? tf.reshape(x, [-1, ...shape]) : x, drawn) as Tensor2D,
    read: async () => ({ shape, outputs: outputsOf(data), layers: await part.read() }),
  };
};

function buildLayers(making: Making, plans: readonly LayerPlan[], start: readonly number[], above: string): { part: CodedPart; shape: readonly number[] } {
  let shape = start;
  const parts = plans.map((plan, at) => {
    const built = buildLayer(making, plan, shape, `${above}${at + 1}-${plan.kind}`);
    shape = built.shape;
    return built.part;
  });
  const part: CodedPart = {
    variables: parts.flatMap(({ variables }) => variables),
    names: parts.flatMap(({ names }) => names),
    kernels: parts.flatMap(({ kernels = [] }) => kernels),
    rest: parts.flatMap(({ rest = [] }) => rest),
    forward: (x, random) => parts.reduce((values, each) => each.forward(values, random), x),
    read: async () => (await Promise.all(parts.map((each) => each.read()))).flat(),
  };
  return { part, shape };
}

function buildLayer(making: Making, plan: LayerPlan, shape: readonly number[], name: string): { part: CodedPart; shape: readonly number[] } {
  const { tf, random, data } = making;
  const last = shape.at(-1)!;
  const keeps = (part: Omit<CodedPart, 'variables' | 'names'>) => ({ part: { variables: [], names: [], ...part }, shape });
  switch (plan.kind) {
    case 'dense':
      return { part: buildDense(tf, plan, last, name, random), shape: [plan.units] };
    case 'conv2d':
      return { part: buildConv(tf, plan, last, name, random), shape: [shape[0]!, shape[1]!, plan.filters] };
    case 'activation':
      return keeps({ forward: makeActivation(tf, plan.activation), read: async () => [{ kind: 'activation', activation: plan.activation }] });
    case 'dropout':
      return keeps({ forward: (x, drawn) => (drawn && plan.rate > 0 ? dropValues(tf, x, plan.rate, drawn) : x), read: async () => [] });
    case 'batchNorm':
    case 'layerNorm':
      return { part: buildNorm(tf, plan, last, name), shape };
    case 'maxPool': {
      const half = Math.floor(shape[0]! / plan.size);
      return { ...keeps({ forward: (x) => tf.maxPool(x as Tensor4D, plan.size, plan.size, 'valid'), read: async () => [{ kind: 'maxPool', size: plan.size }] }), shape: [half, half, last] };
    }
    case 'averageAll':
      return { ...keeps({ forward: (x) => tf.mean(x, [1, 2]), read: async () => [{ kind: 'averageAll' }] }), shape: [last] };
    case 'flatten':
      return { ...keeps({ forward: (x) => tf.reshape(x, [x.shape[0]!, -1]), read: async () => [{ kind: 'flatten' }] }), shape: [shape.reduce((size, part) => size * part, 1)] };
    case 'rescale': {
      const divisor = data.x.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
      return keeps({ forward: (x) => tf.div(x, divisor), read: async () => [{ kind: 'rescale', divisor }] });
    }
    case 'residual': {
      const { part } = buildLayers(making, plan.layers, shape, `${name}/`);
      return { part: { ...part, forward: (x, drawn) => tf.add(x, part.forward(x, drawn)), read: async () => [{ kind: 'residual', layers: await part.read() }] }, shape };
    }
  }
}

function buildDense(tf: Tensorflow, { units, activation }: LayerPlan & { kind: 'dense' }, inputs: number, name: string, random: Random): CodedPart {
  const kernel = drawWeights(tf, [inputs, units], inputs, units, random);
  const bias = makeVariable(tf, new Float32Array(units), [units]);
  const act: Activate = makeActivation(tf, activation);
  return {
    variables: [kernel, bias],
    names: [`${name}/weights`, `${name}/biases`],
    kernels: [kernel],
    forward: (x) => act(tf.add(tf.matMul(x as Tensor2D, kernel as unknown as Tensor2D), bias)),
    read: async () => [{ kind: 'dense', inputs, outputs: units, kernel: Array.from(await kernel.data()), bias: Array.from(await bias.data()), activation }],
  };
}

function buildConv(tf: Tensorflow, { filters, size, activation }: LayerPlan & { kind: 'conv2d' }, inputs: number, name: string, random: Random): CodedPart {
  const weights = drawWeights(tf, [size, size, inputs, filters], size * size * inputs, size * size * filters, random);
  const bias = makeVariable(tf, new Float32Array(filters), [filters]);
  const act: Activate = makeActivation(tf, activation);
  return {
    variables: [weights, bias],
    names: [`${name}/weights`, `${name}/biases`],
    kernels: [weights],
    forward: (x) => act(tf.add(tf.conv2d(x as Tensor4D, weights as unknown as Tensor4D, 1, 'same'), bias)),
    read: async () => [{ kind: 'conv2d', size, inputs, outputs: filters, weights: Array.from(await weights.data()), bias: Array.from(await bias.data()), activation }],
  };
}
