import type { FeatureDrift } from './drift-report.js';
import type { MonitoringPolicy } from './policy.js';
import type { WindowError } from './windows.js';

/** A threshold of the policy was crossed in a window. */
export type Alert =
  | { readonly kind: 'error'; readonly window: string; readonly metric: MonitoringPolicy['metric']; readonly value: number; readonly limit: number }
  | {
      readonly kind: 'drift';
      readonly window: string;
      readonly feature: string;
      readonly detector: MonitoringPolicy['drift']['detector'];
      readonly against: MonitoringPolicy['drift']['against'];
      readonly value: number;
      readonly limit: number;
    };

/** One alert for each window whose error exceeds `errorRatio` times the promise. */
export function errorAlerts(errors: readonly WindowError[], policy: MonitoringPolicy): Alert[] {
  const limit = policy.errorRatio * policy.promise;
  return errors.flatMap((error): Alert[] => {
    const value = error[policy.metric];
    if (value === undefined || error.rows < policy.minimumRows || !(value > limit)) return [];
    return [{ kind: 'error', window: error.window.key, metric: policy.metric, value, limit }];
  });
}

/** One alert for each feature whose drift in a window is at least the threshold, the strongest first. */
export function driftAlerts(window: string, report: readonly FeatureDrift[], policy: MonitoringPolicy): Alert[] {
  const { detector, against, threshold: limit } = policy.drift;
  const alerts = report.flatMap((drift): (Alert & { kind: 'drift' })[] => {
    const value = drift[against]?.[detector];
    if (value === undefined || value === null || drift.rows < policy.minimumRows || value < limit) return [];
    return [{ kind: 'drift', window, feature: drift.feature, detector, against, value, limit }];
  });
  return alerts.sort((a, b) => b.value - a.value);
}
