import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import { createRandom } from '../../../src/core/random.js';
import { pixelNames } from '../../../src/core/table/image-columns.js';
import type { HyperparameterValues, TrainingData } from '../../../src/core/train/model.js';
import { settingsOf } from '../../../src/core/train/settings.js';
import { trainNet } from '../../../src/platform/tfjs/net-trainer.js';

const random = createRandom(2);
const data: TrainingData = { x: { rows: 6, columns: 16, data: Float64Array.from({ length: 96 }, random) }, y: Float64Array.from([0, 1, 2, 0, 1, 2]), task: 'multiclass', classes: 3, features: pixelNames(16), validation: { x: { rows: 2, columns: 16, data: Float64Array.from({ length: 32 }, random) }, y: Float64Array.from([0, 1]) } };

const dense = (units: number, activation = 'relu') => ({ kind: 'dense', units, activation });
const CODED = [
  [dense(3, 'gelu'), { kind: 'batchNorm', momentum: 0.9 }, { kind: 'dropout', rate: 0.3 }, { kind: 'residual', layers: [dense(3, 'elu'), { kind: 'layerNorm' }] }, dense(3, 'linear')],
  [{ kind: 'rescale' }, { kind: 'conv2d', filters: 2, size: 3, activation: 'tanh' }, { kind: 'batchNorm', momentum: 0.9 }, { kind: 'maxPool', size: 2 }, { kind: 'averageAll' }, dense(3, 'linear')],
];
const WAYS = [
  { optimizer: { kind: 'adam' }, schedule: { kind: 'cosine', floor: 0 }, patience: 1, classWeights: [1, 2, 3] },
  { optimizer: { kind: 'sgd', momentum: 0.9 }, schedule: { kind: 'step', every: 1, factor: 0.5 }, patience: 0 },
  { optimizer: { kind: 'rmsprop' }, schedule: { kind: 'constant' }, patience: 2 },
];

/** Settings of the `n`th training, over every kind of net. */
function settingsFor(n: number): [kind: string, settings: HyperparameterValues] {
  const few = { epochs: 1 + (n % 2), batch: 4 };
  if (n % 5 === 0) return ['dense-net', settingsOf('dense-net', { ...few, layers: [2], l2: n % 2 })];
  if (n % 5 === 1) return ['conv-net', settingsOf('conv-net', { ...few, filters: [1], units: 2, dropout: 0.2, shift: 1 })];
  if (n % 5 === 2) return ['text-embedding', settingsOf('text-embedding', { ...few, dimensions: 2 })];
  const layers = CODED[n % 2]!;
  return ['coded-net', { ...few, layers: JSON.stringify(layers), shape: n % 2 === 0 ? '[16]' : '[4,4,1]', learningRate: 0.01, l2: 0.01, ways: JSON.stringify({ ...WAYS[n % 3], loss: 'crossEntropy' }) }];
}

it('1,000 trainings of every kind of net, some stopped or run away, leave no tensor behind', async () => {
  await tf.setBackend('cpu');
  const idle = { signal: new AbortController().signal, progress: (): void => undefined };
  const codes = new Set<string>();
  let before = 0;
  for (let n = 0; n < 1000; n++) {
    const [kind, settings] = settingsFor(n);
    const stop = new AbortController();
    const hooks = n % 50 === 3 ? { signal: stop.signal, progress: () => stop.abort() } : n % 50 === 7 ? { ...idle, check: () => { throw new LabError('backend-lost', { backend: 'webgpu' }); } } : idle;
    const wild = n % 50 === 13 ? { ...settings, epochs: 30, learningRate: 1e30 } : settings;
    await trainNet(tf, { kind, data, settings: n % 50 === 3 ? { ...settings, epochs: 9 } : wild, seed: n }, hooks).catch((cause: unknown) => codes.add(LabError.from(cause).code));
    if (n === 0) before = tf.memory().numTensors;
  }
  expect([...codes].sort()).toEqual(['backend-lost', 'cancelled', 'diverged']);
  expect(tf.memory().numTensors).toBe(before);
}, 120_000);
