import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensorflow } from '../net.js';

/** Sizes of a sliding window and of what it slides over, as the core computes them. */
export type WindowSizes = ReturnType<Tensorflow['backend_util']['computeConv2DInfo']>;

/** What a kernel computes: the shape of its output, and the output itself from its inputs, all as flat numbers. */
export interface KernelWork {
  readonly shape: number[];
  fill(out: Float32Array, ...inputs: Float32Array[]): void;
}

/** A kernel of the wasm backend that is computed here, over the backend's own memory. */
export function wasmKernel(kernelName: string, inputNames: readonly string[], plan: (inputs: readonly TensorInfo[], attributes: NamedAttrMap) => KernelWork): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as BackendWasm;
      const given = inputNames.map((name) => (inputs as Readonly<Record<string, TensorInfo>>)[name]!);
      const { shape, fill } = plan(given, attrs ?? {});
      // The output comes first, because memory that grows takes the earlier views away.
      const out = wasm.makeOutput(shape, 'float32');
      const view = wasm.typedArrayFromHeap(out) as Float32Array;
      fill(view.fill(0), ...given.map((input) => wasm.typedArrayFromHeap(input) as Float32Array));
      return out;
    },
  };
}

/** From which and up to which output a filter's place `tap` meets the input, along one side. */
export function reach(tap: number, before: number, stride: number, inputs: number, outputs: number): readonly [from: number, to: number] {
  return [Math.max(0, Math.ceil((before - tap) / stride)), Math.min(outputs, Math.ceil((inputs + before - tap) / stride))];
}
