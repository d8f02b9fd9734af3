import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** The branch has commits since the project was started: at least so many, perhaps with words in their subject. */
export const gitCommit = defineCheck({
  kind: 'git-commit',
  words: ['expected', 'expected-words', 'none', 'seen'],
  args: v.strictObject({ count: v.optional(v.number()), words: v.optional(v.string()) }),
  async look(world, { count = 1, words }) {
    const subjects = await world.commits();
    const fitting = words === undefined ? subjects : subjects.filter((subject) => subject.toLowerCase().includes(words.toLowerCase()));
    const expected = words === undefined ? (['expected', { count }] as const) : (['expected-words', { count, words }] as const);
    return { passed: fitting.length >= count, seen: subjects.length === 0 ? ['none'] : ['seen', { count: fitting.length, subject: subjects[0]! }], expected };
  },
});
