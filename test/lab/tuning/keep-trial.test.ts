import { expect, it } from 'vitest';
import type { Study } from '../../../src/core/automl/study.js';
import { createNodeNets } from '../../../src/platform/tfjs/node-nets.js';
import { jobOf } from '../../../src/lab/tuning/keep-trial.js';
import { openLab } from '../open-lab.js';

const study: Study = { version: 1, name: 's', model: 'dense-net', metric: 'rmse', method: 'halving', space: [], steps: 3, starts: 9, folds: 3, seed: 1, preparedDigest: '', trials: [] };

it('a net gets its share in epochs and all rows, others a share of the rows', () => {
  const whole = Number(jobOf(study, { configuration: {}, resource: 1 }).settings['epochs']);
  expect(jobOf({ ...study, budget: 'epochs' }, { configuration: { learningRate: 0.01 }, resource: 1 / 9 })).toMatchObject({ share: 1, settings: { learningRate: 0.01, epochs: Math.round(whole / 9) } });
  expect(jobOf({ ...study, budget: 'epochs' }, { configuration: {}, resource: 1e-6 }).settings['epochs']).toBe(1);
  expect(jobOf(study, { configuration: {}, resource: 1 / 9 })).toMatchObject({ share: 1 / 9, settings: { epochs: whole } });
  expect(jobOf({ ...study, model: 'lasso' }, { configuration: { l1: 2 }, resource: 1 / 3 })).toMatchObject({ share: 1 / 3, settings: { l1: 2 } });
});

it('halving trains nets for more and more epochs, and the run of each says how many', async () => {
  const lab = await openLab(createNodeNets());
  await lab.act('collect', { dataset: 'concrete' });
  await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
  const { trials, budget } = (await lab.act('tune', { model: 'dense-net', search: ['learningRate=0.001..0.1:log', 'layers=4|8'], method: 'halving', starts: 3, folds: 2, trials: 9 })).result as Study;
  expect([budget, trials.map(({ resource }) => Math.round(3 * resource))]).toEqual(['epochs', [1, 1, 1, 3]]);
  const epochs = trials.map(({ run }) => Number(lab.engine.snapshot.runs.find(({ id }) => id === run)!.params['epochs']));
  expect(epochs.slice(0, 3).every((count) => count === Math.round(epochs[3]! / 3))).toBe(true);
});
