import { expect, test } from 'vitest';
import type { ComparisonSummary } from '../../src/lab/views/snapshot.js';
import { fateOf, judgeDuel } from '../../src/panels/retrain/duel.js';

const duel = (metric: string, championValue: number, challengerValue: number): ComparisonSummary => ({ model: 'm', champion: 1, challenger: 2, metric, championValue, challengerValue, rows: 90, from: '2008-01-01', to: '2008-03-31', at: '2008-04-15' });

test.each([
  ['rmse', 4, 3, 'challenger', 0.25],
  ['rmse', 3, 4, 'champion', 1 / 3],
  ['auc', 0.8, 0.9, 'challenger', 0.125],
  ['auc', 0.9, 0.8, 'champion', 1 / 9],
  ['rmse', 2, 2, 'none', 0],
  ['rmse', 0, 1, 'champion', 0],
] as const)('%s %d against %d: %s', (metric, champion, challenger, winner, share) => {
  const verdict = judgeDuel(duel(metric, champion, challenger));
  expect(verdict.winner).toBe(winner);
  expect(verdict.share).toBeCloseTo(share, 12);
});

test.each([
  ['open while the champion serves', 1, [], 'open'],
  ['promoted when the challenger serves', 2, [], 'promoted'],
  ['past when another serves', 3, [], 'past'],
  ['past when the challenger was retired', 1, [2], 'past'],
] as const)('%s', (_name, served, retired, fate) => expect(fateOf(duel('rmse', 2, 1), served, new Set(retired))).toBe(fate));
