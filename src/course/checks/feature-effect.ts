import * as v from 'valibot';
import { FEATURE_KINDS } from '../../core/features/feature-step.js';
import type { EffectReport } from '../../lab/engineering/measure-effect.js';
import { FEATURES } from '../../lab/engineering/paths.js';
import { defineCheck } from '../check.js';
import { readJsonReport } from '../read-json-report.js';

const args = v.strictObject({
  verdict: v.optional(v.picklist(['helps', 'hurts', 'unclear'])),
  kinds: v.optional(v.array(v.picklist(FEATURE_KINDS))),
  model: v.optional(v.string()),
});

/** The effect of a step was measured on the folds of the training rows, perhaps with a given verdict. */
export const featureEffect = defineCheck({
  kind: 'feature-effect',
  words: ['expected', 'expected-verdict', 'none', 'seen'],
  args,
  async look(world, { verdict, kinds, model }) {
    const expected = verdict === undefined ? (['expected', { kinds: kinds ?? [], model: model ?? '' }] as const) : (['expected-verdict', { verdict }] as const);
    const report = readJsonReport<EffectReport>(await world.file(FEATURES.effect));
    const measured = (await world.journal()).some(({ action }) => action === 'features');
    if (!report?.step || !measured) return { passed: false, seen: ['none'], expected };
    const passed = report.verdict === (verdict ?? report.verdict) && (kinds ?? [report.step.do]).includes(report.step.do) && report.model === (model ?? report.model);
    return { passed, seen: ['seen', { kind: report.step.do, model: report.model, difference: report.difference, verdict: report.verdict }], expected };
  },
});
