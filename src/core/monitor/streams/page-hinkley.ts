export interface PageHinkleyOptions {
  /** A rise of the mean that is let pass. */
  readonly delta: number;
  /** The sum above which it says drift. */
  readonly lambda: number;
  /** How slowly the sum forgets; 1 never. */
  readonly alpha: number;
  readonly minValues: number;
}

export const PAGE_HINKLEY_DEFAULTS: PageHinkleyOptions = { delta: 0.005, lambda: 50, alpha: 0.9999, minValues: 30 };

/** Page and Hinkley's test for a rise of the mean (Page 1954): S = max(0, α·S + x − running mean − δ), drift when S > λ. It starts anew after drift. */
export class PageHinkley {
  #count = 0;
  #mean = 0;
  #sum = 0;

  constructor(readonly options: PageHinkleyOptions = PAGE_HINKLEY_DEFAULTS) {}

  /** Whether the stream has changed with this value. */
  add(value: number): boolean {
    const { delta, lambda, alpha, minValues } = this.options;
    this.#count += 1;
    this.#mean += (value - this.#mean) / this.#count;
    this.#sum = Math.max(0, alpha * this.#sum + (value - this.#mean - delta));
    if (this.#count < minValues || !(this.#sum > lambda)) return false;
    [this.#count, this.#mean, this.#sum] = [0, 0, 0];
    return true;
  }
}
