import type { LabRead } from '../../lab-read.js';
import { shortNumber, textTable } from '../../text-table.js';

/** `lab alerts`: every threshold that was crossed. */
export const alerts: LabRead = {
  name: 'alerts',
  summary: 'thresholds that were crossed',
  flags: {},
  run: async (_args, { engine: { snapshot } }) => {
    const all = snapshot.monitors.flatMap((m) => m.alerts);
    if (all.length === 0) return { text: 'No alert so far.\n', status: 0 };
    const rows = all.map((a) => [a.at, a.service, a.rule, a.subject, shortNumber(a.value), shortNumber(a.threshold)]);
    return { text: textTable(['at', 'service', 'rule', 'subject', 'value', 'threshold'], rows), status: 0 };
  },
};
