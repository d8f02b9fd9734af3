import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** Stages of the pipeline have run on just what lies there now (`stale`: a given stage has not); all of them without names. */
export const stageFresh = defineCheck({
  kind: 'stage-fresh',
  words: ['expected', 'expected-stale', 'none', 'stale', 'fresh'],
  args: v.strictObject({ stages: v.optional(v.array(v.string())), stale: v.optional(v.boolean()) }),
  async look(world, { stages, stale = false }) {
    const changes = await world.stageChanges();
    const expected = [stale ? 'expected-stale' : 'expected', { stages: stages ?? [] }] as const;
    const names = stages ?? Object.keys(changes ?? {});
    if (!changes || names.length === 0 || names.some((name) => !Object.hasOwn(changes, name))) return { passed: false, seen: ['none', { stages: names }], expected };
    const old = names.filter((name) => changes[name]!.length > 0);
    return { passed: stale === old.length > 0, seen: old.length > 0 ? ['stale', { stages: old }] : ['fresh', { stages: names }], expected };
  },
});
