import { LabError } from '../lab-error.js';

/** What `monitoring/<service>.yaml` promises and watches. */
export interface MonitoringPolicy {
  readonly window: 'month' | 'quarter';
  readonly metric: 'rmse' | 'logLoss';
  /** The error promised at release. */
  readonly promise: number;
  /** An alert is due when a window's error exceeds this many times the promise. */
  readonly errorRatio: number;
  readonly drift: {
    readonly detector: 'psi' | 'ks';
    readonly against: 'training' | 'season';
    /** An alert is due when the statistic is at least this; for `ks` the statistic D, not the p-value. */
    readonly threshold: number;
  };
  /** Windows with fewer rows raise no alert. */
  readonly minimumRows: number;
}

/** A policy with the usual limits: 1.3 times the promise, PSI of 0.25 against the same season, quarters of at least 28 rows. */
export function defaultPolicy(metric: MonitoringPolicy['metric'], promise: number): MonitoringPolicy {
  return {
    window: 'quarter',
    metric,
    promise,
    errorRatio: 1.3,
    drift: { detector: 'psi', against: 'season', threshold: 0.25 },
    minimumRows: 28,
  };
}

/** Reads a policy from parsed YAML; throws `bad-policy` {field, value} for a missing, unknown or impossible field. */
export function readPolicy(value: unknown): MonitoringPolicy {
  const policy = fieldsOf(value, '', ['window', 'metric', 'promise', 'errorRatio', 'drift', 'minimumRows']);
  const drift = fieldsOf(policy['drift'], 'drift.', ['detector', 'against', 'threshold']);
  return {
    window: oneOf(policy['window'], 'window', ['month', 'quarter']),
    metric: oneOf(policy['metric'], 'metric', ['rmse', 'logLoss']),
    promise: positive(policy['promise'], 'promise'),
    errorRatio: positive(policy['errorRatio'] ?? 1.3, 'errorRatio'),
    drift: {
      detector: oneOf(drift['detector'], 'drift.detector', ['psi', 'ks']),
      against: oneOf(drift['against'], 'drift.against', ['training', 'season']),
      threshold: positive(drift['threshold'], 'drift.threshold'),
    },
    minimumRows: positive(policy['minimumRows'] ?? 1, 'minimumRows'),
  };
}

function fieldsOf(value: unknown, prefix: string, known: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LabError('bad-policy', { field: prefix.slice(0, -1) || 'policy', value: String(value) });
  for (const field of Object.keys(value)) if (!known.includes(field)) throw new LabError('bad-policy', { field: prefix + field, value: 'unknown', known });
  return value as Record<string, unknown>;
}

function oneOf<T extends string>(value: unknown, field: string, known: readonly T[]): T {
  const found = known.find((item) => item === value);
  if (found === undefined) throw new LabError('bad-policy', { field, value: String(value), known });
  return found;
}

function positive(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) throw new LabError('bad-policy', { field, value: String(value) });
  return value;
}
