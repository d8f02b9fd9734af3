import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runners } from '../../vector-runners/index.js';
import { findDifference } from '../../vector-runners/compare.js';
import { runVectorFile } from '../../vector-runners/run-file.js';
import type { VectorFile } from '../../vector-runners/runner.js';

const names = readdirSync('test/vectors').filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''));
const read = (name: string): VectorFile => JSON.parse(readFileSync(`test/vectors/${name}.json`, 'utf8')) as VectorFile;

describe('vectors', () => {
  it('have a file for every runner', () => expect(names).toEqual(expect.arrayContaining(runners.map(({ file }) => file))));

  it.each(runners.map(({ file }) => file))('%s agrees in every figure', (name) => {
    const report = runVectorFile(read(name), name);
    expect(report.failures).toEqual([]);
    expect(report.passed).toBeGreaterThan(10);
  });

  it('are all known, every figure of them', () => {
    expect(runners.map(({ file }) => file).sort()).toEqual(names.sort());
    for (const name of names) expect(runVectorFile(read(name), name).skipped).toEqual([]);
  });

  it('report a file of an unknown kind as skipped', () => {
    expect(runVectorFile({ file: 'quantum', cases: [] }, 'quantum')).toEqual({ passed: 0, failures: [], skipped: ['quantum'] });
  });

  it('fail when a figure is off by more than the tolerance', () => {
    const file = read('metrics_regression');
    const [first] = file.cases;
    const off = { ...first!, expected: { ...first!.expected, rmse: (first!.expected['rmse'] as number) * (1 + 1e-8) } };
    expect(runVectorFile({ ...file, cases: [off], error_cases: [] }, 'metrics_regression').failures).toHaveLength(1);
  });

  it('fail when an error that is due does not come', () => {
    const file = read('metrics_regression');
    const sound = { name: 'sound', input: { y_true: [1, 2], y_pred: [1, 2] }, expected: { error: 'ValueError' } };
    expect(runVectorFile({ ...file, cases: [], error_cases: [sound] }, 'metrics_regression').failures).toHaveLength(1);
  });
});

describe('comparing figures', () => {
  it.each([
    [1 + 1e-10, 1, true],
    [1 + 1e-8, 1, false],
    [null, null, true],
    [0, null, false],
    [NaN, 1, false],
    [[1, 2], [1, 2, 3], false],
    [{ a: [1] }, { a: [1] }, true],
    [{ a: [1] }, { a: [2] }, false],
    ['x', 'y', false],
  ])('%j against %j', (ours, expected, same) => expect(findDifference(ours, expected, 1e-9) === undefined).toBe(same));
});
