import * as v from 'valibot';
import { madeSince, reachableFrom } from '../commit-graph.js';
import { defineCheck } from '../check.js';

/** In this lesson a branch (a given one, unless it is deleted by now) came into the trunk; `commit`: with a merge commit of two parents, or (`false`) by a fast-forward only. */
export const gitMerge = defineCheck({
  kind: 'git-merge',
  words: ['expected', 'expected-commit', 'expected-fast-forward', 'merging', 'outside', 'none', 'seen', 'seen-fast-forward'],
  args: v.strictObject({ branch: v.optional(v.string()), trunk: v.optional(v.string()), count: v.optional(v.number()), commit: v.optional(v.boolean()) }),
  async look(world, { branch, trunk = 'main', count = 1, commit }) {
    const graph = await world.revisions();
    const expected = [commit === undefined ? 'expected' : commit ? 'expected-commit' : 'expected-fast-forward', { trunk, count }] as const;
    if (graph.merging) return { passed: false, seen: ['merging'], expected };
    const onTrunk = reachableFrom(graph, graph.branches[trunk]);
    const tip = graph.branches[branch ?? trunk];
    if (tip !== undefined && !onTrunk.has(tip)) return { passed: false, seen: ['outside', { branch: branch ?? '', trunk }], expected };
    const merges = madeSince(graph, onTrunk, world.since).filter((id) => graph.commits.find((own) => own.id === id)!.parents.length > 1);
    const forwarded = Object.entries(graph.branches).filter(([name, id]) => name !== trunk && madeSince(graph, onTrunk, world.since).includes(id) && !name.startsWith('kept/'));
    const total = commit === true ? merges.length : commit === false ? (merges.length > 0 ? 0 : forwarded.length) : Math.max(merges.length, forwarded.length);
    if (merges.length > 0) return { passed: total >= count, seen: ['seen', { count: merges.length }], expected };
    return { passed: total >= count, seen: forwarded.length > 0 ? ['seen-fast-forward', { branch: forwarded[0]![0] }] : ['none', { trunk }], expected };
  },
});
