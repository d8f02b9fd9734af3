import * as v from 'valibot';
import { parse } from 'yaml';
import { defineCheck } from '../check.js';

const scalar = v.union([v.string(), v.number(), v.boolean()]);

/** A file as git keeps it at a revision (HEAD without one): is there, lacks (`absent`), or holds a value at a place of its YAML or JSON. */
export const gitFile = defineCheck({
  kind: 'git-file',
  words: ['expected', 'expected-value', 'expected-absent', 'none', 'no-revision', 'there', 'value'],
  args: v.strictObject({ revision: v.optional(v.string()), path: v.pipe(v.string(), v.regex(/^(?!\/)(?!.*\.\.)(?!\.git\/).+$/)), at: v.optional(v.string()), equals: v.optional(scalar), absent: v.optional(v.boolean()) }),
  async look(world, { revision = 'HEAD', path, at, equals, absent = false }) {
    const expected = [absent ? 'expected-absent' : at === undefined ? 'expected' : 'expected-value', { revision, path, at: at ?? '', value: equals ?? '…' }] as const;
    const found = await world.fileAt(revision, path);
    if (found === undefined) return { passed: false, seen: ['no-revision', { revision }], expected };
    if (found.text === undefined) return { passed: absent, seen: ['none', { path, revision }], expected };
    if (at === undefined || absent) return { passed: !absent, seen: ['there', { path, revision }], expected };
    const value = valueAt(found.text, at);
    return { passed: value !== undefined && (equals === undefined || value === equals), seen: ['value', { at, value: JSON.stringify(value) ?? '-' }], expected };
  },
});

function valueAt(text: string, at: string): unknown {
  try {
    return at.split('.').reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined), parse(text, { maxAliasCount: 20 }));
  } catch {
    return undefined;
  }
}
