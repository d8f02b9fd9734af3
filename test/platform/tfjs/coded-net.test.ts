import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '@tensorflow/tfjs-backend-cpu';
import { LabError } from '../../../src/core/lab-error.js';
import { createRandom } from '../../../src/core/random.js';
import { pixelNames } from '../../../src/core/table/image-columns.js';
import { fittedModel, predict } from '../../../src/core/train/fit.js';
import type { TrainingData, TrainingProgress } from '../../../src/core/train/model.js';
import { codedNet, type CodedNetState } from '../../../src/core/train/models/coded-net.js';
import { ACTIVATIONS } from '../../../src/core/train/nets/coded/net-plan.js';
import { prepareNet } from '../../../src/lab/nets/prepare-net.js';
import type { Platform } from '../../../src/lab/platform.js';
import { createNodeNets } from '../../../src/platform/tfjs/node-nets.js';
import { buildCodedNet } from '../../../src/platform/tfjs/coded-net.js';
import type { TrainingHooks } from '../../../src/platform/tfjs/net-trainer.js';
import { rateAt } from '../../../src/platform/tfjs/net-optimizer.js';

const nets = createNodeNets();
const idle: TrainingHooks = { signal: new AbortController().signal, progress: () => undefined };

/** A sandbox that says what it is told to, since the code itself is not the matter here. */
const saying = (net: unknown): Platform => ({
  objects: { get: () => Promise.resolve(new TextEncoder().encode(JSON.stringify({ entry: 'nets/a.ts', sources: {} }))) },
  sandbox: { run: () => Promise.resolve(new Map([['net-plan.json', new TextEncoder().encode(JSON.stringify({ net }))]])) },
} as unknown as Platform);

const told = (net: object, data: TrainingData) => prepareNet({ platform: saying(net), signal: idle.signal }, 'coded-net', data, { code: 'nets/a.ts@1', epochLimit: 0, rateFactor: 1 });

async function train(net: object, data: TrainingData, seed = 7, hooks = idle) {
  const task = await told(net, data);
  const { state } = await nets.train(task.data, task.settings, seed, hooks, 'coded-net');
  return fittedModel('coded-net', data, { code: 'nets/a.ts' }, seed, task.finish(state));
}

const dense = (units: number, activation = 'relu') => ({ kind: 'dense', units, activation });
const last = (units: number) => ({ kind: 'dense', units });

function points(task: TrainingData['task'], rows = 300, seed = 3): TrainingData {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: rows * 2 }, () => 2 * random() - 1);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const [a, b] = [data[2 * i]!, data[2 * i + 1]!];
    return task === 'regression' ? 100 + 10 * a * b : task === 'binary' ? Number(a * a + b * b < 0.5) : a > 0 ? 2 : b > 0 ? 1 : 0;
  });
  return { x: { rows, columns: 2, data }, y, task, classes: task === 'multiclass' ? 3 : task === 'binary' ? 2 : 0, features: ['a', 'b'] };
}

function pictures(rows: number, seed = 5): TrainingData {
  const random = createRandom(seed);
  const y = Float64Array.from({ length: rows }, () => Math.floor(2 * random()));
  const data = Float64Array.from({ length: rows * 49 }, () => 20 * random());
  y.forEach((kind, row) => {
    for (let i = 0; i < 7; i++) data[row * 49 + (kind ? i * 7 + 3 : 21 + i)] = 200;
  });
  return { x: { rows, columns: 49, data }, y, task: 'binary', classes: 2, features: pixelNames(49) };
}

const accuracy = (data: TrainingData, p: Float64Array): number => data.y.reduce((sum, value, row) => sum + Number((data.task === 'binary' ? Number(p[row]! > 0.5) : [0, 1, 2].reduce((best, k) => (p[row * 3 + k]! > p[row * 3 + best]! ? k : best), 0)) === value), 0) / data.y.length;

const EVERY = [dense(12, 'gelu'), { kind: 'batchNorm', momentum: 0.8 }, { kind: 'activation', activation: 'elu' }, { kind: 'dropout', rate: 0.1 }, { kind: 'residual', layers: [dense(12, 'tanh'), { kind: 'layerNorm' }, dense(12, 'sigmoid')] }];
const SEEING = [{ kind: 'rescale' }, { kind: 'conv2d', filters: 4, activation: 'relu' }, { kind: 'batchNorm' }, { kind: 'maxPool', size: 2 }, { kind: 'residual', layers: [{ kind: 'conv2d', filters: 4, size: 3, activation: 'tanh' }] }, { kind: 'layerNorm' }];

describe('a net written as code, trained', () => {
  it.each(['adam', 'rmsprop', 'sgd'])('learns with %s', async (kind) => {
    const optimizer = kind === 'sgd' ? { kind, learningRate: 0.1, momentum: 0.9 } : { kind, learningRate: 0.01 };
    const data = points('binary');
    expect(accuracy(data, predict(await train({ layers: [dense(16), dense(8), last(1)], optimizer, epochs: 60, batchSize: 32 }, data), data.x))).toBeGreaterThan(0.93);
  });

  it('learns with every kind of layer, of numbers and of pictures', async () => {
    const [rows, seen] = [points('multiclass'), pictures(150)];
    expect(accuracy(rows, predict(await train({ layers: [...EVERY, last(3)], optimizer: { kind: 'adam', learningRate: 0.01 }, schedule: { kind: 'cosine', floor: 0.1 }, epochs: 40 }, rows), rows.x))).toBeGreaterThan(0.9);
    expect(accuracy(seen, predict(await train({ layers: [...SEEING, { kind: 'averageAll' }, last(1)], optimizer: { kind: 'adam', learningRate: 0.02 }, epochs: 25, batchSize: 16 }, seen), seen.x))).toBeGreaterThan(0.95);
  });

  it.each([
    ['numbers', points('multiclass', 60), [...EVERY, last(3)]],
    ['pictures', pictures(20), [...SEEING, { kind: 'flatten' }, last(1)]],
    ...ACTIVATIONS.map((activation) => [activation, points('regression', 30), [dense(6, activation), last(1)]] as const),
  ] as const)('answers in plain TypeScript as TensorFlow.js does: %s', async (_name, data, layers) => {
    await tf.setBackend('cpu');
    const job = { kind: 'coded-net', data, settings: (await told({ layers }, data)).settings, seed: 1 };
    const random = createRandom(1);
    const net = buildCodedNet(tf, job, random);
    const x = tf.tensor2d(Float32Array.from(data.x.data), [data.x.rows, data.x.columns]);
    // Weights of every size, and running means that have moved.
    for (const variable of net.variables) variable.assign(tf.tensor(Float32Array.from({ length: variable.size }, () => random() - 0.4), variable.shape));
    tf.tidy(() => void net.forward(x, random));
    const theirs = tf.tidy(() => net.forward(x)).dataSync();
    const model = { ...(await net.read()), target: { offset: 0, divisor: 1 } };
    const ours = codedNet.predict(model as CodedNetState, data.x, 'regression', 0);
    expect(ours.length).toBe(theirs.length);
    ours.forEach((value, at) => expect(Math.abs(value - theirs[at]!)).toBeLessThan(2e-4 * Math.max(1, Math.abs(value))));
  });

  it('comes out alike on wasm and on plain JavaScript, and the same bits for a seed', async () => {
    await tf.setBackend('wasm');
    const data = points('binary', 120);
    const net = { layers: [...EVERY, last(1)], epochs: 5, batchSize: 32 };
    const [first, second] = [await train(net, data), await train(net, data)];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(tf.getBackend()).toBe('wasm');
    await tf.setBackend('cpu');
    const other = await train(net, data);
    await tf.setBackend('wasm');
    const [a, b] = [predict(first, data.x), predict(other, data.x)];
    a.forEach((value, row) => expect(Math.abs(value - b[row]!)).toBeLessThan(1e-3));
    const seen = pictures(30);
    // Plain descent: a bias before a norm has no gradient, and Adam makes steps even of the rounding that is left of it.
    const looking = { layers: [...SEEING, { kind: 'flatten' }, last(1)], epochs: 3, batchSize: 10, optimizer: { kind: 'sgd', learningRate: 0.02 } };
    const wasm = predict(await train(looking, seen), seen.x);
    await tf.setBackend('cpu');
    predict(await train(looking, seen), seen.x).forEach((value, row) => expect(Math.abs(value - wasm[row]!)).toBeLessThan(1e-3));
    await tf.setBackend('wasm');
  });

  it('stops when patience is over and keeps the best weights', async () => {
    const data = points('regression', 200);
    const noisy = { ...data, y: data.y.map((_, row) => Math.sin(row * 7.3)) };
    const steps: TrainingProgress[] = [];
    const model = await train({ layers: [dense(64), dense(64), last(1)], optimizer: { kind: 'adam', learningRate: 0.02 }, epochs: 400, patience: 6 }, noisy, 7, { ...idle, progress: (p) => void steps.push(p) });
    expect(steps.length).toBeLessThan(200);
    const losses = steps.map(({ validationLoss }) => validationLoss!);
    expect(losses.length - 1 - losses.indexOf(Math.min(...losses))).toBe(6);
    const held = { rows: 20, columns: 2, data: noisy.x.data.slice(-40) };
    const error = predict(model, held).reduce((sum, value, row) => sum + (value - noisy.y[180 + row]!) ** 2, 0) / 20;
    expect(error).toBeCloseTo(Math.min(...losses), 4);
  });

  it('weighs classes, so that a rare one is found', async () => {
    const data = points('binary', 400);
    const rare = { ...data, y: data.y.map((value, row) => (value === 1 && row % 8 === 0 ? 1 : 0)) };
    const found = async (classWeights: unknown) => predict(await train({ layers: [dense(8), last(1)], epochs: 30, classWeights }, rare), rare.x).filter((p) => p > 0.5).length;
    expect(await found('balanced')).toBeGreaterThan((await found('none')) + 20);
  });

  it.each(['mae', 'huber'])('makes the loss %s small', async (loss) => {
    const data = points('regression');
    const steps: TrainingProgress[] = [];
    await train({ layers: [dense(16), last(1)], loss, epochs: 30, optimizer: { kind: 'adam', learningRate: 0.02 } }, data, 7, { ...idle, progress: (p) => void steps.push(p) });
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss / 2);
  });

  it('follows its schedule', () => {
    expect([1, 3, 5].map((epoch) => rateAt({ kind: 'cosine', floor: 0.2 }, epoch, 5))).toEqual([1, expect.closeTo(0.6, 9) as number, expect.closeTo(0.2, 9) as number]);
    expect([1, 2, 3, 5].map((epoch) => rateAt({ kind: 'step', every: 2, factor: 0.5 }, epoch, 9))).toEqual([1, 1, 0.5, 0.25]);
  });

  it('says that it diverged, and can be stopped half-way', async () => {
    const data = points('regression');
    const wild = await train({ layers: [dense(64), dense(64), last(1)], optimizer: { kind: 'sgd', learningRate: 1e6 }, epochs: 20 }, data).catch(LabError.from);
    expect(wild).toMatchObject({ code: 'diverged' });
    const stop = new AbortController();
    const stopped = await train({ layers: [...EVERY, last(1)], epochs: 5000 }, data, 7, { signal: stop.signal, progress: () => stop.abort() }).catch(LabError.from);
    expect(stopped).toMatchObject({ code: 'cancelled' });
  });
});
