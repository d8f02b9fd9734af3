import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** The monitor raised an alert, perhaps of a rule, about a subject, for a service. */
export const alertRaised = defineCheck({
  kind: 'alert-raised',
  words: ['expected', 'none', 'seen'],
  args: v.strictObject({ service: v.optional(v.string()), rule: v.optional(v.string()), subject: v.optional(v.string()) }),
  look: ({ snapshot: { monitors } }, args) => {
    const alerts = monitors.flatMap((monitor) => monitor.alerts);
    const good = alerts.find((alert) => (args.service ?? alert.service) === alert.service && (args.rule ?? alert.rule) === alert.rule && (args.subject ?? alert.subject) === alert.subject);
    const shown = good ?? alerts.at(-1);
    return {
      passed: good !== undefined,
      seen: shown ? ['seen', { rule: shown.rule, subject: shown.subject, at: shown.at, value: shown.value, threshold: shown.threshold }] : ['none'],
      expected: ['expected', { rule: args.rule ?? '', subject: args.subject ?? '' }],
    };
  },
});
