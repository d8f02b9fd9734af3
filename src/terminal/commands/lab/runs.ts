import type { LabRead } from '../../lab-read.js';
import { shortNumber, textTable } from '../../text-table.js';

/** Metrics worth a column, in this order, when a run has them. */
const METRICS = ['test.rmse', 'test.mae', 'test.r2', 'test.logLoss', 'test.accuracy', 'test.rocAuc', 'baseline.rmse'];

/** `lab runs`: what was trained, with what, and how well it did. */
export const runs: LabRead = {
  name: 'runs',
  summary: 'what was trained, and how well it did',
  flags: {},
  run: async (_args, { engine: { snapshot } }) => {
    if (snapshot.runs.length === 0) return { text: 'Nothing was trained yet.\n', status: 0 };
    const metrics = METRICS.filter((m) => snapshot.runs.some((r) => m in r.metrics));
    const rows = snapshot.runs.map((r) => [
      r.id, r.name, r.model, `${(r.durationMs / 1000).toFixed(1)} s`, r.backend, ...metrics.map((m) => shortNumber(r.metrics[m])), r.commit?.slice(0, 7) ?? '-',
    ]);
    return { text: textTable(['run', 'name', 'model', 'took', 'backend', ...metrics, 'commit'], rows), status: 0 };
  },
};
