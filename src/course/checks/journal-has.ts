import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** The journal tells of an act since the project was started: at least so many times, perhaps on a given thing. */
export const journalHas = defineCheck({
  kind: 'journal-has',
  words: ['expected', 'none', 'seen'],
  args: v.strictObject({ action: v.string(), object: v.optional(v.string()), count: v.optional(v.number()), actor: v.optional(v.string()) }),
  async look(world, { action, object, count = 1, actor }) {
    const acts = (await world.journal()).filter((act) => act.action === action && (object ?? act.object.id) === act.object.id && (actor ?? act.actor) === act.actor);
    return { passed: acts.length >= count, seen: acts.length === 0 ? ['none', { action }] : ['seen', { action, count: acts.length }], expected: ['expected', { action, count }] };
  },
});
