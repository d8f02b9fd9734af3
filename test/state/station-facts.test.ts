import { describe, expect, it } from 'vitest';
import { shell } from '../../src/i18n/areas/shell.en.js';
import { makeFormat } from '../../src/i18n/format.js';
import { bestMetric, nextStage, stationsOf } from '../../src/state/station-facts.js';
import { emptySnapshot, roundSnapshot } from '../ui/fixtures/snapshots.js';

const facts = (snapshot: typeof emptySnapshot | undefined) => stationsOf(snapshot, shell.facts, makeFormat('en')).map((station) => station.fact);

describe('the facts under the stations', () => {
  it('are silent in an empty project and while it opens', () => {
    expect(facts(emptySnapshot)).toEqual(Array(8).fill(''));
    expect(facts(undefined)).toEqual(Array(8).fill(''));
  });
  it('say what the learner has', () => {
    expect(facts(roundSnapshot)).toEqual(['3 data versions', '3 runs', 'best RMSE 2.21', '2 versions', 'v4 live', '2 alerts', 'v5 does better', '1 retired']);
  });
  it('say so when the champion holds and when no alert was raised', () => {
    const calm = { ...roundSnapshot, monitors: roundSnapshot.monitors.map((monitor) => ({ ...monitor, alerts: [] })), comparison: { ...roundSnapshot.comparison!, challengerValue: 4 } };
    expect(facts(calm).slice(5, 7)).toEqual(['no alerts', 'v4 holds']);
  });
});

describe('the best metric', () => {
  const [first] = roundSnapshot.runs;
  const run = (metrics: Record<string, number>, evaluated = true) => ({ ...first!, metrics, evaluated });
  it('is the lowest error and the highest score, of judged runs only', () => {
    expect(bestMetric([run({ 'test.rmse': 3 }), run({ 'test.rmse': 2 }), run({ 'test.rmse': 1 }, false)])).toEqual({ metric: 'rmse', value: 2 });
    expect(bestMetric([run({ 'test.auc': 0.7 }), run({ 'test.auc': 0.9 })])).toEqual({ metric: 'auc', value: 0.9 });
  });
  it('never compares tasks, nor what is not a number', () => {
    expect(bestMetric([run({ 'test.rmse': 2 }), run({ 'test.auc': 0.8 })])).toEqual({ metric: 'auc', value: 0.8 });
    expect(bestMetric([run({ 'test.rmse': Number.NaN })])).toBeUndefined();
    expect(bestMetric([])).toBeUndefined();
  });
});

describe('where to go on', () => {
  it('is what needs attention, then what is ready, then nowhere', () => {
    expect([nextStage(roundSnapshot), nextStage(emptySnapshot), nextStage(undefined)]).toEqual(['monitor', 'data', undefined]);
  });
});
