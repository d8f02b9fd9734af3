import * as v from 'valibot';
import type { RunSummary } from '../../lab/views/snapshot.js';
import { defineCheck } from '../check.js';

const args = v.strictObject({
  /** Kinds of model that must be among them. */
  all: v.optional(v.array(v.string())),
  /** At least one of these kinds. */
  some: v.optional(v.array(v.string())),
  count: v.optional(v.number()),
  dataset: v.optional(v.string()),
});

/** Several kinds of model were judged on the very same test rows. */
export const modelsCompared = defineCheck({
  kind: 'models-compared',
  words: ['expected', 'none', 'missing', 'seen'],
  args,
  async look({ snapshot: { runs }, datasets }, { all = [], some = [], count = 2, dataset }) {
    const known = dataset === undefined ? {} : await datasets();
    const judged = runs.filter((run) => run.evaluated && (dataset === undefined || known[run.dataDigest] === dataset));
    const expected = ['expected', { models: all, some, count, dataset: dataset ?? '' }] as const;
    const groups = [...groupKinds(judged).values()].sort((a, b) => missingOf(a, all, some, count) - missingOf(b, all, some, count));
    const best = groups[0];
    if (!best) return { passed: false, seen: ['none'], expected };
    const passed = missingOf(best, all, some, count) === 0;
    return { passed, seen: [passed ? 'seen' : 'missing', { models: [...best], count: best.size }], expected };
  },
});

function groupKinds(runs: readonly RunSummary[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { preparedDigest, model } of runs) groups.set(preparedDigest, (groups.get(preparedDigest) ?? new Set<string>()).add(model));
  return groups;
}

const missingOf = (kinds: ReadonlySet<string>, all: readonly string[], some: readonly string[], count: number): number =>
  all.filter((kind) => !kinds.has(kind)).length + (some.length === 0 || some.some((kind) => kinds.has(kind)) ? 0 : 1) + Math.max(0, count - kinds.size);
