import { LabError } from '../../../core/lab-error.js';
import { text } from '../../../lab/verb.js';
import type { LabRead } from '../../lab-read.js';

/** `lab export --file F`: the whole project with its data as one zip, on a machine with a disk. */
export const exportZip: LabRead = {
  name: 'export',
  summary: 'write the whole project as one zip (outside the browser)',
  flags: { file: text('where to; must not exist yet', { required: true }) },
  run: async (args, host) => {
    const file = String(args['file']);
    if (!host.exportTo) throw new LabError('export-needs-page', { path: file });
    await host.exportTo(file);
    return { text: `wrote ${file}\n`, status: 0 };
  },
};
