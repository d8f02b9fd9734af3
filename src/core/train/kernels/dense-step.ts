import type { Task } from '../../prepare/recipe.js';
import type { DenseLayer } from '../nets/dense-layers.js';
import { denseWasm } from './dense-wasm.js';
import { compileKernel, openKernel } from './open-kernel.js';

type LossCall = (outputs: number, targets: number, gradient: number, rows: number, width: number, ...rest: number[]) => number;

/** What `assembly/dense.ts` exports. */
interface DenseCalls {
  product(a: number, rowStep: number, columnStep: number, b: number, c: number, m: number, k: number, n: number, start: number, bias: number): void;
  transpose(from: number, to: number, m: number, n: number): void;
  addRows(rows: number, m: number, n: number, sums: number): void;
  cutNegative(values: number, count: number): void;
  cutGradient(gradient: number, values: number, count: number): void;
  addScaled(target: number, source: number, factor: number, count: number): void;
  adam(weights: number, gradient: number, first: number, second: number, rate: number, left1: number, left2: number, count: number): void;
  squaredLoss: LossCall;
  binaryLoss: LossCall;
  softmaxLoss: LossCall;
}

/** A layer in memory: real and padded widths, and where its weights lie, counted in values from the start of all weights. */
interface Placed {
  readonly inputs: number;
  readonly outputs: number;
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly bias: number;
}

/** Rows that are taken together; a larger batch is summed part by part, so that memory stays bounded. */
export const ROWS_AT_ONCE = 512;

const padded = (count: number): number => Math.ceil(count / 4) * 4;

/** A net of dense layers with relu between them, in the memory of a kernel of its own, with the moments of Adam. */
export class DenseStep {
  private readonly layers: readonly Placed[];
  /** Count of weights with their padding. */
  private readonly size: number;
  private readonly call: DenseCalls;
  private readonly values: (address: number, length: number) => Float32Array;
  private readonly weights: number;
  private readonly gradient: number;
  private readonly first: number;
  private readonly second: number;
  private readonly turned: number;
  private readonly targets: number;
  /** The rows, then what each layer gives. */
  private readonly held: readonly number[];
  private readonly slopes: readonly [number, number];
  private decays: readonly [number, number] = [1, 1];

  constructor(widths: readonly number[], readonly task: Task) {
    let size = 0;
    this.layers = widths.slice(1).map((to, i) => {
      const layer = { inputs: widths[i]!, outputs: to, from: padded(widths[i]!), to: padded(to), kernel: size, bias: size + padded(widths[i]!) * padded(to) };
      size = layer.bias + layer.to;
      return layer;
    });
    this.size = size;
    const wide = Math.max(...widths.map(padded));
    const tables = this.layers.map(({ from, to }) => from * to);
    // Sizes are in values of eight bytes, two of ours.
    const sizes = [size, size, size, size, Math.max(...tables), ROWS_AT_ONCE, wide * ROWS_AT_ONCE, wide * ROWS_AT_ONCE, ...widths.map((width) => padded(width) * ROWS_AT_ONCE)];
    const kernel = openKernel<DenseCalls>((compiled ??= compileKernel(denseWasm)), sizes.map((count) => Math.ceil(count / 2)));
    this.call = kernel.call;
    this.values = (address, length) => new Float32Array(kernel.buffer, address, length);
    const [weights, gradient, first, second, turned, targets, low, high, ...held] = kernel.addresses as [number, number, number, number, number, number, number, number, ...number[]];
    [this.weights, this.gradient, this.first, this.second, this.turned, this.targets, this.slopes, this.held] = [weights, gradient, first, second, turned, targets, [low, high], held];
  }

  /** Sets the weights of a layer, `inputs` × `outputs` row by row; its biases stay 0. */
  setKernel(layer: number, kernel: ArrayLike<number>): void {
    const { inputs, outputs, to, kernel: at } = this.layers[layer]!;
    const all = this.values(this.weights, this.size);
    for (let i = 0; i < inputs; i++) for (let o = 0; o < outputs; o++) all[at + i * to + o] = kernel[i * outputs + o]!;
  }

  /** The layers as plain numbers: of the weights, or of the gradient that was summed last. */
  read(what: 'weights' | 'gradient' = 'weights'): DenseLayer[] {
    const all = this.values(this[what], this.size);
    return this.layers.map(({ inputs, outputs, to, kernel, bias }) => ({
      inputs,
      outputs,
      kernel: Array.from({ length: inputs * outputs }, (_, at) => all[kernel + Math.floor(at / outputs) * to + (at % outputs)]!),
      bias: Array.from(all.subarray(bias, bias + outputs)),
    }));
  }

  /** Sums the loss of at most `ROWS_AT_ONCE` rows, and adds its gradient, times `part`, to what was summed. */
  addGradient(rows: number, fill: (x: Float32Array, width: number, targets: Float32Array) => void, part: number): number {
    const loss = this.lossOf(rows, fill, part);
    for (let i = this.layers.length - 1; i >= 0; i--) this.backThrough(i, padded(rows));
    return loss;
  }

  /** Sum of the losses of at most `ROWS_AT_ONCE` rows; `fill` writes their inputs, each `width` after the last, and their targets. */
  lossOf(rows: number, fill: (x: Float32Array, width: number, targets: Float32Array) => void, part = 1): number {
    const whole = padded(rows);
    const width = this.layers[0]!.from;
    fill(this.values(this.held[0]!, whole * width), width, this.values(this.targets, whole));
    this.layers.forEach((layer, i) => this.runLayer(layer, i, whole));
    const last = this.layers.at(-1)!;
    const gradient = this.slopeAt(this.layers.length - 1);
    this.values(gradient, whole * last.to).fill(0);
    const outputs = this.held.at(-1)!;
    if (this.task === 'regression') return this.call.squaredLoss(outputs, this.targets, gradient, rows, last.to, part);
    if (this.task === 'binary') return this.call.binaryLoss(outputs, this.targets, gradient, rows, last.to, part);
    return this.call.softmaxLoss(outputs, this.targets, gradient, rows, last.to, last.outputs, part);
  }

  private runLayer({ from, to, kernel, bias }: Placed, i: number, rows: number): void {
    const out = this.held[i + 1]!;
    this.call.product(this.held[i]!, from * 4, 4, this.weights + kernel * 4, out, rows, from, to, 1, this.weights + bias * 4);
    if (i < this.layers.length - 1) this.call.cutNegative(out, rows * to);
  }

  private backThrough(i: number, rows: number): void {
    const { from, to, kernel, bias } = this.layers[i]!;
    const slope = this.slopeAt(i);
    this.call.product(this.held[i]!, 4, from * 4, slope, this.gradient + kernel * 4, from, rows, to, 2, 0);
    this.call.addRows(slope, rows, to, this.gradient + bias * 4);
    if (i === 0) return;
    this.call.transpose(this.weights + kernel * 4, this.turned, from, to);
    this.call.product(slope, to * 4, 4, this.turned, this.slopeAt(i - 1), rows, to, from, 0, 0);
    this.call.cutGradient(this.slopeAt(i - 1), this.held[i]!, rows * from);
  }

  private slopeAt(layer: number): number {
    return this.slopes[layer & 1 ? 1 : 0];
  }

  /** Adds the slope of l2 · Σ kernel². */
  addPenalty(l2: number): void {
    for (const { from, to, kernel } of this.layers) this.call.addScaled(this.gradient + kernel * 4, this.weights + kernel * 4, 2 * l2, from * to);
  }

  clearGradient(): void {
    this.values(this.gradient, this.size).fill(0);
  }

  /** One step of Adam along the gradient that was summed. */
  takeStep(rate: number): void {
    this.decays = [this.decays[0] * 0.9, this.decays[1] * 0.999];
    this.call.adam(this.weights, this.gradient, this.first, this.second, rate, 1 - this.decays[0], 1 - this.decays[1], this.size);
  }
}

let compiled: WebAssembly.Module | undefined;
