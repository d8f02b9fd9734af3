import type { KernelConfig, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { wasmKernel } from './wasm-kernel.js';

/** `UnsortedSegmentSum`: rows with the same id added up, which is the gradient of looking rows up; ids outside the segments are left out. */
export const segmentSum = (): KernelConfig =>
  wasmKernel('UnsortedSegmentSum', ['x', 'segmentIds'], ([x], attributes) => {
    const { numSegments } = attributes as unknown as UnsortedSegmentSumAttrs;
    const inner = x!.shape.slice(1);
    const width = inner.reduce((product, side) => product * side, 1);
    return { shape: [numSegments, ...inner], fill: (out, values, ids) => addRows(out, values!, ids!, width, numSegments) };
  });

function addRows(out: Float32Array, values: Float32Array, ids: ArrayLike<number>, width: number, segments: number): void {
  for (let row = 0, at = 0; row < ids.length; row++, at += width) {
    const id = ids[row]!;
    if (id < 0 || id >= segments) continue;
    for (let i = 0, to = id * width; i < width; i++, to++) out[to]! += values[at + i]!;
  }
}
