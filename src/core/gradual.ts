/** Work that pauses now and then to say which share of it is done, from 0 to 1. */
export type Gradual<T> = Generator<number, T>;

/** Rows between two pauses of a loop over rows. */
export const ROWS_A_PAUSE = 8192;

/** Does gradual work in one go. */
export function finish<T>(work: Gradual<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
