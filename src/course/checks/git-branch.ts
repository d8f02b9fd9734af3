import * as v from 'valibot';
import { madeSince, reachableFrom } from '../commit-graph.js';
import { defineCheck } from '../check.js';

/** A branch (a given one, or any but the trunk) has commits of this lesson that the trunk has not; `current`: it is the one checked out. */
export const gitBranch = defineCheck({
  kind: 'git-branch',
  words: ['expected', 'expected-current', 'none', 'behind', 'elsewhere', 'seen'],
  args: v.strictObject({ branch: v.optional(v.string()), trunk: v.optional(v.string()), ahead: v.optional(v.number()), current: v.optional(v.boolean()) }),
  async look(world, { branch, trunk = 'main', ahead = 1, current = false }) {
    const graph = await world.revisions();
    const expected = [current ? 'expected-current' : 'expected', { branch: branch ?? '', trunk, ahead }] as const;
    const onTrunk = reachableFrom(graph, graph.branches[trunk]);
    const wanted = Object.keys(graph.branches).filter((name) => name !== trunk && (branch ?? name) === name && !name.startsWith('kept/'));
    if (wanted.length === 0) return { passed: false, seen: ['none', { branch: branch ?? '' }], expected };
    const own = wanted.map((name) => ({ name, count: madeSince(graph, reachableFrom(graph, graph.branches[name]), world.since).filter((id) => !onTrunk.has(id)).length }));
    const best = own.toSorted((a, b) => b.count - a.count)[0]!;
    if (best.count < ahead) return { passed: false, seen: ['behind', { branch: best.name, count: best.count }], expected };
    if (current && graph.branch !== best.name) return { passed: false, seen: ['elsewhere', { branch: graph.branch ?? 'HEAD' }], expected };
    return { passed: true, seen: ['seen', { branch: best.name, count: best.count }], expected };
  },
});
