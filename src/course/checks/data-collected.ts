import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** A data set was collected, with at least so many rows, in so many versions, or reaching so late. */
export const dataCollected = defineCheck({
  kind: 'data-collected',
  words: ['expected', 'expected-versions', 'expected-to', 'none', 'seen'],
  args: v.strictObject({ dataset: v.string(), rows: v.optional(v.number()), versions: v.optional(v.number()), to: v.optional(v.pipe(v.string(), v.isoDate())) }),
  look: ({ snapshot: { data } }, { dataset, rows = 1, versions = 1, to }) => {
    const expected = to ? (['expected-to', { dataset, to }] as const) : versions > 1 ? (['expected-versions', { dataset, versions }] as const) : (['expected', { dataset, rows }] as const);
    if (!data) return { passed: false, seen: ['none'], expected };
    const late = to === undefined || (data.to !== undefined && data.to >= to);
    const passed = data.dataset === dataset && data.rows >= rows && data.versions >= versions && late;
    return { passed, seen: ['seen', { dataset: data.dataset, rows: data.rows, versions: data.versions, to: data.to ?? '' }], expected };
  },
});
