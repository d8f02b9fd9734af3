import type { FeatureOutcome } from '../../../core/features/apply-features.js';
import { madeBy, type FeatureStep } from '../../../core/features/feature-step.js';
import type { Messages } from '../../../i18n/en.js';
import { isolate } from '../../model-words/short-names.js';

type Words = Messages['features'];

/** What a step makes and how, in words after its kind. */
export function describeFeature(step: FeatureStep, t: Words): string {
  const { say, statistics } = t;
  switch (step.do) {
    case 'formula':
      return isolate(`${step.name} = ${step.formula}`);
    case 'combine':
      return isolate(`${step.name} = ${step.of.join({ product: ' × ', ratio: ' ÷ ', difference: ' − ', cross: ' & ' }[step.how])}`);
    case 'date':
      return [isolate(step.column), ...step.parts.filter((part) => part !== 'days-since').map((part) => t.parts[part]), ...(step.since === undefined ? [] : [say.since(isolate(step.since))])].join(' · ');
    case 'group':
      return [isolate(step.name), say.of(statistics[step.how], isolate(step.column)), say.within(isolate(step.by))].join(' · ');
    case 'drop':
      return step.columns.map(isolate).join(', ');
    default: {
      const what = step.do === 'lag' ? [say.lag(isolate(step.column), step.rows)] : [say.of(statistics[step.how], isolate(step.column)), say.last(step.last, step.unit)];
      return [isolate(step.name), ...what, ...(step.by === undefined ? [] : [say.within(isolate(step.by))]), ...(step.gap ? [say.gap(step.gap)] : [])].join(' · ');
    }
  }
}

/** The columns that a step is about, for a heading. */
export const nameOfFeature = (step: FeatureStep): string => (step.do === 'drop' ? step.columns : madeBy(step)).map(isolate).join(', ');

/** What a step did to the data, in words. */
export function describeMade({ missing, undefinedCount }: FeatureOutcome, t: Words): string {
  return missing === 0 ? t.whole : [t.missing(missing), ...(undefinedCount > 0 ? [t.undefinedRows(undefinedCount)] : [])].join('; ');
}
