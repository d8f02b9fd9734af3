import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { digamma } from '../../../src/core/features/digamma.js';
import { mutualInformation } from '../../../src/core/features/mutual-information.js';

type Golden = Readonly<Record<'x' | 'x2' | 'noise' | 'd' | 'y' | 'c' | 'regression' | 'classes', readonly number[]>>;
const golden = JSON.parse(readFileSync(new URL('./mutual-information.json', import.meta.url), 'utf8')) as Golden;
const FEATURES = (['x', 'x2', 'noise', 'd'] as const).map((name, i) => [name, i] as const);

describe('mutual information', () => {
  test.each(FEATURES)('of %s with a quantity is scikit-learn’s', (name, i) => {
    expect(mutualInformation({ discrete: name === 'd', values: golden[name] }, { discrete: false, values: golden.y })).toBeCloseTo(golden.regression[i]!, 6);
  });
  test.each(FEATURES)('of %s with a class is scikit-learn’s', (name, i) => {
    expect(mutualInformation({ discrete: name === 'd', values: golden[name] }, { discrete: true, values: golden.c })).toBeCloseTo(golden.classes[i]!, 6);
  });
  test('of a column with itself it is the entropy, of a constant nothing, with ties and tiny classes no trouble', () => {
    const d = { discrete: true, values: [0, 0, 1, 1] };
    expect(mutualInformation(d, d)).toBeCloseTo(Math.log(2), 12);
    expect(mutualInformation({ discrete: true, values: [1, 1, 1, 1] }, d)).toBe(0);
    expect(mutualInformation({ discrete: false, values: [1, 1, 1, 1] }, d)).toBeGreaterThanOrEqual(0);
    expect(mutualInformation({ discrete: false, values: [1, 2, 3] }, { discrete: true, values: [0, 1, 2] })).toBe(0);
  });
  test('ψ is scipy’s', () => {
    [[1, -0.5772156649015329], [2, 0.42278433509846713], [3.5, 1.103156640645243], [10, 2.251752589066721], [100, 4.600161852738088], [0.5, -1.9635100260214235]].forEach(([x, y]) => expect(digamma(x!)).toBeCloseTo(y!, 13));
  });
});
