import * as v from 'valibot';
import type { RunSummary } from '../../lab/views/snapshot.js';
import { defineCheck } from '../check.js';

/** Two runs with the same kind, settings and seed: made from other data they gave other models (`same`: from the same data, equal models). */
export const runsDifferByData = defineCheck({
  kind: 'runs-differ-by-data',
  words: ['expected', 'expected-same', 'none', 'seen'],
  args: v.strictObject({ same: v.optional(v.boolean()) }),
  look: ({ snapshot: { runs }, since }, { same = false }) => {
    const expected = [same ? 'expected-same' : 'expected'] as const;
    const fits = same ? equalTwins : differentTwins;
    const newer = runs.filter((run) => run.started >= since);
    for (const run of newer) {
      const twin = runs.find((other) => other.id !== run.id && other.started <= run.started && sameSettings(run, other) && fits(run, other));
      if (twin) return { passed: true, seen: ['seen', { older: twin.name, newer: run.name }], expected };
    }
    return { passed: false, seen: ['none', { runs: newer.length }], expected };
  },
});

const sameSettings = (a: RunSummary, b: RunSummary): boolean =>
  a.model === b.model && a.seed === b.seed && Object.keys(a.params).length === Object.keys(b.params).length && Object.entries(a.params).every(([name, value]) => b.params[name] === value);

const differentTwins = (a: RunSummary, b: RunSummary): boolean => a.dataDigest !== b.dataDigest && a.modelDigest !== b.modelDigest;
const equalTwins = (a: RunSummary, b: RunSummary): boolean => a.preparedDigest === b.preparedDigest && a.modelDigest === b.modelDigest;
