import * as v from 'valibot';
import { defineCheck } from '../check.js';
import { newestReport } from '../newest-report.js';

/** Two runs of different kinds or settings were compared on the same folds with the corrected test. */
export const foldsCompared = defineCheck({
  kind: 'folds-compared',
  words: ['expected', 'none', 'stale', 'no-folds', 'same', 'other', 'seen'],
  args: v.strictObject({ folds: v.optional(v.number()), models: v.optional(v.array(v.string())) }),
  async look(world, { folds = 2, models = [] }) {
    const expected = ['expected', { folds, models }] as const;
    const found = await newestReport(world, 'runComparison');
    if (typeof found === 'string') return { passed: false, seen: [found], expected };
    const second = world.snapshot.runs.find((run) => run.id === found.seen.second);
    const compared = [found.run.model, second?.model ?? '?'];
    if (found.run.modelDigest === second?.modelDigest) return { passed: false, seen: ['same', { model: found.run.model }], expected };
    if (!models.every((model) => compared.includes(model))) return { passed: false, seen: ['other', { models: compared }], expected };
    if (!found.seen.folds) return { passed: false, seen: ['no-folds'], expected };
    const { k, test } = found.seen.folds;
    return { passed: k >= folds, seen: ['seen', { folds: k, p: test.pValue ?? NaN, models: compared }], expected };
  },
});
