import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { binaryMetrics } from '../../../src/core/evaluate/binary-metrics.js';
import { multiclassMetrics } from '../../../src/core/evaluate/multiclass-metrics.js';
import { regressionMetrics } from '../../../src/core/evaluate/regression-metrics.js';
import { LabError } from '../../../src/core/lab-error.js';
import { createRandom } from '../../../src/core/random.js';
import { fittedModel, predict } from '../../../src/core/train/fit.js';
import type { HyperparameterValues, TrainingData, TrainingProgress } from '../../../src/core/train/model.js';
import type { DenseNetState } from '../../../src/core/train/models/dense-net.js';
import { settingsOf } from '../../../src/core/train/settings.js';
import { trainOnKernel } from '../../../src/platform/tfjs/kernel-net.js';
import type { TrainingHooks } from '../../../src/platform/tfjs/net-trainer.js';
import { createNodeNets, startTensorflow } from '../../../src/platform/tfjs/node-nets.js';

const tensorflow = await startTensorflow();

/** The two ways in which a dense net is trained. */
const WAYS = { 'the lab’s kernel': trainOnKernel, 'TensorFlow.js': tensorflow.train };
const netsOf = (way: keyof typeof WAYS) => ({
  train: async (data: TrainingData, settings: HyperparameterValues, seed: number, hooks: TrainingHooks): Promise<DenseNetState> => (await WAYS[way]({ kind: 'dense-net', data, settings, seed }, hooks)) as DenseNetState,
});
const idle = { signal: new AbortController().signal, progress: (): void => undefined };
const quick = settingsOf('dense-net', { layers: [16, 8], epochs: 40, batch: 32 });

/** Points in a square; the target is a curve over them, a ring, or one of three sectors. */
function makeData(task: TrainingData['task'], rows = 400, seed = 3): TrainingData {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: rows * 2 }, () => 2 * random() - 1);
  const target = (a: number, b: number): number => {
    if (task === 'regression') return 5000 + 1000 * (a * a - b);
    return task === 'binary' ? Number(a * a + b * b < 0.5) : Math.floor(((Math.atan2(b, a) + Math.PI) / (2 * Math.PI)) * 2.999);
  };
  const y = Float64Array.from({ length: rows }, (_, i) => target(data[2 * i]!, data[2 * i + 1]!));
  return { x: { rows, columns: 2, data }, y, task, classes: task === 'multiclass' ? 3 : 2, features: ['a', 'b'] };
}

describe.each(['the lab’s kernel', 'TensorFlow.js'] as const)('a dense net by %s', (way) => {
  const nets = netsOf(way);

  it.each(['regression', 'binary', 'multiclass'] as const)('learns a %s that no line can tell', async (task) => {
    const data = makeData(task);
    const state = await nets.train(data, quick, 7, idle);
    const later = makeData(task, 300, 9);
    const predicted = predict(fittedModel('dense-net', data, quick, 7, state), later.x);
    const score = task === 'regression' ? regressionMetrics(later.y, predicted).r2! : task === 'binary' ? binaryMetrics(later.y, predicted).auc! : multiclassMetrics(later.y, predicted, 3).accuracy!;
    expect(score).toBeGreaterThan(0.93);
  });

  it('gives the same weights twice for a seed, others for another', async () => {
    const data = makeData('binary');
    const few = { ...quick, epochs: 3 };
    const [first, second, other] = [await nets.train(data, few, 1, idle), await nets.train(data, few, 1, idle), await nets.train(data, few, 2, idle)];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(first));
  });

  it('tells how weights and gradients are spread after some epochs', async () => {
    const data = makeData('binary');
    const told: TrainingProgress[] = [];
    const few = { ...quick, epochs: 25 };
    const state = await nets.train(data, few, 1, { ...idle, progress: (p) => void told.push(p) });
    const kept = told.filter(({ histograms }) => histograms !== undefined);
    expect(kept.map(({ done }) => done)).toEqual([1, 3, 6, 9, 12, 15, 18, 21, 24, 25]);
    expect(kept[0]!.histograms!.map(({ name }) => name)).toEqual([1, 2, 3].flatMap((layer) => ['weights', 'weights.gradients', 'biases', 'biases.gradients'].map((part) => `layer${layer}/${part}`)));
    const [last] = kept.at(-1)!.histograms!;
    const weights = state.layers[0]!.kernel;
    expect(last!.counts.reduce((a, b) => a + b, 0)).toBe(weights.length);
    expect([last!.low, last!.high]).toEqual([Math.min(...weights), Math.max(...weights)]);
    expect(kept.every(({ histograms }) => histograms!.some(({ name, low, high }) => name.endsWith('gradients') && (low !== 0 || high !== 0)))).toBe(true);
  });

  it('is answered in plain TypeScript as TensorFlow.js answers it', async () => {
    const data = makeData('multiclass', 100);
    const state = await nets.train(data, { ...quick, epochs: 5 }, 7, idle);
    const ours = predict(fittedModel('dense-net', data, quick, 7, state), data.x);
    const theirs = tf.tidy(() => {
      const { layers } = state;
      const x = tf.tensor2d(Float32Array.from(data.x.data), [100, 2]);
      const logits = layers.reduce((values, layer, i) => {
        const out = tf.add(tf.matMul(values, tf.tensor2d([...layer.kernel], [layer.inputs, layer.outputs])), tf.tensor1d([...layer.bias]));
        return (i < layers.length - 1 ? tf.relu(out) : out) as tf.Tensor2D;
      }, x);
      return tf.softmax(logits).dataSync();
    });
    ours.forEach((value, i) => expect(value).toBeCloseTo(theirs[i]!, 5));
  });

  it('reports every epoch, with a falling loss in the unit of the target and the loss of rows held back', async () => {
    const steps: TrainingProgress[] = [];
    const { x, y } = makeData('regression', 100, 11);
    const data = { ...makeData('regression'), validation: { x, y } };
    const state = await nets.train(data, quick, 7, { ...idle, progress: (step) => steps.push(step) });
    expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss / 5);
    const predicted = predict(fittedModel('dense-net', data, quick, 7, state), x);
    expect(steps.at(-1)!.validationLoss! / regressionMetrics(y, predicted).mse!).toBeCloseTo(1, 4);
  });

  it('shrinks its weights under a penalty', async () => {
    const size = async (l2: number): Promise<number> => {
      const state = await nets.train(makeData('regression'), { ...quick, l2 }, 7, idle);
      return state.layers.reduce((sum, layer) => sum + layer.kernel.reduce((a, w) => a + w * w, 0), 0);
    };
    expect(await size(0.1)).toBeLessThan((await size(0)) / 4);
  });

  it('leaves no tensor behind, whether it ends, is cancelled or diverges', async () => {
    const data = makeData('regression');
    await nets.train(data, { ...quick, epochs: 1 }, 7, idle);
    const before = tf.memory().numTensors;
    await nets.train(data, { ...quick, epochs: 2, l2: 0.01 }, 7, idle);
    const stop = new AbortController();
    await nets.train(data, quick, 7, { signal: stop.signal, progress: () => stop.abort() }).catch(() => undefined);
    await nets.train(data, { ...quick, learningRate: 1e6, layers: [64, 64] }, 7, idle).catch(() => undefined);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('stops soon after a cancel that comes from outside', async () => {
    const stop = new AbortController();
    const started = performance.now();
    setTimeout(() => stop.abort(), 100);
    const training = nets.train(makeData('binary', 5000), settingsOf('dense-net', { epochs: 10000 }), 7, { ...idle, signal: stop.signal });
    await expect(training).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(2500);
  });

  it('says in which epoch it diverged', async () => {
    const wild = settingsOf('dense-net', { layers: [64, 64, 64], learningRate: 1e6, epochs: 20 });
    const outcome = await nets.train(makeData('regression'), wild, 7, idle).catch(LabError.from);
    expect(outcome).toMatchObject({ code: 'diverged', data: { epoch: expect.any(Number) as number } });
  });

  it('trains on one row and on a batch larger than the rows', async () => {
    const state = await nets.train(makeData('regression', 1), settingsOf('dense-net', { epochs: 2, batch: 4096 }), 7, idle);
    expect(state.layers.every(({ kernel }) => kernel.every(Number.isFinite))).toBe(true);
  });
});

describe('a dense net in Node', () => {
  it('says where it ran', async () => {
    const training = await createNodeNets().train(makeData('binary'), { ...quick, epochs: 2 }, 1, idle);
    expect(training).toMatchObject({ backend: 'simd', repeatable: true, trials: [{ backend: 'simd' }], versions: {} });
    expect(training.trials[0]!.milliseconds).toBeGreaterThan(0);
    expect(tensorflow).toMatchObject({ backend: 'wasm', versions: { 'tfjs-core': expect.stringMatching(/^\d+\.\d+/) as string } });
  });

  // Odd widths, a last batch that is shorter, a batch of more rows than the kernel takes at once, and no hidden layer.
  it.each([
    ['regression', { layers: [5, 9], batch: 32, l2: 0.01 }],
    ['binary', { layers: [7], batch: 700, l2: 0 }],
    ['multiclass', { layers: [16, 3], batch: 17, l2: 0 }],
  ] as const)('begins with the same weights and takes the same steps in both ways: %s', async (task, settings) => {
    const { x, y } = makeData(task, 90, 11);
    const data = { ...makeData(task, 750), validation: { x, y } };
    const few = { ...quick, ...settings, epochs: 3 };
    const told: Record<string, TrainingProgress[]> = { kernel: [], tensorflow: [] };
    const ours = await netsOf('the lab’s kernel').train(data, few, 5, { ...idle, progress: (p) => void told['kernel']!.push(p) });
    const theirs = await netsOf('TensorFlow.js').train(data, few, 5, { ...idle, progress: (p) => void told['tensorflow']!.push(p) });
    expect(ours.target).toEqual(theirs.target);
    ours.layers.forEach((layer, i) => {
      layer.kernel.forEach((weight, at) => expect(weight).toBeCloseTo(theirs.layers[i]!.kernel[at]!, 3));
      layer.bias.forEach((weight, at) => expect(weight).toBeCloseTo(theirs.layers[i]!.bias[at]!, 3));
    });
    told['kernel']!.forEach((step, i) => {
      const other = told['tensorflow']![i]!;
      expect(step.loss / other.loss).toBeCloseTo(1, 3);
      expect(step.validationLoss! / other.validationLoss!).toBeCloseTo(1, 3);
      step.histograms?.forEach((histogram, at) => {
        expect(histogram.name).toBe(other.histograms![at]!.name);
        expect(histogram.high).toBeCloseTo(other.histograms![at]!.high, 2);
      });
    });
  });
});
