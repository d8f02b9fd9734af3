import type { CleanStep } from '../../../core/clean/clean-step.js';
import type { VerbArgs } from '../../../lab/verb.js';

/** What stands on the form; empty text means "not given". */
export interface StepForm {
  kind: CleanStep['do'];
  columns: string[];
  letters: '' | 'lower' | 'upper';
  values: string;
  map: string;
  to: 'number' | 'integer' | 'boolean' | 'date' | 'text';
  comma: boolean;
  dates: 'iso' | 'dmy' | 'mdy';
  unit: string;
  above: string;
  below: string;
  rule: 'limits' | 'iqr' | 'z';
  reach: number;
  low: string;
  high: string;
  act: 'clip' | 'missing' | 'drop';
  key: string;
  row: string;
  value: string;
  keep: 'first' | 'last';
}

/** The form before anything is chosen. */
export const emptyForm = (columns: readonly string[]): StepForm => ({
  kind: 'trim', columns: [], letters: '', values: '', map: '', to: 'number', comma: false, dates: 'iso', unit: 'fahrenheit-to-celsius', above: '', below: '', rule: 'limits', reach: 1.5,
  low: '', high: '', act: 'missing', key: columns[0] ?? '', row: '', value: '', keep: 'first',
});

/** Kinds that are about one column. */
export const isSingle = (kind: CleanStep['do']): boolean => ['replace', 'rescale', 'limit', 'set'].includes(kind);

const numberOf = (name: string, text: string): VerbArgs => (text.trim() === '' || !Number.isFinite(Number(text)) ? {} : { [name]: Number(text) });

/** Arguments of `lab clean` for the form; undefined while something needed is not there. */
export function stepArgs(form: StepForm): VerbArgs | undefined {
  const { kind, columns } = form;
  if (columns.length === 0 && kind !== 'deduplicate') return undefined;
  const args = { step: kind, columns: isSingle(kind) ? columns.slice(0, 1) : columns };
  const more = moreArgs(form);
  return more && (kind === 'deduplicate' ? more : { ...args, ...more });
}

function moreArgs(form: StepForm): VerbArgs | undefined {
  switch (form.kind) {
    case 'trim':
      return form.letters === '' ? {} : { case: form.letters };
    case 'missing': {
      const values = form.values.split(',').map((value) => value.trim()).filter((value) => value !== '');
      return values.length === 0 ? undefined : { values };
    }
    case 'replace': {
      const map = form.map.split('\n').filter((line) => line.indexOf('=') > 0).map((line) => line.split('=').map((part) => part.trim()).join('='));
      return map.length === 0 ? undefined : { map };
    }
    case 'convert':
      return { to: form.to, ...(form.comma ? { decimal: 'comma' } : {}), ...(form.to === 'date' ? { dates: form.dates } : {}) };
    case 'rescale':
      return { unit: form.unit, ...numberOf('above', form.above), ...numberOf('below', form.below) };
    case 'limit':
      return limitArgs(form);
    case 'set':
      return form.key === '' || form.row === '' ? undefined : { key: form.key, row: form.row, value: form.value };
    case 'deduplicate':
      return { step: form.kind, ...(form.columns.length === 0 ? {} : { by: form.columns }), keep: form.keep };
    case 'drop-missing':
      return {};
  }
}

function limitArgs({ rule, reach, low, high, act }: StepForm): VerbArgs | undefined {
  if (rule !== 'limits') return { rule, reach, act };
  const bounds = { ...numberOf('low', low), ...numberOf('high', high) };
  return Object.keys(bounds).length === 0 ? undefined : { ...bounds, act };
}
