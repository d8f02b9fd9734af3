import { LabError } from '../../core/lab-error.js';
import type { TrainingProgress } from '../../core/train/model.js';
import type { TrainReply, TrainRequest } from './messages.js';

/** The part of a Worker that the client needs, so that a test can play it. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** How to ask: when to give up, whom to tell, and what a cancel means. */
export interface AskOptions {
  readonly signal: AbortSignal;
  readonly progress?: (progress: TrainingProgress) => void;
  /** After this the worker is terminated and `too-slow` thrown. */
  readonly limitMs?: number;
  /** How long a cancelled worker may take to stop by itself before it is terminated. */
  readonly graceMs?: number;
}

type Answer = Exclude<TrainReply, { type: 'progress' | 'failed' }>;

/**
 * Asks one question of a training worker. Throws the worker's own `LabError`, `cancelled` (at the latest after the grace), `too-slow`,
 * or `worker-failed` when it dies. A worker that was given up is terminated.
 */
export function askWorker(worker: WorkerLike, request: TrainRequest, options: AskOptions): Promise<Answer> {
  const { signal, progress, limitMs, graceMs = 1000 } = options;
  return new Promise<Answer>((resolve, reject) => {
    const timers: ReturnType<typeof setTimeout>[] = [];
    const giveUp = (error: LabError): void => {
      worker.terminate();
      settle(() => reject(error));
    };
    const cancel = (): void => {
      worker.postMessage({ type: 'cancel' } satisfies TrainRequest);
      timers.push(setTimeout(() => giveUp(new LabError('cancelled')), graceMs));
    };
    const settle = (finish: () => void): void => {
      timers.forEach(clearTimeout);
      signal.removeEventListener('abort', cancel);
      worker.onmessage = null;
      worker.onerror = null;
      finish();
    };
    worker.onmessage = ({ data }: MessageEvent<TrainReply>) => {
      if (data.type === 'progress') progress?.(data.progress);
      else if (data.type === 'failed') settle(() => reject(new LabError(data.code, data.data)));
      else settle(() => resolve(data));
    };
    worker.onerror = (event) => giveUp(new LabError('worker-failed', { message: event.message }));
    if (limitMs !== undefined) timers.push(setTimeout(() => giveUp(new LabError('too-slow')), limitMs));
    if (signal.aborted) return giveUp(new LabError('cancelled'));
    signal.addEventListener('abort', cancel);
    worker.postMessage(request);
  });
}
