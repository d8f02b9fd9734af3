import type { Study } from '../../core/automl/study.js';
import { LabError } from '../../core/lab-error.js';
import { readCleaned } from '../cleaning/cleaned-data.js';
import { readFeatures } from '../engineering/featured-data.js';
import { foldChoiceOf, foldsOf, readChoices } from '../judging/refit.js';
import { PATHS } from '../project/paths.js';
import type { RunInputs } from '../run-record.js';
import { currentRows, readRunInputs } from '../train.js';
import type { TrialInputs } from '../trial-port.js';
import type { VerbContext } from '../verb.js';

/** What the trials of a search learn from and are judged on, and what their runs record of it. Throws `prepared-stale`, `missing-step`, and what `chooseFolds` throws. */
export async function readTrialInputs(context: VerbContext, study: Study): Promise<{ readonly rows: RunInputs; readonly inputs: TrialInputs }> {
  const { platform, session } = context;
  const digests = await currentRows(context);
  const rows = await readRunInputs(session, digests, { kind: study.model });
  const { split } = await session.artefacts.prepared(digests.prepared);
  const features = await readFeatures(platform);
  const choices = await readChoices(platform, features);
  if (!choices) throw new LabError('missing-step', { path: PATHS.params, verb: 'prepare' });
  const { cleaned } = await readCleaned(session);
  const choice = foldChoiceOf({ rows: { model: { task: rows.recipe.task } }, choices }, { folds: study.folds, seed: study.seed });
  const folds = foldsOf({ recipe: rows.recipe, choices, cleaned, train: split.train }, choice);
  return { rows, inputs: { kind: study.model, seed: study.seed, data: rows.data, features, ...folds, inTime: choice.kind === 'time' } };
}
