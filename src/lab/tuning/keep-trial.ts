import { withTrial, type Proposal, type Study, type Trial } from '../../core/automl/study.js';
import type { Configuration } from '../../core/automl/search-space.js';
import { mainMetric } from '../../core/evaluate/metric-names.js';
import { LabError } from '../../core/lab-error.js';
import type { RunRecord } from '../../core/track/run.js';
import { settingsOf } from '../../core/train/fit.js';
import type { HyperparameterValues } from '../../core/train/model.js';
import { md5Hex } from '../../core/version/md5.js';
import { encodeJson } from '../project/artefacts.js';
import { writeJson } from '../project/files.js';
import { studyPath } from '../project/paths.js';
import { saveRun } from '../project/state.js';
import { beginRecord, endRecord, keepUnfinished, type RunInputs } from '../run-record.js';
import { keepHistograms, prefixKeys } from '../train.js';
import type { TrialJob, TrialResult } from '../trial-port.js';
import type { VerbContext } from '../verb.js';

/** A trial that has ended: what it gave, or what went wrong with its settings. */
export interface EndedTrial {
  readonly started: number;
  readonly milliseconds: number;
  readonly settings: HyperparameterValues;
  readonly result: TrialResult | LabError;
}

/** The settings of a configuration, and the share of rows; a net may get its share in epochs instead. */
export function jobOf({ model, budget = 'rows' }: Study, { configuration, resource }: Proposal): TrialJob {
  const settings = settingsOf(model, configuration as Record<string, string | number>);
  if (budget === 'rows') return { settings, share: resource };
  return { settings: { ...settings, epochs: Math.max(1, Math.round(Number(settings['epochs']) * resource)) }, share: 1 };
}

/** Keeps an ended trial and its run for good, in one save, whatever becomes of the search; gives the study with it. */
export async function keepTrial(context: VerbContext, rows: RunInputs, study: Study, at: number, proposal: Proposal, ended: EndedTrial, head: string): Promise<Study> {
  const { platform } = context;
  const trial = { ...proposal, ...(await keepRun(context, rows, study, at, ended, head)), milliseconds: ended.milliseconds };
  const next = withTrial(study, at, trial, platform.now());
  await writeJson(platform, studyPath(study.name), next);
  await platform.save();
  return next;
}

type Outcome = Omit<Trial, 'configuration' | 'resource' | 'milliseconds'>;

async function keepRun({ platform }: VerbContext, rows: RunInputs, study: Study, at: number, { started, milliseconds, settings, result }: EndedTrial, head: string): Promise<Outcome> {
  // The id follows from the place and from the journal, not from the order in which trials end.
  const id = md5Hex(new TextEncoder().encode(`trial ${study.name} ${at} ${head}`));
  const choices = { kind: study.model, settings, seed: study.seed, name: `${study.name}-${at + 1}` };
  const begun = await beginRecord(platform, rows, choices, id, { started, history: result instanceof LabError ? [] : result.history });
  if (result instanceof LabError) {
    await keepUnfinished(platform, { ...begun, durationMs: milliseconds }, result);
    const message = result.data['message'];
    return { loss: null, score: null, deviation: null, failure: result.code, ...(typeof message === 'string' && message !== '' ? { reason: message } : {}) };
  }
  const { artefact, record } = endRecord(platform, rows, begun, { ...result, metrics: prefixKeys('train', result.metrics) });
  const content = encodeJson(artefact);
  const modelDigest = md5Hex(content);
  await platform.objects.put(modelDigest, content);
  const spread = result.summary[study.metric];
  const score = spread?.mean ?? null;
  const run: RunRecord = { ...record, metrics: { ...record.metrics, ...(score === null ? {} : { [`cv.${study.metric}`]: score }) }, modelDigest };
  await saveRun(platform, run);
  await keepHistograms(platform, id, result.histograms);
  const loss = score === null ? null : mainMetric(run.task).greaterIsBetter ? -score : score;
  return { loss, score, deviation: spread?.deviation ?? null, run: id };
}

/** The settings of a configuration as `params.yaml` keeps them. */
export const settingsOfTrial = (study: Study, configuration: Configuration): HyperparameterValues => jobOf(study, { configuration, resource: 1 }).settings;
