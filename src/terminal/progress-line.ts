import type { Progress } from '../lab/verb.js';

const EVERY_MS = 1000;

/** Tells of a long act now and then: its first word after a second, then at most one line a second. */
export class ProgressLine {
  #last: number;

  constructor(
    private readonly now: () => number,
    private readonly show: (text: string) => void,
  ) {
    this.#last = now();
  }

  report({ done, total, note, loss, validationLoss }: Progress): void {
    if (this.now() - this.#last < EVERY_MS) return;
    this.#last = this.now();
    const share = total > 0 ? `${done}/${total} (${Math.floor((100 * done) / total)} %)` : String(done);
    const losses = [loss === undefined ? '' : `  loss ${loss.toPrecision(4)}`, validationLoss === undefined ? '' : `  validation ${validationLoss.toPrecision(4)}`];
    this.show(`… ${note.split('.').at(-1)!} ${share}${losses.join('')}\n`);
  }
}
