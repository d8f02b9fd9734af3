import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** An alias of a model points at a version: any, one from a kind of model, at least a number, or the newest. */
export const alias = defineCheck({
  kind: 'alias',
  words: ['expected', 'expected-newest', 'none', 'seen'],
  args: v.strictObject({ model: v.string(), alias: v.string(), newest: v.optional(v.boolean()), atLeast: v.optional(v.number()), except: v.optional(v.array(v.string())) }),
  look: ({ snapshot: { versions } }, args) => {
    const own = versions.filter((version) => version.model === args.model && version.status === 'registered');
    const newest = Math.max(...own.map((version) => version.version));
    const expected = args.newest || args.atLeast ? (['expected-newest', { model: args.model, alias: args.alias }] as const) : (['expected', { model: args.model, alias: args.alias }] as const);
    const at = own.find((version) => version.aliases.includes(args.alias));
    if (!at) return { passed: false, seen: ['none', { model: args.model, alias: args.alias }], expected };
    const passed = (!args.newest || at.version === newest) && at.version >= (args.atLeast ?? 1) && !(args.except ?? []).includes(at.modelKind);
    return { passed, seen: ['seen', { alias: args.alias, version: at.version, kind: at.modelKind }], expected };
  },
});
