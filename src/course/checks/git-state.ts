import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** What is not committed: nothing (`clean`), or a given path that is `untracked`, `staged`, `changed` (not staged) or in `conflict`. */
export const gitState = defineCheck({
  kind: 'git-state',
  words: ['expected', 'expected-clean', 'clean', 'other'],
  args: v.strictObject({ path: v.optional(v.string()), is: v.picklist(['clean', 'untracked', 'staged', 'changed', 'conflict']) }),
  async look(world, { path, is }) {
    const { status } = await world.revisions();
    const own = status.map((entry) => ({ path: entry.path, is: entry.conflict ? 'conflict' : entry.unstaged === 'untracked' ? 'untracked' : entry.staged !== 'unmodified' ? 'staged' : entry.unstaged !== 'unmodified' ? 'changed' : 'clean' }));
    const dirty = own.filter((entry) => entry.is !== 'clean' && (path ?? entry.path) === entry.path);
    const passed = is === 'clean' ? dirty.length === 0 : dirty.some((entry) => entry.is === is);
    const expected = is === 'clean' ? (['expected-clean'] as const) : (['expected', { path: path ?? '', state: is }] as const);
    return { passed, seen: dirty.length === 0 ? ['clean'] : ['other', { path: dirty[0]!.path, state: dirty[0]!.is }], expected };
  },
});
