import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** A service has answered at least so many requests. */
export const serviceAsked = defineCheck({
  kind: 'service-asked',
  words: ['expected', 'none', 'seen'],
  args: v.strictObject({ service: v.string(), count: v.optional(v.number()) }),
  look: ({ snapshot: { services } }, { service, count = 1 }) => {
    const found = services.find((own) => own.name === service);
    const expected = ['expected', { service, count }] as const;
    if (!found) return { passed: false, seen: ['none', { service }], expected };
    return { passed: found.requests >= count, seen: ['seen', { service, count: found.requests }], expected };
  },
});
