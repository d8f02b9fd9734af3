import * as v from 'valibot';
import { NOTE_TAG } from '../../core/track/run.js';
import { defineCheck } from '../check.js';

/** A run carries a note, or a tag of its own. */
export const runNoted = defineCheck({
  kind: 'run-noted',
  words: ['expected', 'expected-tag', 'none', 'other', 'seen'],
  args: v.strictObject({
    /** The run that is meant; any when left out. */
    run: v.optional(v.string()),
    /** Key of the tag; the note when left out. */
    tag: v.optional(v.string()),
    equals: v.optional(v.string()),
  }),
  look: ({ snapshot: { runs } }, { run: wanted, tag, equals }) => {
    const expected = [tag === undefined ? 'expected' : 'expected-tag', { tag: tag ?? '' }] as const;
    const marked = runs.filter(({ tags }) => {
      const value = tags?.[tag ?? NOTE_TAG];
      return value !== undefined && (equals === undefined || value === equals);
    });
    const found = marked.find(({ id, name }) => wanted === undefined || wanted === name || wanted === id);
    if (found) return { passed: true, seen: ['seen', { run: found.name }], expected };
    return { passed: false, seen: marked[0] ? ['other', { run: marked.map(({ name }) => name) }] : ['none'], expected };
  },
});
