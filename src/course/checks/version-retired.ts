import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** A version of a model is retired and left a tombstone with its reason. */
export const versionRetired = defineCheck({
  kind: 'version-retired',
  words: ['expected', 'expected-version', 'none', 'seen'],
  args: v.strictObject({ model: v.string(), version: v.optional(v.number()) }),
  look: ({ snapshot: { versions } }, { model, version }) => {
    const expected = version ? (['expected-version', { model, version }] as const) : (['expected', { model }] as const);
    const retired = versions.filter((own) => own.model === model && own.status === 'retired');
    const good = retired.find((own) => version === undefined || own.version === version);
    const shown = good ?? retired[0];
    return { passed: good?.retired !== undefined && good.retired.reason.trim() !== '', seen: shown ? ['seen', { model, version: shown.version, reason: shown.retired?.reason ?? '' }] : ['none'], expected };
  },
});
