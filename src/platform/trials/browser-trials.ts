import { LabError } from '../../core/lab-error.js';
import { suitableWidth, type TrialHooks, type TrialInputs, type TrialJob, type TrialPool, type TrialResult, type TrialRunner } from '../../lab/trial-port.js';
import type { TrialReply, TrialRequest } from './messages.js';

/** The part of a Worker that is needed, so that a test can play it. */
export interface TrialWorker {
  postMessage(message: TrialRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<TrialReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Makes trials in workers, each with a tensor library of its own when nets are trained. */
export function createBrowserTrials(spawn: () => TrialWorker = spawnTrialWorker, width = suitableWidth(navigator.hardwareConcurrency)): TrialRunner {
  return { width, open: (inputs, wanted) => openPool(spawn, inputs, wanted) };
}

interface Place {
  readonly number: number;
  worker?: TrialWorker;
  /** The worker has started; one that never does is no matter of a trial. */
  ready: boolean;
}

function openPool(spawn: () => TrialWorker, inputs: TrialInputs, width: number): TrialPool {
  const places: readonly Place[] = Array.from({ length: width }, (_, at) => ({ number: at + 1, ready: false }));
  const busy = new Set<Place>();
  return {
    async run(job, hooks) {
      const place = places.find((one) => !busy.has(one));
      if (!place) throw new LabError('unexpected', { message: `more than ${width} trials at once` });
      busy.add(place);
      try {
        return await ask(place, spawn, inputs, job, hooks);
      } finally {
        busy.delete(place);
      }
    },
    close: () => places.forEach(end),
  };
}

function end(place: Place): void {
  place.worker?.terminate();
  delete place.worker;
  place.ready = false;
}

/** A cancel ends the worker: a training that reckons without a pause hears nothing else. */
function ask(place: Place, spawn: () => TrialWorker, inputs: TrialInputs, job: TrialJob, { signal, progress }: TrialHooks): Promise<TrialResult> {
  return new Promise<TrialResult>((resolve, reject) => {
    if (signal.aborted) return reject(new LabError('cancelled'));
    const fresh = place.worker === undefined;
    const worker = (place.worker ??= spawn());
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', cancel);
      worker.onmessage = null;
      worker.onerror = null;
      finish();
    };
    const giveUp = (error: LabError): void => {
      end(place);
      settle(() => reject(error));
    };
    const cancel = (): void => giveUp(new LabError('cancelled'));
    worker.onmessage = ({ data }) => {
      if (data.type === 'ready') place.ready = true;
      else if (data.type === 'progress') progress({ worker: place.number, share: data.share });
      else if (data.type === 'made') settle(() => resolve(data.result));
      // What is not foreseen, such as no memory for an array, leaves a worker that is not to be trusted.
      else if (data.code === 'unexpected') giveUp(new LabError('trial-died', data.data));
      else settle(() => reject(new LabError(data.code, data.data)));
    };
    worker.onerror = (event) => giveUp(new LabError(place.ready ? 'trial-died' : 'worker-failed', { message: event.message ?? '' }));
    signal.addEventListener('abort', cancel);
    progress({ worker: place.number, share: 0 });
    if (fresh) worker.postMessage({ type: 'load', inputs });
    worker.postMessage({ type: 'run', job });
  });
}

function spawnTrialWorker(): TrialWorker {
  return new Worker(new URL('../../workers/trial.ts', import.meta.url), { type: 'module' });
}
