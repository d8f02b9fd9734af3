import type { StepOutcome } from '../../../core/clean/apply-cleaning.js';
import { columnsOf, type CleanStep, type LimitStep, type RescaleStep } from '../../../core/clean/clean-step.js';
import type { Format } from '../../../i18n/format.js';
import type { Messages } from '../../../i18n/en.js';
import { UNITS } from '../../../lab/cleaning/step-args.js';
import { isolate } from '../../model-words/short-names.js';

type Words = Messages['clean'];
type Numbers = Pick<Format, 'number'>;

/** Names of columns, each kept in its own direction. */
export const nameColumns = (names: readonly string[]): string => names.map(isolate).join(', ');

/** What a step does, in words after its kind. */
export function describeStep(step: CleanStep, t: Words, format: Numbers): string {
  const { say } = t;
  const where = columnsOf(step).length === 0 || step.do === 'deduplicate' ? [] : [say.columns(nameColumns(columnsOf(step)))];
  return [...where, ...detailsOf(step, t, format)].join(' · ');
}

function detailsOf(step: CleanStep, t: Words, format: Numbers): string[] {
  const { say } = t;
  switch (step.do) {
    case 'trim':
      return step.case === undefined ? [] : [say.case[step.case]];
    case 'missing':
      return [say.values(step.values.map(isolate).join(', '))];
    case 'replace':
      return [Object.entries(step.map).map(([from, to]) => isolate(`${from} → ${to}`)).join(', ')];
    case 'convert':
      return [say.to(t.types[step.to]), ...(step.decimal === undefined ? [] : [say.comma]), ...(step.dates === undefined ? [] : [t.orders[step.dates]])];
    case 'rescale':
      return rescaleWords(step, t, format);
    case 'limit':
      return limitWords(step, t, format);
    case 'set':
      return [isolate(`${step.key} = ${step.row}: ${step.value}`)];
    case 'deduplicate':
      return [step.by === undefined ? say.whole : say.by(nameColumns(step.by)), say.keep[step.keep]];
    case 'drop-missing':
      return [];
  }
}

function rescaleWords({ factor, offset, above, below }: RescaleStep, { say, units }: Words, format: Numbers): string[] {
  const unit = Object.entries(UNITS).find(([, own]) => own.factor === factor && own.offset === offset)?.[0];
  const bounds = [...(above === undefined ? [] : [say.above(format.number(above))]), ...(below === undefined ? [] : [say.below(format.number(below))])];
  return [(unit && units[unit]) ?? isolate(`× ${format.number(factor)} + ${format.number(offset)}`), ...(bounds.length === 0 ? [] : [say.where(bounds.join(say.and))])];
}

function limitWords({ low, high, act, learned }: LimitStep, { say }: Words, format: Numbers): string[] {
  const bound = (value: number | undefined, none: string): string => (value === undefined ? none : format.number(value));
  return [say.outside(bound(low, '−∞'), bound(high, '∞')), say.acts[act], ...(learned === undefined ? [] : [say.learned])];
}

/** What a step did to the data, in words. */
export function describeOutcome({ changed, lost, dropped }: StepOutcome, { effect }: Words): string {
  const total = Object.values(changed).reduce((sum, count) => sum + count, 0);
  const parts = [...(dropped > 0 ? [effect.dropped(dropped)] : []), ...(total > 0 ? [effect.changed(total, nameColumns(Object.keys(changed)))] : []), ...(lost > 0 ? [effect.lost(lost)] : [])];
  return parts.length === 0 ? effect.none : parts.join('; ');
}
