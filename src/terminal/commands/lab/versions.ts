import type { LabRead } from '../../lab-read.js';
import { textTable } from '../../text-table.js';

/** `lab versions`: the registry. */
export const versions: LabRead = {
  name: 'versions',
  summary: 'registered versions, their aliases and where they came from',
  flags: {},
  run: async (_args, { engine: { snapshot } }) => {
    if (snapshot.versions.length === 0) return { text: 'Nothing is registered yet.\n', status: 0 };
    const rows = snapshot.versions.map((v) => [
      v.model, String(v.version), v.status, v.aliases.join(','), v.runId, v.dataDigest.slice(0, 8), v.commit?.slice(0, 7) ?? '-', v.retired?.reason ?? '',
    ]);
    return { text: textTable(['model', 'version', 'status', 'aliases', 'run', 'data', 'commit', 'retired because'], rows), status: 0 };
  },
};
