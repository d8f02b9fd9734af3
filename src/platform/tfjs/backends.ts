import type { NetTrainer } from '../../lab/platform.js';

/** Where a net can be trained: by TensorFlow.js, or by the lab's own kernel for dense layers (`simd`). */
export type BackendName = 'webgpu' | 'webgl' | 'simd' | 'wasm' | 'cpu';

/** How fast a backend was: milliseconds for one training step of the learner's own net. */
export interface BackendTrial {
  readonly backend: BackendName;
  readonly milliseconds: number;
}

/** A backend that was not tried or dropped out, and why. */
export interface SkippedBackend {
  readonly backend: BackendName;
  readonly reason: 'absent' | 'software' | 'failed' | 'too-slow' | 'lost';
  /** What the backend itself said when it failed or was lost. */
  readonly detail?: string;
}

/** What a training gives besides its state: where it ran, whether it repeats, what was tried, and what was left out and why. */
export interface NetTraining {
  readonly state: unknown;
  readonly backend: BackendName;
  readonly repeatable: boolean;
  readonly trials: readonly BackendTrial[];
  readonly skipped: readonly SkippedBackend[];
  readonly versions: Readonly<Record<string, string>>;
}

/** A net trainer that also says which backends were left out. */
export interface ReportingNetTrainer extends NetTrainer {
  train(...args: Parameters<NetTrainer['train']>): Promise<NetTraining>;
}

/** Whether the same seed gives the same bits again; GPUs add in an order of their own. */
export const isRepeatable = (backend: BackendName): boolean => backend === 'simd' || backend === 'wasm' || backend === 'cpu';

/*
 * simd and wasm give the same bits here, in another browser and in Node, but not each other's. So that a seed gives the same everywhere, the
 * others must win clearly: against simd twice as fast, a GPU, which may not repeat at all, by a tenth more; plain JavaScript must beat wasm by half.
 */
const HANDICAP: Readonly<Record<BackendName, number>> = { webgpu: 1.1, webgl: 1.1, simd: 0.5, wasm: 1, cpu: 2 };

/** The fastest of the trials after each backend's handicap; undefined without trials. */
export function pickBackend(trials: readonly BackendTrial[]): BackendName | undefined {
  const cost = ({ backend, milliseconds }: BackendTrial): number => milliseconds * HANDICAP[backend];
  return [...trials].sort((a, b) => cost(a) - cost(b))[0]?.backend;
}
