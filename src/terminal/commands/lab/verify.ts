import type { History } from '../../../lab/views/history.js';
import type { LabRead } from '../../lab-read.js';

/** `lab verify`: recomputes the journal's chain of hashes; status 1 with the first step that does not hold. */
export const verify: LabRead = {
  name: 'verify',
  summary: "recompute the journal's chain of hashes",
  flags: {},
  run: async (_args, { engine }) => {
    const { verdict } = (await engine.view('history', {})) as History;
    if (!verdict.ok) return { text: `broken at step ${verdict.seq}: ${verdict.reason}\n`, status: 1 };
    return { text: `${verdict.length} steps, each holds the hash of the one before; head ${verdict.head}\n`, status: 0 };
  },
};
