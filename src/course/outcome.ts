import type { Snapshot } from '../lab/views/snapshot.js';
import type { OutcomeSpec } from './schema.js';

/** What really happened, measured in the project; undefined while it cannot be known. */
export function findOutcome(outcome: OutcomeSpec, snapshot: Snapshot): number | undefined {
  return outcome.source === 'window-error' ? windowError(outcome, snapshot) : runMetric(outcome, snapshot);
}

/** Root mean square of the windows' errors, weighted by their labelled requests. */
function windowError({ service, from, to }: OutcomeSpec & { source: 'window-error' }, snapshot: Snapshot): number | undefined {
  const windows = snapshot.monitors.find((monitor) => monitor.service === service)?.windows ?? [];
  const inside = windows.filter((window) => window.error !== undefined && window.from >= from && window.to <= to && window.labelled > 0);
  const rows = inside.reduce((sum, window) => sum + window.labelled, 0);
  if (rows === 0) return undefined;
  return Math.sqrt(inside.reduce((sum, window) => sum + window.labelled * window.error! ** 2, 0) / rows);
}

function runMetric({ model, metric }: OutcomeSpec & { source: 'run-metric' }, snapshot: Snapshot): number | undefined {
  return snapshot.runs.filter((run) => run.model === model).map((run) => run.metrics[metric]).findLast((value) => value !== undefined);
}
