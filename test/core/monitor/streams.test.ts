import { describe, expect, it } from 'vitest';
import { Ddm } from '../../../src/core/monitor/streams/ddm.js';
import { Ewma } from '../../../src/core/monitor/streams/ewma.js';
import { PageHinkley } from '../../../src/core/monitor/streams/page-hinkley.js';
import { createRandom } from '../../../src/core/random.js';

const random = createRandom(12);
const errors = (n: number, rate: number): number[] => Array.from({ length: n }, () => Number(random() < rate));

describe('stream detectors', () => {
  it('see a rise of errors soon after it comes', () => {
    const stream = [...errors(600, 0.1), ...errors(400, 0.5)];
    const [ddm, pageHinkley] = [new Ddm(), new PageHinkley({ delta: 0.005, lambda: 20, alpha: 0.9999, minValues: 30 })];
    const first = (found: (value: number) => boolean): number => stream.findIndex(found);
    const rise = first((value) => pageHinkley.add(value));
    expect(rise).toBeGreaterThan(600);
    expect(rise).toBeLessThan(750);
    const signals = stream.flatMap((value, at) => (ddm.add(value) === 'drift' ? [at] : []));
    expect(signals.some((at) => at > 600 && at < 700)).toBe(true);
  });

  it('say nothing of a stream that does not change', () => {
    const [ddm, pageHinkley, ewma] = [new Ddm(), new PageHinkley(), new Ewma([1, 1, 1])];
    for (let i = 0; i < 500; i++) expect([ddm.add(0), pageHinkley.add(1), ewma.add(1)]).toEqual([undefined, false, false]);
  });

  it('need a reference', () => expect(() => new Ewma([])).toThrow('no-rows'));
});
