import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** Labelled windows of real traffic were measured: at least so many, or up to a date, on one model version. */
export const windowsSeen = defineCheck({
  kind: 'windows-seen',
  words: ['expected', 'expected-until', 'none', 'seen', 'several-versions'],
  args: v.strictObject({ service: v.optional(v.string()), count: v.optional(v.number()), until: v.optional(v.pipe(v.string(), v.isoDate())), oneVersion: v.optional(v.boolean()) }),
  look: ({ snapshot: { monitors } }, { service, count = 1, until, oneVersion }) => {
    const expected = until ? (['expected-until', { until }] as const) : (['expected', { count }] as const);
    const labelled = monitors.filter((monitor) => (service ?? monitor.service) === monitor.service).map((monitor) => monitor.windows.filter((window) => window.error !== undefined));
    const most = labelled.toSorted((a, b) => b.length - a.length)[0] ?? [];
    const last = most.at(-1);
    if (!last) return { passed: false, seen: ['none'], expected };
    const versions = new Set(most.map((window) => window.version)).size;
    if (oneVersion && versions > 1) return { passed: false, seen: ['several-versions', { versions }], expected };
    return { passed: most.length >= count && (until === undefined || last.to >= until), seen: ['seen', { count: most.length, until: last.to }], expected };
  },
});
