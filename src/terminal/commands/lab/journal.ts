import { LabError } from '../../../core/lab-error.js';
import { number } from '../../../lab/verb.js';
import type { History } from '../../../lab/views/history.js';
import type { LabRead } from '../../lab-read.js';
import { textTable } from '../../text-table.js';

/** `lab journal`: the last acts, oldest first. */
export const journal: LabRead = {
  name: 'journal',
  summary: 'every act so far, oldest first',
  flags: { n: number('show only the last so many acts') },
  run: async (args, { engine }) => {
    const count = args['n'];
    if (count !== undefined && (typeof count !== 'number' || !Number.isInteger(count) || count < 0)) throw new LabError('flag-value', { flag: '-n', value: String(count), expected: 'whole number' });
    const { steps } = (await engine.view('history', {})) as History;
    const shown = count === undefined ? steps : steps.slice(Math.max(0, steps.length - count));
    const rows = shown.map((s) => [String(s.seq), s.ts.slice(0, 19).replace('T', ' '), s.actor, s.commit?.slice(0, 7) ?? '-', s.hash.slice(0, 8), s.command]);
    return { text: rows.length === 0 ? 'The journal is empty.\n' : textTable(['step', 'time (UTC)', 'who', 'commit', 'hash', 'command'], rows), status: 0 };
  },
};
