import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** A service answers with a version of a model: any, at least a number, or the one an alias points at. */
export const serviceLive = defineCheck({
  kind: 'service-live',
  words: ['expected', 'expected-version', 'expected-alias', 'none', 'seen'],
  args: v.strictObject({ model: v.optional(v.string()), service: v.optional(v.string()), atLeast: v.optional(v.number()), alias: v.optional(v.string()), except: v.optional(v.array(v.string())) }),
  look: ({ snapshot: { services, versions } }, args) => {
    const expected = args.alias ? (['expected-alias', { model: args.model ?? '', alias: args.alias }] as const) : args.atLeast ? (['expected-version', { model: args.model ?? '', version: args.atLeast }] as const) : (['expected', { model: args.model ?? '' }] as const);
    if (services.length === 0) return { passed: false, seen: ['none'], expected };
    const good = services.find((service) => {
      const version = versions.find((own) => own.model === service.model && own.version === service.version);
      return (
        (args.service ?? service.name) === service.name &&
        (args.model ?? service.model) === service.model &&
        service.version >= (args.atLeast ?? 1) &&
        (args.alias === undefined || version?.aliases.includes(args.alias) === true) &&
        !(args.except ?? []).includes(version?.modelKind ?? '')
      );
    });
    const shown = good ?? services[0]!;
    return { passed: good !== undefined, seen: ['seen', { service: shown.name, model: shown.model, version: shown.version }], expected };
  },
});
