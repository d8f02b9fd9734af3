/** What a stream detector says after a value: nothing, take care, or the stream has changed. */
export type StreamSignal = 'warning' | 'drift' | undefined;

export interface DdmOptions {
  readonly minValues: number;
  /** Standard deviations above the best error rate at which it warns, and at which it says drift. */
  readonly warningLevel: number;
  readonly driftLevel: number;
}

export const DDM_DEFAULTS: DdmOptions = { minValues: 30, warningLevel: 2, driftLevel: 3 };

/**
 * The drift detection method of Gama, Medas, Castillo and Rodrigues (2004) over errors 0 and 1: p + s, the running error rate and its deviation
 * √(p(1 − p)/n), against the least it has been. `add` signals a warning once an episode; after drift it starts anew.
 */
export class Ddm {
  #count = 0;
  #errors = 0;
  #leastRate = Infinity;
  #leastDeviation = Infinity;
  #warned = false;

  constructor(readonly options: DdmOptions = DDM_DEFAULTS) {}

  add(error: number): StreamSignal {
    this.#count += 1;
    this.#errors += error;
    const rate = this.#errors / this.#count;
    const deviation = Math.sqrt((rate * (1 - rate)) / this.#count);
    if (this.#count < this.options.minValues) return undefined;
    if (rate + deviation <= this.#leastRate + this.#leastDeviation) [this.#leastRate, this.#leastDeviation] = [rate, deviation];
    const above = (level: number): boolean => rate + deviation > this.#leastRate + level * this.#leastDeviation && (this.#leastDeviation > 0 || rate > this.#leastRate);
    if (above(this.options.driftLevel)) return this.#restart();
    const warns = above(this.options.warningLevel);
    const first = warns && !this.#warned;
    this.#warned = warns;
    return first ? 'warning' : undefined;
  }

  #restart(): 'drift' {
    [this.#count, this.#errors, this.#leastRate, this.#leastDeviation, this.#warned] = [0, 0, Infinity, Infinity, false];
    return 'drift';
  }
}
