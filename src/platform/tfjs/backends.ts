import type { NetTrainer } from '../../lab/platform.js';

/** Where TensorFlow.js can compute. */
export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

/** How fast a backend was: milliseconds for one training step of the learner's own net. */
export interface BackendTrial {
  readonly backend: BackendName;
  readonly milliseconds: number;
}

/** A backend that was not tried or dropped out, and why. */
export interface SkippedBackend {
  readonly backend: BackendName;
  readonly reason: 'absent' | 'software' | 'failed' | 'too-slow' | 'lost';
}

/** What a training gives besides its state: where it ran, whether it repeats, what was tried, and what was left out and why. */
export interface NetTraining {
  readonly state: unknown;
  readonly backend: BackendName;
  readonly repeatable: boolean;
  readonly trials: readonly BackendTrial[];
  readonly skipped: readonly SkippedBackend[];
}

/** A net trainer that also says which backends were left out. */
export interface ReportingNetTrainer extends NetTrainer {
  train(...args: Parameters<NetTrainer['train']>): Promise<NetTraining>;
}

/** Whether the same seed gives the same bits again; GPUs add in an order of their own. */
export const isRepeatable = (backend: BackendName): boolean => backend === 'wasm' || backend === 'cpu';

/** The fastest of the trials; a GPU must win by a tenth, because what repeats bit for bit is worth that. */
export function pickBackend(trials: readonly BackendTrial[]): BackendName | undefined {
  const cost = ({ backend, milliseconds }: BackendTrial): number => milliseconds * (isRepeatable(backend) ? 1 : 1.1);
  return [...trials].sort((a, b) => cost(a) - cost(b))[0]?.backend;
}
