import * as v from 'valibot';
import { RERUN_TAG } from '../../core/track/run.js';
import { defineCheck } from '../check.js';

/** A run was trained again from what it recorded, and the same model came out bit for bit. */
export const rerunMade = defineCheck({
  kind: 'rerun-made',
  words: ['expected', 'expected-run', 'none', 'other', 'differs', 'seen'],
  args: v.strictObject({ run: v.optional(v.string()) }),
  look: ({ snapshot: { runs } }, { run: wanted }) => {
    const expected = [wanted === undefined ? 'expected' : 'expected-run', { run: wanted ?? '' }] as const;
    const pairs = runs.flatMap((again) => runs.filter(({ id }) => id === again.tags?.[RERUN_TAG]).map((old) => ({ again, old })));
    const meant = pairs.filter(({ old }) => wanted === undefined || old.name === wanted || old.id === wanted);
    if (pairs.length === 0) return { passed: false, seen: ['none'], expected };
    if (meant.length === 0) return { passed: false, seen: ['other', { run: pairs.at(-1)!.old.name }], expected };
    const same = meant.find(({ again, old }) => again.modelDigest === old.modelDigest);
    return { passed: same !== undefined, seen: [same ? 'seen' : 'differs', { run: meant.at(-1)!.old.name }], expected };
  },
});
