import type { TrialRunner } from '../trial-port.js';
import type { VerbContext } from '../verb.js';
import { runTrial } from './run-trial.js';

/** Makes trials in this thread, in turns; for places without workers of their own. */
export function createLocalTrials({ platform, breathe }: Pick<VerbContext, 'platform' | 'breathe'>): TrialRunner {
  return {
    width: 1,
    open(inputs, width) {
      const free = Array.from({ length: width }, (_, at) => width - at);
      return {
        async run(job, { signal, progress }) {
          const worker = free.pop()!;
          const rest = async (): Promise<void> => {
            signal.throwIfAborted();
            await breathe();
            signal.throwIfAborted();
          };
          try {
            return await runTrial(inputs, job, { platform, signal, breathe: rest, progress: (share) => progress({ worker, share }) });
          } finally {
            free.push(worker);
          }
        },
        close: () => undefined,
      };
    },
  };
}
