import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** A git tag exists; with a service, it marks the commit that the version in service was made from. */
export const gitTag = defineCheck({
  kind: 'git-tag',
  words: ['expected', 'expected-live', 'none', 'no-service', 'seen'],
  args: v.strictObject({ tag: v.string(), service: v.optional(v.string()) }),
  async look(world, { tag, service }) {
    const expected = service === undefined ? (['expected', { tag }] as const) : (['expected-live', { tag, service }] as const);
    const at = (await world.tags())[tag];
    if (at === undefined) return { passed: false, seen: ['none', { tag }], expected };
    const seen = ['seen', { tag, commit: at.slice(0, 8) }] as const;
    if (service === undefined) return { passed: true, seen, expected };
    const live = world.snapshot.services.find((own) => own.name === service);
    if (!live) return { passed: false, seen: ['no-service', { service }], expected };
    const version = world.snapshot.versions.find((own) => own.model === live.model && own.version === live.version);
    return { passed: version?.commit === at, seen, expected };
  },
});
