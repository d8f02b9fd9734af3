import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** Champion and challenger were compared on the same later rows; perhaps the challenger had to win. */
export const comparison = defineCheck({
  kind: 'comparison',
  words: ['expected', 'expected-better', 'none', 'seen'],
  args: v.strictObject({ model: v.string(), rows: v.optional(v.number()), challengerBetter: v.optional(v.boolean()) }),
  look: ({ snapshot: { comparison: seen } }, { model, rows = 30, challengerBetter }) => {
    const expected = challengerBetter ? (['expected-better', { model, rows }] as const) : (['expected', { model, rows }] as const);
    if (!seen || seen.model !== model) return { passed: false, seen: ['none'], expected };
    // Errors and losses are better when small; every other metric the lab compares by is better when large.
    const smallIsBetter = /rmse|mae|loss|mape/i.test(seen.metric);
    const better = smallIsBetter ? seen.challengerValue < seen.championValue : seen.challengerValue > seen.championValue;
    const passed = seen.rows >= rows && (!challengerBetter || better);
    return { passed, seen: ['seen', { metric: seen.metric, champion: seen.championValue, challenger: seen.challengerValue, rows: seen.rows }], expected };
  },
});
