import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { checkFitting, fittedModel, predict } from '../../../src/core/train/fit.js';
import { integratedGradients } from '../../../src/core/explain/integrated-gradients.js';
import { findImageColumns, pixelNames } from '../../../src/core/table/image-columns.js';
import type { FittedModel, TrainingData } from '../../../src/core/train/model.js';
import type { ConvNetState } from '../../../src/core/train/models/conv-net.js';
import { netGradient } from '../../../src/core/train/nets/net-gradient.js';
import { settingsOf } from '../../../src/core/train/settings.js';
import { createNodeNets } from '../../../src/platform/tfjs/node-nets.js';
import { shiftPictures } from '../../../src/platform/tfjs/shift-pictures.js';

const SIDE = 7;
const nets = createNodeNets();
const idle = { signal: new AbortController().signal, progress: (): void => undefined };

/** Pictures with a bar along one side or the other, or a cross, with noise. */
function bars(rows: number, seed: number, task: TrainingData['task'] = 'multiclass'): TrainingData {
  const random = createRandom(seed);
  const data = new Float64Array(rows * SIDE * SIDE);
  const y = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const kind = Math.floor(random() * (task === 'binary' ? 2 : 3));
    const at = 1 + Math.floor(random() * (SIDE - 2));
    y[row] = task === 'regression' ? 10 * kind : kind;
    for (let i = 0; i < SIDE * SIDE; i++) data[row * SIDE * SIDE + i] = Math.floor(40 * random());
    for (let i = 0; i < SIDE; i++) {
      if (kind !== 1) data[row * SIDE * SIDE + at * SIDE + i] = 200;
      if (kind !== 0) data[row * SIDE * SIDE + i * SIDE + at] = 200;
    }
  }
  return { x: { rows, columns: SIDE * SIDE, data }, y, task, classes: task === 'binary' ? 2 : task === 'multiclass' ? 3 : 0, features: pixelNames(SIDE * SIDE) };
}

const settings = settingsOf('conv-net', { filters: [4, 8], units: 16, epochs: 20, dropout: 0, batch: 16 });

async function fit(data: TrainingData, own = settings, seed = 7): Promise<FittedModel> {
  return fittedModel('conv-net', data, own, seed, (await nets.train(data, own, seed, idle, 'conv-net')).state);
}

function accuracy(model: FittedModel, data: TrainingData): number {
  const scores = predict(model, data.x);
  return data.y.filter((code, row) => scores.subarray(3 * row, 3 * row + 3).indexOf(Math.max(...scores.subarray(3 * row, 3 * row + 3))) === code).length / data.y.length;
}

describe('a conv net', () => {
  it('tells pictures apart that it never saw, and is answered in plain TypeScript as TensorFlow.js answers it', async () => {
    const model = await fit(bars(300, 1));
    const later = bars(100, 2);
    expect(accuracy(model, later)).toBeGreaterThan(0.95);
    const state = model.state as ConvNetState;
    const theirs = tf.tidy(() => {
      let x: tf.Tensor = tf.tensor4d(Float32Array.from(later.x.data, (pixel) => pixel / state.divisor), [100, SIDE, SIDE, 1]);
      for (const { size, inputs, outputs, weights, bias } of state.filters) {
        x = tf.maxPool(tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, tf.tensor4d([...weights], [size, size, inputs, outputs]), 1, 'same'), tf.tensor1d([...bias]))) as tf.Tensor4D, 2, 2, 'valid');
      }
      x = tf.reshape(x, [100, -1]);
      state.layers.forEach(({ kernel, inputs, outputs, bias }, i) => {
        x = tf.add(tf.matMul(x as tf.Tensor2D, tf.tensor2d([...kernel], [inputs, outputs])), tf.tensor1d([...bias]));
        if (i === 0) x = tf.relu(x);
      });
      return tf.softmax(x as tf.Tensor2D).dataSync();
    });
    predict(model, later.x).forEach((value, i) => expect(Math.abs(value - theirs[i]!)).toBeLessThan(1e-5));
  });

  it.each(['regression', 'binary'] as const)('learns a %s too', async (task) => {
    const model = await fit(bars(200, 1, task));
    const later = bars(80, 2, task);
    const wrong = predict(model, later.x).filter((value, row) => Math.abs(value - later.y[row]!) > (task === 'regression' ? 4 : 0.5)).length;
    expect(wrong).toBeLessThan(8);
  });

  it('gives the same weights for the same seed, with dropout and shifts too, and others for another', async () => {
    const data = bars(64, 1);
    const own = { ...settings, epochs: 2, dropout: 0.4, shift: 2 };
    const [a, b, c] = [await fit(data, own, 1), await fit(data, own, 1), await fit(data, own, 2)];
    expect(JSON.stringify(b.state)).toBe(JSON.stringify(a.state));
    expect(JSON.stringify(c.state)).not.toBe(JSON.stringify(a.state));
  });

  it('says in which epoch it diverged, stops when it is cancelled, and leaves no tensor behind', async () => {
    const data = bars(64, 1);
    await fit(data, { ...settings, epochs: 1 });
    const before = tf.memory().numTensors;
    await expect(fit(bars(64, 1, 'regression'), { ...settings, filters: [16, 16, 16], units: 64, learningRate: 1e6 })).rejects.toMatchObject({ code: 'diverged', data: { epoch: expect.any(Number) as number } });
    const stop = new AbortController();
    await expect(nets.train(data, settings, 7, { signal: stop.signal, progress: () => stop.abort() }, 'conv-net')).rejects.toMatchObject({ code: 'cancelled' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses rows that are no pictures', () => {
    const { x, y } = bars(8, 1);
    const data = (features: readonly string[]): TrainingData => ({ x: { ...x, columns: features.length, data: x.data.slice(0, 8 * features.length) }, y, task: 'multiclass', classes: 3, features });
    for (const features of [['a', 'b'], pixelNames(48), [...pixelNames(16), 'age'], pixelNames(16).reverse()]) {
      expect(() => checkFitting('conv-net', data(features))).toThrowError(expect.objectContaining({ code: 'not-images' }) as Error);
    }
    expect(() => checkFitting('conv-net', data(pixelNames(16)))).not.toThrow();
    expect(findImageColumns(['label', ...pixelNames(64)])).toMatchObject({ side: 8 });
  });
});

describe('the gradient of a net by its inputs', () => {
  it.each([['conv-net', 'multiclass', 2], ['conv-net', 'binary', 1], ['conv-net', 'regression', 1], ['dense-net', 'multiclass', 0]] as const)('%s, %s: is what small steps show', async (kind, task, output) => {
    const data = bars(60, 1, task);
    const own = kind === 'conv-net' ? { ...settings, epochs: 3 } : settingsOf('dense-net', { epochs: 3, layers: [8, 6], learningRate: 0.001 });
    const model = fittedModel(kind, data, own, 7, (await nets.train(data, own, 7, idle, kind)).state);
    const x = data.x.data.slice(0, SIDE * SIDE);
    const value = (row: Float64Array): number => {
      const scores = predict(model, { rows: 1, columns: row.length, data: row });
      return task === 'multiclass' ? scores[output]! : scores[0]!;
    };
    const gradient = netGradient(model, output)!(x);
    const size = Math.max(...gradient.map(Math.abs));
    expect(size).toBeGreaterThan(0);
    for (let i = 0; i < x.length; i += 3) {
      const step = (by: number): number => value(x.map((pixel, at) => (at === i ? pixel + by : pixel)));
      expect(Math.abs((step(1e-4) - step(-1e-4)) / 2e-4 - gradient[i]!)).toBeLessThan(1e-3 * size + 1e-9);
    }
    const baseline = new Float64Array(x.length);
    const shares = await integratedGradients(x, baseline, async (inputs, count) => Array.from({ length: count }, (_, s) => [...netGradient(model, output)!(Float64Array.from(inputs.subarray(s * x.length, (s + 1) * x.length)))]).flat(), 200);
    const moved = value(x) - value(baseline);
    expect(Math.abs(shares.reduce((a, b) => a + b, 0) - moved)).toBeLessThan(0.02 * Math.max(1, Math.abs(moved)));
  });
});

describe('shifting pictures', () => {
  it('moves what is there by at most so many pixels and fills with 0', () => {
    const picture = Float32Array.from({ length: 25 }, (_, i) => (i === 12 ? 1 : 0));
    const seen = new Set<number>();
    const random = createRandom(1);
    for (let i = 0; i < 200; i++) seen.add(shiftPictures(picture, 5, 1, random).indexOf(1));
    expect([...seen].sort((a, b) => a - b)).toEqual([6, 7, 8, 11, 12, 13, 16, 17, 18]);
    const corner = shiftPictures(Float32Array.from({ length: 25 }, () => 1), 5, 2, () => 0.999);
    expect([...corner.slice(0, 10)]).toEqual(new Array(10).fill(0));
    expect(corner[24]).toBe(1);
  });
});
