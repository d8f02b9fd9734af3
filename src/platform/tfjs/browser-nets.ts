import { LabError } from '../../core/lab-error.js';
import { isRepeatable, pickBackend, type BackendName, type BackendTrial, type NetTraining, type ReportingNetTrainer, type SkippedBackend } from './backends.js';
import type { NetJob } from './net.js';
import type { TrainingHooks } from './net-trainer.js';
import { askWorker, type WorkerLike } from './train-client.js';

interface Survey {
  readonly trials: readonly BackendTrial[];
  readonly skipped: readonly SkippedBackend[];
}

/** How long a backend may take to load and make its trial, whatever its adapter promised. */
const TRIAL_LIMIT_MS = 6000;

/** Codes that are about the data or the learner's wish, not about the backend. */
const FINAL = new Set(['cancelled', 'diverged', 'no-rows', 'one-class', 'not-finite']);

/**
 * Trains nets in a worker on the fastest backend of this machine. The trials are made once for each shape of net. When a
 * backend is lost on the way, the training starts again on the next best, and `skipped` says so.
 */
export function createBrowserNets(spawn: () => WorkerLike = spawnTrainWorker): ReportingNetTrainer {
  const surveys = new Map<string, Survey>();
  return {
    async train(data, settings, seed, hooks, kind = 'dense-net') {
      const job: NetJob = { kind, data, settings, seed };
      const { epochs: _epochs, learningRate: _rate, l2: _l2, dropout: _dropout, shift: _shift, ways: _ways, ...shape } = settings;
      const key = JSON.stringify([kind, data.x.columns, data.task, data.classes, shape]);
      const survey = surveys.get(key) ?? (await surveyBackends(spawn, job, hooks.signal));
      const training = await trainOnBest(spawn, job, survey, hooks);
      // A backend that was lost is not asked again on this page.
      surveys.set(key, { trials: survey.trials.filter(({ backend }) => !training.skipped.some((lost) => lost.backend === backend)), skipped: training.skipped });
      return training;
    },
  };
}

function spawnTrainWorker(): WorkerLike {
  return new Worker(new URL('../../workers/train.ts', import.meta.url), { type: 'module' });
}

async function withWorker<T>(spawn: () => WorkerLike, use: (worker: WorkerLike) => Promise<T>): Promise<T> {
  const worker = spawn();
  try {
    return await use(worker);
  } finally {
    worker.terminate();
  }
}

async function surveyBackends(spawn: () => WorkerLike, job: NetJob, signal: AbortSignal): Promise<Survey> {
  const gpus = await withWorker(spawn, (worker) => askWorker(worker, { type: 'survey' }, { signal, limitMs: TRIAL_LIMIT_MS })).catch((cause: unknown) => {
    if (LabError.from(cause).code === 'cancelled') throw cause;
    return undefined;
  });
  const found = gpus?.type === 'surveyed' ? gpus : { found: [], skipped: [] };
  const trials: BackendTrial[] = [];
  const skipped: SkippedBackend[] = [...found.skipped];
  for (const backend of [...found.found, 'wasm', 'cpu'] as BackendName[]) {
    // One backend must be left, however slow: wasm, or cpu when wasm does not start.
    const last = backend === 'wasm' || (backend === 'cpu' && trials.length === 0);
    const outcome = await tryBackend(spawn, backend, job, signal, last ? undefined : TRIAL_LIMIT_MS);
    if ('reason' in outcome) skipped.push(outcome);
    else trials.push(outcome);
  }
  return { trials, skipped };
}

async function tryBackend(
  spawn: () => WorkerLike,
  backend: BackendName,
  job: NetJob,
  signal: AbortSignal,
  limitMs?: number,
): Promise<BackendTrial | SkippedBackend> {
  try {
    // A worker of its own, because a GPU that hangs can only be stopped with its worker.
    const answer = await withWorker(spawn, (worker) => askWorker(worker, { type: 'trial', backend, job }, { signal, limitMs }));
    return answer.type === 'tried' ? { backend, milliseconds: answer.milliseconds } : { backend, reason: 'failed' };
  } catch (cause) {
    const { code, message } = LabError.from(cause);
    if (code === 'cancelled') throw cause;
    return code === 'too-slow' ? { backend, reason: 'too-slow' } : { backend, reason: 'failed', detail: message };
  }
}

async function trainOnBest(spawn: () => WorkerLike, job: NetJob, survey: Survey, hooks: TrainingHooks): Promise<NetTraining> {
  const skipped = [...survey.skipped];
  let left = survey.trials;
  for (;;) {
    const backend = pickBackend(left);
    if (!backend) throw new LabError('no-backend', { reasons: skipped.map((left) => `${left.backend}: ${left.detail ?? left.reason}`) });
    try {
      const answer = await withWorker(spawn, (worker) => askWorker(worker, { type: 'train', backend, job }, hooks));
      if (answer.type === 'trained') return { state: answer.state, backend, repeatable: isRepeatable(backend), trials: survey.trials, skipped, versions: answer.versions };
      throw new LabError('worker-failed', { message: answer.type });
    } catch (cause) {
      const { code, message } = LabError.from(cause);
      if (FINAL.has(code)) throw cause;
      skipped.push({ backend, reason: 'lost', detail: message });
      left = left.filter((trial) => trial.backend !== backend);
    }
  }
}
