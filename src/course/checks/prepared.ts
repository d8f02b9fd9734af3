import * as v from 'valibot';
import { defineCheck } from '../check.js';
import { keptColumns } from '../newest-report.js';

/** The data are prepared for a target, split in a given way, from the data as they are now. */
export const prepared = defineCheck({
  kind: 'prepared',
  words: ['expected', 'expected-dropped', 'none', 'stale', 'kept', 'seen'],
  args: v.strictObject({ target: v.string(), split: v.optional(v.picklist(['time', 'random', 'stratified', 'group', 'none'])), dropped: v.optional(v.array(v.string())) }),
  async look(world, { target, split, dropped = [] }) {
    const { prepared: seen, data } = world.snapshot;
    const expected = dropped.length > 0 ? (['expected-dropped', { target, split: split ?? '', columns: dropped }] as const) : (['expected', { target, split: split ?? '' }] as const);
    if (!seen) return { passed: false, seen: ['none'], expected };
    if (data && data.digest !== seen.dataDigest) return { passed: false, seen: ['stale'], expected };
    const kept = dropped.length > 0 ? await keptColumns(world, dropped) : [];
    if (seen.target === target && kept.length > 0) return { passed: false, seen: ['kept', { columns: kept }], expected };
    const passed = seen.target === target && (split === undefined || seen.split.kind === split) && seen.testRows > 0;
    return { passed, seen: ['seen', { target: seen.target, split: seen.split.kind, train: seen.trainRows, test: seen.testRows }], expected };
  },
});
