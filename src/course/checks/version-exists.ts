import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** A registered model has at least so many versions that are in use, or one from a given kind of model. */
export const versionExists = defineCheck({
  kind: 'version-exists',
  words: ['expected', 'expected-count', 'none', 'seen'],
  args: v.strictObject({ model: v.string(), count: v.optional(v.number()), from: v.optional(v.array(v.string())) }),
  look: ({ snapshot: { versions } }, { model, count = 1, from }) => {
    const own = versions.filter((version) => version.model === model && (from === undefined || from.includes(version.modelKind)));
    const expected = count > 1 ? (['expected-count', { model, count }] as const) : (['expected', { model, kinds: from ?? [] }] as const);
    if (own.length >= count) return { passed: true, seen: ['seen', { model, count: own.length }], expected };
    const seen = versions.map((version) => `${version.model} v${version.version} (${version.modelKind})`);
    return { passed: false, seen: seen.length === 0 ? ['none'] : ['seen', { model: seen.join(', '), count: seen.length }], expected };
  },
});
