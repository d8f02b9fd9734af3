import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** The virtual clock stands at a date or later. */
export const clockReached = defineCheck({
  kind: 'clock-reached',
  words: ['expected', 'none', 'seen'],
  args: v.strictObject({ date: v.pipe(v.string(), v.isoDate()) }),
  look: ({ snapshot: { world } }, { date }) => ({
    passed: world.now !== undefined && world.now >= date,
    seen: world.now === undefined ? ['none'] : ['seen', { now: world.now }],
    expected: ['expected', { date }],
  }),
});
