import { describe, expect, it } from 'vitest';
import { binaryMetrics } from '../../src/core/evaluate/binary-metrics.js';
import { precisionRecallCurve, rocCurve } from '../../src/core/evaluate/curves.js';
import { regressionMetrics } from '../../src/core/evaluate/regression-metrics.js';
import { createRandom } from '../../src/core/random.js';
import { compareFigures, isGap } from '../../src/panels/evaluate/compare-figures.js';
import { calibrationRows, precisionRecallRows, rocRows, widestGap } from '../../src/panels/evaluate/curve-rows.js';
import { areDays, judgeRows, residualBins, residualFacts, thinRows, worstRows } from '../../src/panels/evaluate/regression-figures.js';
import { commonestMistake, thinCurve, tradeAt, tradeCurve } from '../../src/panels/evaluate/threshold-trade.js';

const random = createRandom(5);
const n = 2000;
const labels = Array.from({ length: n }, (_, i) => String(i));
const actual = Array.from({ length: n }, () => random() * 20);
const predicted = actual.map((y) => y + (random() - 0.4) * 4);
const rows = judgeRows({ labels, actual, predicted });

describe('regression', () => {
  it('has the RMSE and the bias of the metrics', () => {
    const metrics = regressionMetrics(Float64Array.from(actual), Float64Array.from(predicted));
    const facts = residualFacts(rows);
    expect(facts.rmse).toBeCloseTo(metrics.rmse!, 12);
    expect(facts.bias).toBeCloseTo(metrics.bias!, 12);
    expect(facts.inside).toBe(rows.filter(({ residual }) => Math.abs(residual) <= facts.rmse).length);
  });
  it('puts every error into one bin, with 0 on an edge', () => {
    const bins = residualBins(rows);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(n);
    expect(bins.some(({ from }) => Math.abs(from) < 1e-12)).toBe(true);
    for (const { from, to, count } of bins) expect(rows.filter(({ residual }) => residual >= from - 1e-9 && residual < to - 1e-9).length).toBe(count);
  });
  it('survives a model without error, one row, and none', () => {
    expect(residualBins(judgeRows({ labels: ['0', '1'], actual: [3, 4], predicted: [3, 4] })).reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(worstRows(judgeRows({ labels: ['0'], actual: [3], predicted: [3] })).share).toBe(0);
    expect(residualBins([])).toEqual([]);
    expect(judgeRows({ labels: ['0', '1'], actual: [NaN, 1], predicted: [1, 2] })).toHaveLength(1);
  });
  it('names the worst rows and their share of the squared error', () => {
    const worst = worstRows(judgeRows({ labels: ['a', 'b', 'c'], actual: [0, 0, 0], predicted: [1, -7, 2] }), 2);
    expect(worst.rows.map(({ label }) => label)).toEqual(['b', 'c']);
    expect(worst.share).toBeCloseTo(53 / 54, 12);
  });
  it('thins by means that keep the total', () => {
    const thin = thinRows(rows, 300);
    expect(thin.every).toBe(7);
    expect(thin.rows.length).toBeLessThanOrEqual(300);
    expect(thin.rows[1]!.actual).toBeCloseTo(actual.slice(7, 14).reduce((a, b) => a + b) / 7, 12);
    expect(thinRows(rows.slice(0, 10)).every).toBe(1);
  });
  it('knows days from row numbers', () => {
    expect(areDays(['2004-01-01', '2004-01-02'])).toBe(true);
    expect(areDays(['0', '1'])).toBe(false);
  });
});

describe('the threshold', () => {
  const truth = Array.from({ length: n }, () => Number(random() < 0.3));
  const scores = truth.map((y) => Math.min(1, Math.max(0, 0.35 + 0.25 * y + (random() - 0.5) * 0.5)));
  it.each([0, 0.2, 0.5, 0.73, 1])('trades at %d as the metrics say', (threshold) => {
    const trade = tradeAt(truth, scores, threshold);
    const metrics = binaryMetrics(Float64Array.from(truth), Float64Array.from(scores), { threshold });
    expect(trade.precision).toBeCloseTo(metrics.precision!, 12);
    expect(trade.recall).toBeCloseTo(metrics.recall!, 12);
    expect(trade.f1).toBeCloseTo(metrics.f1!, 12);
    expect(trade.found + trade.missed + trade.falseAlarms + trade.quiet).toBe(n);
  });
  it('gives the same along the curve', () => {
    const curve = tradeCurve(truth, scores, 20);
    expect(curve).toHaveLength(21);
    curve.forEach((point) => expect(point).toEqual(tradeAt(truth, scores, point.threshold)));
  });
  it('lies on the ROC and the precision-recall curve', () => {
    const roc = rocRows(rocCurve(truth, scores)!, { actual: truth, predicted: scores }, 0.5);
    const now = roc.find(({ part }) => part === 'now')!;
    const trade = tradeAt(truth, scores, 0.5);
    expect(now).toEqual({ part: 'now', x: trade.falseAlarms / (trade.falseAlarms + trade.quiet), y: trade.recall });
    const pr = precisionRecallRows(precisionRecallCurve(truth, scores)!, { actual: truth, predicted: scores }, 2);
    expect(pr.some(({ part }) => part === 'now')).toBe(false);
    expect(pr.find(({ part }) => part === 'guess')!['y']).toBeCloseTo(truth.reduce((a, b) => a + b, 0) / n, 12);
  });
  it('finds the widest gap among bins that count', () => {
    const bins = [{ bin: 0, count: 990, meanScore: 0.1, fractionPositive: 0.2 }, { bin: 5, count: 300, meanScore: 0.55, fractionPositive: 0.3 }, { bin: 9, count: 1, meanScore: 0.95, fractionPositive: 0 }];
    expect(widestGap(bins)!.bin).toBe(5);
    expect(widestGap([])).toBeUndefined();
    expect(calibrationRows(bins)).toHaveLength(5);
  });
  it('names the commonest mistake, or none', () => {
    expect(commonestMistake([[5, 2], [7, 1]])).toEqual({ actual: 1, predicted: 0, count: 7 });
    expect(commonestMistake([[5, 0], [0, 1]])).toBeUndefined();
  });
  it('thins a curve and keeps both ends', () => {
    const thin = thinCurve(Array.from({ length: 5000 }, (_, i) => i), 100);
    expect([thin.length, thin[0], thin.at(-1)]).toEqual([100, 0, 4999]);
  });
});

describe('beside the baseline', () => {
  it.each([
    ['rmse', 2, 4, 'better', 0.5],
    ['rmse', 5, 4, 'worse', 0.25],
    ['auc', 0.8, 0.5, 'better', undefined],
    ['auc', 0.4, 0.5, 'worse', undefined],
    ['r2', 0, 0, 'same', undefined],
  ])('%s %d against %d is %s', (metric, model, baseline, verdict, share) => {
    const [compared] = compareFigures({ [`test.${metric}`]: model, [`baseline.${metric}`]: baseline }, [metric]);
    expect(compared).toMatchObject({ metric, verdict });
    expect(compared!.share).toBe(share);
  });
  it('leaves out what a run lacks', () => expect(compareFigures({ 'test.auc': 1 }, ['auc', 'f1'])).toEqual([]));
  it('calls a gap only what is worse on unseen rows by more than a tenth', () => {
    expect(isGap({ metric: 'rmse', model: 2.3 }, 1.1)).toBe(true);
    expect(isGap({ metric: 'rmse', model: 1.85 }, 1.93)).toBe(false);
    expect(isGap({ metric: 'auc', model: 0.7 }, 0.95)).toBe(true);
    expect(isGap({ metric: 'auc', model: 0.9 }, 0.95)).toBe(false);
  });
});
