import * as v from 'valibot';
import { defineCheck } from '../check.js';

const path = v.pipe(v.string(), v.regex(/^(?!\/)(?!.*\.\.)(?!\.git\/).+$/));

/** A file whose lines (spaces at the ends apart) include a whole line, or do not; without either it is there and not empty. */
export const fileText = defineCheck({
  kind: 'file-text',
  words: ['expected', 'expected-line', 'expected-without', 'no-file', 'empty', 'has', 'lacks', 'seen'],
  args: v.strictObject({ path, line: v.optional(v.string()), without: v.optional(v.string()) }),
  async look(world, { path, line, without }) {
    const expected = [line !== undefined ? 'expected-line' : without !== undefined ? 'expected-without' : 'expected', { path, line: line ?? without ?? '' }] as const;
    const text = await world.file(path);
    if (text === undefined) return { passed: false, seen: ['no-file', { path }], expected };
    const lines = text.split('\n').map((own) => own.trim()).filter((own) => own !== '');
    if (lines.length === 0) return { passed: false, seen: ['empty', { path }], expected };
    if (line !== undefined && !lines.includes(line)) return { passed: false, seen: ['lacks', { path, line }], expected };
    if (without !== undefined && lines.some((own) => own.startsWith(without))) return { passed: false, seen: ['has', { path, line: without }], expected };
    return { passed: true, seen: ['seen', { path, count: lines.length }], expected };
  },
});
