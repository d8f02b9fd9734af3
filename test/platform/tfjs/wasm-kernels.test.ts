import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { supplyWasmKernels } from '../../../src/platform/tfjs/kernels/supply-wasm-kernels.js';

const SUPPLIED = ['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter', 'DepthwiseConv2dNativeBackpropInput', 'UnsortedSegmentSum'];
const random = createRandom(5);
const numbers = (shape: readonly number[]): Float32Array => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.max(-0.7, 2 * random() - 1));

/** What `compute` gives on each of the two backends. */
async function onBoth(compute: () => tf.Tensor): Promise<[Float32Array, Float32Array]> {
  const found: Float32Array[] = [];
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    found.push(tf.tidy(() => compute().dataSync()) as Float32Array);
  }
  return [found[0]!, found[1]!];
}

async function expectAlike(compute: () => tf.Tensor): Promise<void> {
  const [cpu, wasm] = await onBoth(compute);
  expect(wasm).toHaveLength(cpu.length);
  expect(cpu.some((value) => Math.abs(value) > 0.01)).toBe(true);
  cpu.forEach((value, i) => expect(Math.abs(wasm[i]! - value)).toBeLessThan(2e-5 * Math.max(1, Math.abs(value))));
}

beforeAll(() => {
  for (const name of SUPPLIED) expect(tf.getKernel(name, 'wasm'), `${name} is still lacking`).toBeFalsy();
  supplyWasmKernels(tf);
  supplyWasmKernels(tf);
  setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/'));
});

it('every kernel that a gradient of the cpu backend needs is there on wasm', () => {
  const gradientsOnly = tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName).filter((name) => /Grad$|Backprop|SegmentSum$/.test(name));
  expect(gradientsOnly.length).toBeGreaterThan(10);
  expect(gradientsOnly.filter((name) => !tf.getKernel(name, 'wasm'))).toEqual([]);
});

const PADS = ['same', 'valid', 1] as const;

describe.each([[1, 3], [2, 3], [[2, 1] as [number, number], 3], [3, 5]] as const)('convolutions with strides %j and filters of %i', (strides, size) => {
  it.each(PADS)('have the same gradient by their filters (pad %s)', async (pad) => {
    // The wasm backend's own convolution writes outside its memory for unlike strides with a pad in pixels.
    if (typeof strides === 'object' && pad === 1) return;
    const [x, w] = [numbers([3, 7, 6, 2]), numbers([size, size, 2, 4])];
    await expectAlike(() => tf.grad((filter: tf.Tensor) => tf.sum(tf.square(tf.conv2d(tf.tensor4d(x, [3, 7, 6, 2]), filter as tf.Tensor4D, strides as number, pad))))(tf.tensor4d(w, [size, size, 2, 4])));
  });

  it.each(['same', 'valid'] as const)('with a channel each have the same gradients (pad %s)', async (pad) => {
    if (typeof strides === 'object') return;
    const [x, w] = [numbers([2, 7, 6, 3]), numbers([size, size, 3, 2])];
    const run = (input: tf.Tensor, filter: tf.Tensor): tf.Tensor => tf.sum(tf.square(tf.depthwiseConv2d(input as tf.Tensor4D, filter as tf.Tensor4D, strides as number, pad)));
    await expectAlike(() => tf.grad((filter: tf.Tensor) => run(tf.tensor4d(x, [2, 7, 6, 3]), filter))(tf.tensor4d(w, [size, size, 3, 2])));
    await expectAlike(() => tf.grad((input: tf.Tensor) => run(input, tf.tensor4d(w, [size, size, 3, 2])))(tf.tensor4d(x, [2, 7, 6, 3])));
  });
});

it('a convolution along a line has the same gradient by its filters', async () => {
  const [x, w] = [numbers([2, 9, 3]), numbers([3, 3, 4])];
  await expectAlike(() => tf.grad((filter: tf.Tensor) => tf.sum(tf.square(tf.conv1d(tf.tensor3d(x, [2, 9, 3]), filter as tf.Tensor3D, 1, 'same'))))(tf.tensor3d(w, [3, 3, 4])));
});

describe('adding up segments', () => {
  it('gives looked-up rows their gradient, rows that are asked for twice twice', async () => {
    const table = numbers([6, 4]);
    await expectAlike(() => tf.grad((rows: tf.Tensor) => tf.sum(tf.square(tf.gather(rows, tf.tensor1d([5, 0, 0, 3, 5, 5], 'int32')))))(tf.tensor2d(table, [6, 4])));
  });

  it('leaves ids outside the segments out and segments without a row at 0', async () => {
    await tf.setBackend('wasm');
    const sum = tf.tidy(() => tf.unsortedSegmentSum(tf.tensor2d([[1, 2], [3, 4], [5, 6], [7, 8]]), tf.tensor1d([2, 0, 2, 9], 'int32'), 4).arraySync());
    expect(sum).toEqual([[3, 4], [0, 0], [6, 8], [0, 0]]);
  });
});

it('works while memory grows, and leaves no tensor behind', async () => {
  await tf.setBackend('wasm');
  const before = tf.memory().numTensors;
  const large = tf.tidy(() => tf.grad((filter: tf.Tensor) => tf.sum(tf.conv2d(tf.ones<tf.Rank.R4>([8, 128, 128, 16]), filter as tf.Tensor4D, 1, 'same')))(tf.ones([3, 3, 16, 8])).dataSync());
  expect(large[4 * 16 * 8]).toBe(8 * 128 * 128);
  expect(tf.memory().numTensors).toBe(before);
});

it.each([[2, 2, 'valid'], [3, 2, 'same'], [3, 1, 1]] as const)('pooling by %i in steps of %i (%s) sends gradients to the greatest, also where all are below 0', async (size, stride, pad) => {
  const x = numbers([2, 7, 6, 3]).map((value) => value - 0.9);
  await expectAlike(() => tf.grad((input: tf.Tensor) => tf.sum(tf.square(tf.maxPool(input as tf.Tensor4D, size, stride, pad))))(tf.tensor4d(x, [2, 7, 6, 3])));
});
