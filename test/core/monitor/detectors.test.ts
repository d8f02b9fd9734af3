import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/core/monitor/detectors/index.js';
import { asymptoticKsPValue } from '../../../src/core/monitor/detectors/ks.js';
import { kolmogorovTail } from '../../../src/core/monitor/kolmogorov.js';

describe('the register of detectors', () => {
  it('holds one detector for each file of the folder', () => {
    const files = readdirSync('src/core/monitor/detectors').filter((name) => name !== 'index.ts');
    expect(detectors.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });

  it.each(detectors.map((detector) => [detector.name, detector] as const))('%s says when it speaks and sees no drift in a sample against itself', (name, detector) => {
    expect((detector.threshold === undefined) !== (detector.significance === undefined)).toBe(true);
    const same = detector.compares === 'shares' ? [0.2, 0.5, 0.3] : [4, 9];
    const measure =
      detector.compares === 'samples' ? detector.measure(Float64Array.of(1, 2, 4, 8), Float64Array.of(1, 2, 4, 8)) : detector.measure(same, same);
    if (detector.significance !== undefined) expect(measure.pValue!).toBeGreaterThan(detector.significance);
    else if (name !== 'cramer-von-mises') expect(measure.statistic).toBeCloseTo(0, 12);
  });

  it.each(detectors.filter(({ compares }) => compares === 'samples').map((detector) => [detector.name, detector] as const))('%s is undefined without rows', (_, detector) => {
    expect(detector.measure(new Float64Array(0) as never, new Float64Array(0) as never).statistic).toBeNull();
  });
});

describe('Kolmogorov’s distribution', () => {
  // Marsaglia, Tsang and Wang 2003: P(D10 < 0.274) = .6284796154565, P(D2000 < .04) = .9967694319…
  it('agrees with published values', () => {
    expect(1 - kolmogorovTail(10, 0.274)).toBeCloseTo(0.6284796154565, 11);
    expect(1 - kolmogorovTail(2000, 0.04)).toBeCloseTo(0.99676943191713, 9);
  });

  it('falls from 1 to 0 without a jump where the method changes', () => {
    for (const n of [5, 139, 140, 141, 3000]) {
      let last = 1;
      for (let d = 0.001; d < 1; d += 0.001) {
        const tail = kolmogorovTail(n, d);
        expect(tail).toBeLessThanOrEqual(last + 1e-9);
        last = tail;
      }
      expect(last).toBeLessThan(1e-6);
    }
  });

  it('gives a p-value of 1 for equal samples and 0 for disjoint ones', () => {
    expect(asymptoticKsPValue(50, 60, 0)).toBe(1);
    expect(asymptoticKsPValue(50, 60, 1)).toBe(0);
  });
});
