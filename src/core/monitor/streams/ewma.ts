import { LabError } from '../../lab-error.js';

export interface EwmaOptions {
  /** Weight of the newest value. */
  readonly lambda: number;
  /** Width of the limits in standard deviations. */
  readonly width: number;
}

export const EWMA_DEFAULTS: EwmaOptions = { lambda: 0.2, width: 3 };

/**
 * The exponentially weighted moving average chart of Roberts (1959): z = λ·x + (1 − λ)·z from the reference's mean μ, alarm when |z − μ| passes
 * L·σ·√(λ/(2 − λ)·(1 − (1 − λ)^2t)). Throws `no-rows` without a reference.
 */
export class Ewma {
  readonly mean: number;
  /** Of the reference, denominator n. */
  readonly deviation: number;
  #smoothed: number;
  #count = 0;

  constructor(
    reference: ArrayLike<number>,
    readonly options: EwmaOptions = EWMA_DEFAULTS,
  ) {
    const values = Array.from(reference);
    if (values.length === 0) throw new LabError('no-rows');
    this.mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    this.deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - this.mean) ** 2, 0) / values.length);
    this.#smoothed = this.mean;
  }

  get smoothed(): number {
    return this.#smoothed;
  }

  /** Whether the average is outside the limits after this value. */
  add(value: number): boolean {
    const { lambda, width } = this.options;
    this.#count += 1;
    this.#smoothed = lambda * value + (1 - lambda) * this.#smoothed;
    const limit = width * this.deviation * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * this.#count)));
    return Math.abs(this.#smoothed - this.mean) > limit;
  }
}
