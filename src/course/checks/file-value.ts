import * as v from 'valibot';
import { parse } from 'yaml';
import { defineCheck } from '../check.js';

const args = v.strictObject({
  path: v.pipe(v.string(), v.regex(/^(?!\/)(?!.*\.\.).+\.(ya?ml|json|dvc|lock)$/)),
  /** Keys and indices joined by dots, such as `prepare.split.kind`. */
  at: v.string(),
  equals: v.optional(v.union([v.string(), v.number(), v.boolean()])),
  atLeast: v.optional(v.number()),
  atMost: v.optional(v.number()),
});

/** A value inside a YAML or JSON file, by its parsed place: is there, equals something, or lies in a range. */
export const fileValue = defineCheck({
  kind: 'file-value',
  words: ['expected', 'expected-equals', 'expected-at-least', 'expected-at-most', 'no-file', 'broken', 'no-value', 'seen'],
  args,
  async look(world, { path, at, equals, atLeast, atMost }) {
    const code = equals !== undefined ? 'expected-equals' : atLeast !== undefined ? 'expected-at-least' : atMost !== undefined ? 'expected-at-most' : 'expected';
    const expected = [code, { path, at, value: equals ?? atLeast ?? atMost ?? '' }] as const;
    const text = await world.file(path);
    if (text === undefined) return { passed: false, seen: ['no-file', { path }], expected };
    const root = parseOrNothing(text);
    if (root === undefined) return { passed: false, seen: ['broken', { path }], expected };
    const value = at.split('.').reduce<unknown>((inner, key) => (isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), root);
    if (value === undefined || value === null) return { passed: false, seen: ['no-value', { path, at }], expected };
    const passed = (equals === undefined || value === equals) && (atLeast === undefined || Number(value) >= atLeast) && (atMost === undefined || Number(value) <= atMost);
    return { passed, seen: ['seen', { at, value: typeof value === 'object' ? JSON.stringify(value) : String(value) }], expected };
  },
});

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function parseOrNothing(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20 }) as unknown;
  } catch {
    return undefined;
  }
}
