import { expect, it } from 'vitest';
import type { Study, Trial } from '../../src/core/automl/study.js';
import { shownTrials } from '../../src/panels/train/study-facts.js';

const trial = (score: number | null, resource = 1): Trial => ({ configuration: {}, resource, loss: score, score, deviation: null, milliseconds: 1 });
const study = (trials: Trial[], ahead?: Study['ahead']): Study => ({ version: 1, name: 's', model: 'lasso', metric: 'rmse', method: 'halving', space: [], steps: 3, starts: 9, folds: 3, seed: 1, preparedDigest: '', trials, ...(ahead ? { ahead } : {}) });

it('the best so far holds over failures and worse trials, and begins anew with more rows', () => {
  const shown = shownTrials(study([trial(null), trial(5, 1 / 3), trial(4, 1 / 3), trial(6, 1 / 3), trial(4.5), trial(7)], [{ at: 7, trial: trial(3) }]));
  expect(shown.map(({ at, soFar }) => [at, soFar])).toEqual([[1, null], [2, 5], [3, 4], [4, 4], [5, 4.5], [6, 4.5], [8, 3]]);
});
