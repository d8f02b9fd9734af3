import type { Gradual } from '../core/gradual.js';
import type { VerbContext } from './verb.js';

/** What long work needs to tell how far it is and to be stopped. */
export type Pace = Pick<VerbContext, 'progress' | 'breathe'>;

const PARTS = 100;

/** Does gradual work with breaths between its parts; throws `cancelled` when asked to stop. Without a pace it is done in one go. */
export async function gradually<T>(work: Gradual<T>, note: string, pace: Pace | undefined): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    pace?.progress({ done: Math.round(step.value * PARTS), total: PARTS, note });
    await pace?.breathe();
  }
}
