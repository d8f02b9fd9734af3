import { describe, expect, it } from 'vitest';
import type { ReportFigure } from '../../src/course/figure-shapes.js';
import { measureReport, type KeptReport, type ReadReports } from '../../src/course/report-figures.js';
import { readReport, type ReportKind } from '../../src/course/report-shapes.js';
import { openReplay } from '../lessons/replay.js';
import { worldOf } from '../../src/course/views-world.js';

const summary = { rmse: { mean: 2, deviation: 0.5, interval: { low: 1.4, high: 2.6 } } };
const group = (name: string, rows: number, baseRate: number, selectionRate: number) => ({ group: name, rows, baseRate, selectionRate, truePositiveRate: 0.9, falsePositiveRate: 0.25, selectionInterval: { low: 0.4, high: 0.7 } });
const view = (own: number) => ({
  groups: [group('no', 400, 0.9, 0.8), group('yes', 70, 0.7, own)],
  parity: { demographicParityDifference: 0.8 - own, demographicParityRatio: own / 0.8, equalizedOddsDifference: 0.1, fourFifths: false },
  accuracy: 0.84, selectionRate: 0.75,
});
const fairness = { run: 'r1', by: ['race'], chosen: 'no', threshold: 0.5, view: view(0.4), mitigation: { kind: 'threshold', criterion: 'demographic-parity', price: { after: view(0.75), changes: [{ group: 'no', gained: 3, lost: 0 }, { group: 'yes', gained: 9, lost: 1 }] } } };
const texts: Readonly<Record<ReportKind, readonly object[]>> = {
  crossValidation: [
    { run: 'r1', choice: { kind: 'time', k: 3, gap: 14 }, folds: [{ metrics: { rmse: 9 } }], summary },
    { run: 'r1', choice: { kind: 'time', k: 3 }, folds: [{ metrics: { rmse: 3 } }, { metrics: { rmse: 1 } }, { metrics: { rmse: 2 } }], summary },
  ],
  runComparison: [{ first: 'r1', second: 'r2', difference: { estimate: -1, low: -2, high: 0 }, wilcoxon: { pValue: 0.01 }, folds: { k: 5, differences: [-1, -2, -3, -4, 1], test: { pValue: 0.14 } }, better: 'neither' }],
  fairness: [fairness],
  explanation: [{ run: 'r1', row: 7, importance: [{ name: 'b', mean: 0.1 }, { name: 'a', mean: 0.3 }], explanation: { predicted: 0.6, base: -2, names: ['a', 'b'], contributions: [1.5, -0.5] } }],
};
const reports: ReadReports = async (kind) => texts[kind].map((report) => ({ seen: readReport(kind, JSON.stringify(report))!, prepare: { target: 'y', dropped: ['race'] }, model: 'linear' }) as KeptReport<typeof kind>);

const fair = { source: 'fairness' as const, by: ['race'] };

describe('a figure of a report', () => {
  it.each<[ReportFigure, number | undefined]>([
    [{ source: 'cross-validation', by: 'time', metric: 'rmse', value: 'mean', gap: 0 }, 2],
    [{ source: 'cross-validation', by: 'time', metric: 'rmse', value: 'low' }, 1.4],
    [{ source: 'cross-validation', by: 'time', metric: 'rmse', value: 'least', gap: 0 }, 1],
    [{ source: 'cross-validation', by: 'time', metric: 'rmse', value: 'greatest', gap: 0 }, 3],
    [{ source: 'cross-validation', by: 'time', metric: 'rmse', value: 'last', gap: 0 }, 2],
    [{ source: 'cross-validation', by: 'time', metric: 'rmse', value: 'last', gap: 14 }, 9],
    [{ source: 'cross-validation', by: 'time', metric: 'auc', value: 'greatest' }, undefined],
    [{ source: 'cross-validation', by: 'group', metric: 'rmse', value: 'mean' }, undefined],
    [{ source: 'cross-validation', by: 'time', metric: 'rmse', value: 'mean', target: 'z' }, undefined],
    [{ source: 'fold-comparison', value: 'corrected-p' }, 0.14],
    [{ source: 'fold-comparison', value: 'rows-p' }, 0.01],
    [{ source: 'fold-comparison', value: 'agreeing' }, 4],
    [{ source: 'fold-comparison', value: 'difference', folds: 10 }, undefined],
    [{ ...fair, value: 'rows', group: 'yes' }, 70],
    [{ ...fair, value: 'base-refusal', group: 'yes' }, 30],
    [{ ...fair, value: 'base-gap' }, 20],
    [{ ...fair, value: 'parity-gap' }, 40],
    [{ ...fair, value: 'parity-gap', after: true }, 5],
    [{ ...fair, value: 'ratio' }, 0.5],
    [{ ...fair, value: 'refusal-ratio' }, 3],
    [{ ...fair, value: 'gained' }, 12],
    [{ ...fair, value: 'gained', group: 'yes' }, 9],
    [{ ...fair, value: 'selection-high', group: 'yes' }, 70],
    [{ ...fair, value: 'selection', group: 'third' }, undefined],
    [{ ...fair, value: 'accuracy', without: ['race'], model: 'linear', mitigated: 'threshold', criterion: 'demographic-parity' }, 84],
    [{ ...fair, value: 'accuracy', mitigated: 'reweigh' }, undefined],
    [{ ...fair, value: 'accuracy', from: ['race'] }, undefined],
    [{ ...fair, value: 'accuracy', model: 'dummy' }, undefined],
    [{ source: 'explanation', value: 'predicted' }, 60],
    [{ source: 'explanation', value: 'base' }, -2],
    [{ source: 'explanation', value: 'contribution', feature: 'b' }, -0.5],
    [{ source: 'explanation', value: 'place', feature: 'b' }, 2],
    [{ source: 'explanation', value: 'place', feature: 'c' }, undefined],
    [{ source: 'explanation', value: 'importance', feature: 'a', row: 7 }, 0.3],
    [{ source: 'explanation', value: 'row', row: 8 }, undefined],
  ])('%j is %s', async (figure, value) => {
    const measured = await measureReport(figure, reports);
    if (value === undefined) expect(measured).toBeUndefined();
    else expect(measured).toBeCloseTo(value, 12);
  });

  it('has the p-value of a plain paired t as scipy.stats.ttest_1samp gives it', async () => {
    // t = -1.8/sqrt(3.7/5) = -2.0924, 4 degrees of freedom.
    expect(await measureReport({ source: 'fold-comparison', value: 'plain-p' }, reports)).toBeCloseTo(0.10453999977837544, 9);
  });

  it.each([undefined, '', '{', '[]', '{"run":"r1"}'])('is not read from %j', (text) => {
    expect(readReport('fairness', text)).toBeUndefined();
  });

  it('is read from what the project has committed, newest first, with the preparation of its time', { timeout: 20_000 }, async () => {
    const replay = await openReplay();
    const lines = ['lab collect --dataset hmda_boston', 'lab prepare --target denied --split stratified', 'lab train --model logistic', 'lab fairness --by single', 'lab prepare --target denied --drop single --split stratified', 'lab train --model logistic --set c=0.5', 'lab fairness --by single'];
    for (const line of lines) expect((await replay.type(line)).status, line).toBe(0);
    const found = await worldOf((name, args) => replay.engine.view(name, args), replay.engine.snapshot, 0).reports('fairness');
    expect(found.map(({ prepare, model, seen }) => [prepare, model, seen.by])).toEqual([
      [{ target: 'denied', dropped: ['single'] }, 'logistic', ['single']],
      [{ target: 'denied', dropped: ['mortgage_insurance_denied'] }, 'logistic', ['single']],
    ]);
  });
});
