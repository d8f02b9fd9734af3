import type { LabRead } from '../../lab-read.js';
import { textTable } from '../../text-table.js';

/** `lab services`: what is deployed, and at which address. */
export const services: LabRead = {
  name: 'services',
  summary: 'what is deployed, and at which address',
  flags: {},
  run: async (_args, { engine: { snapshot } }) => {
    if (snapshot.services.length === 0) return { text: 'Nothing is deployed yet.\n', status: 0 };
    const rows = snapshot.services.map((s) => [s.name, s.model, String(s.version), s.since, String(s.requests), s.url]);
    return { text: textTable(['service', 'model', 'version', 'since', 'requests', 'url'], rows), status: 0 };
  },
};
