import { describe, expect, it } from 'vitest';
import { readTransform, TRANSFORM_WORDS } from '../../src/core/prepare/transform-spec.js';
import { CHANGES, datePartsOf, imputersOf, OPTION_FIELDS, optionAt, partsOf, specOf, withDatePart, withOption, type Role } from '../../src/panels/data/column-plan.js';
import { argsOf, formOf, inputsOf, startForm, type KnownData } from '../../src/panels/data/prepare-form.js';
import { stepFacts } from '../../src/panels/data/step-facts.js';
import { transforms } from '../../src/i18n/areas/transforms.en.js';

const known: KnownData = { rows: 9, columns: { day: 'date', when: 'date', age: 'integer', city: 'text', notes: 'text', y: 'number' }, target: 'y', time: 'day', drop: [], categorical: [] };

describe('a transform in parts', () => {
  it.each(['median+flag+power', 'knn:3', 'flag', 'bins:5:kmeans:codes', 'keep+target:3'])('%s is put together as it was', (spec) => expect(specOf(partsOf(spec))).toBe(spec));
  it('is nothing when all is as for all', () => {
    expect(partsOf(undefined)).toEqual({ impute: '', flag: false, change: '' });
    expect(specOf(partsOf(''))).toBeUndefined();
  });

  it('offers only words that preparation knows, each with words for people', () => {
    const roles = Object.keys(CHANGES) as Role[];
    const offered = [...new Set(roles.flatMap((role) => [...CHANGES[role], ...imputersOf(role, '')]))].filter((word) => word !== '');
    expect([...offered, 'flag', 'box-cox'].sort()).toEqual([...TRANSFORM_WORDS].sort());
    for (const role of roles) for (const word of CHANGES[role]) if (word !== '') expect([transforms.changes[word], transforms.why[word]], word).not.toContain(undefined);
    for (const word of ['median', 'mean', 'most-frequent', 'keep', 'knn']) expect(transforms.imputers[word]).toBeDefined();
  });

  it('changes one option, leaves what is as usual away, and stays readable', () => {
    const bins = OPTION_FIELDS['bins']!;
    expect(withOption('bins', bins, 0, '7')).toBe('bins:7');
    expect(withOption('bins:7', bins, 1, 'kmeans')).toBe('bins:7:kmeans');
    expect(withOption('bins', bins, 2, 'on')).toBe('bins:5:quantile:codes');
    expect(withOption('bins:5:quantile:codes', bins, 2, '')).toBe('bins');
    expect(withOption('range', OPTION_FIELDS['range']!, 0, '-1')).toBe('range:-1');
    expect([0, 1, 2].map((at) => optionAt('bins:4:codes', bins, at))).toEqual(['4', 'quantile', 'on']);
    for (const [word, fields] of Object.entries(OPTION_FIELDS)) {
      fields.forEach((field, at) => {
        const value = field.kind === 'number' ? String(field.min ?? -2) : field.kind === 'choice' ? field.choices.at(-1)! : 'on';
        expect(() => readTransform('a', withOption(word, fields, at, value)), word).not.toThrow();
      });
    }
  });

  it('takes the parts of a date one by one, and keeps the last', () => {
    expect(datePartsOf('dates')).toEqual(['year', 'month', 'weekday', 'day-of-year']);
    expect(withDatePart('dates', 'year', false)).toBe('dates:month:weekday:day-of-year');
    expect(withDatePart('dates:cyclic', 'hour', true)).toBe('dates:cyclic-weekday:cyclic-year:hour');
    expect(withDatePart('dates:hour', 'hour', false)).toBe('dates:hour');
  });
});

describe('the form', () => {
  it('asks for the transforms of its inputs, also of the time column', () => {
    const form = startForm(known);
    expect(inputsOf(form)).toEqual(['age', 'city', 'notes']);
    form.roles['day'] = 'date';
    form.roles['notes'] = 'text';
    form.roles['age'] = 'out';
    form.transforms = { day: 'dates:year', notes: 'tfidf', age: 'power', city: 'target' };
    expect(inputsOf(form)).toEqual(['day', 'city', 'notes']);
    expect(argsOf(form, known.columns)).toMatchObject({ transform: ['day=dates:year', 'notes=tfidf', 'city=target'], drop: ['age'], categorical: [] });
  });

  it('is filled again from choices with transforms', () => {
    const form = formOf({ target: 'y', time: 'day', drop: [], categorical: ['age'], impute: 'median', encode: 'one-hot', scale: 'standard', split: { kind: 'none' }, transforms: { when: 'dates', age: 'knn+bins:3', notes: 'count:20', city: 'target' } }, known);
    expect(form.roles).toMatchObject({ day: 'out', when: 'date', age: 'number', notes: 'text', city: 'category' });
    expect(argsOf(form, known.columns)).toMatchObject({ categorical: [], transform: ['when=dates', 'age=knn+bins:3', 'notes=count:20', 'city=target'] });
  });
});

describe('what a step has learned', () => {
  const words = { number: String, none: 'nothing', neighbours: (k: string) => `${k} neighbours`, power: (l: string) => `λ ${l}`, part: (p: string) => p };
  it('is told for each kind', () => {
    const base = { name: 'a', type: 'number' as const };
    expect(stepFacts({ kind: 'power', ...base, fill: null, neighbours: 3, method: 'box-cox', lambda: 0.5, offset: 0, divisor: 1, flag: true }, words)).toEqual({ fill: '3 neighbours', values: ['box-cox', 'λ 0.5', 'a?'] });
    expect(stepFacts({ kind: 'bins', ...base, fill: 2, edges: [0, 1, 4], codes: true }, words)).toEqual({ fill: '2', values: ['[0, 1)', '[1, 4]'] });
    expect(stepFacts({ kind: 'dates', ...base, type: 'date', fill: 86_400_000, parts: [{ part: 'year', offset: 0, divisor: 1 }] }, words)).toEqual({ fill: '1970-01-02', values: ['year'] });
    expect(stepFacts({ kind: 'target', ...base, type: 'text', levels: ['u'], means: [[1, 2]], unknown: [0, 0], smoothing: 10 }, words)).toEqual({ fill: '', values: ['u 1/2'] });
  });
});
