import { bestTrial, checkSamePlan, nextTrial, SEARCH_METHODS, trialsOf, type SearchMethod, type Study, type StudyPlan, type Trial } from '../core/automl/study.js';
import { parseDimension, type Configuration } from '../core/automl/search-space.js';
import { mainMetric } from '../core/evaluate/metric-names.js';
import { LabError } from '../core/lab-error.js';
import { modelOf } from '../core/train/model-of.js';
import { settingsOf } from '../core/train/fit.js';
import { foldChoiceOf, refitRun, validateRun } from './judging/refit.js';
import { requirePointer } from './project/artefacts.js';
import { readJson, writeJson } from './project/files.js';
import { PATHS, REPORTS, studyPath } from './project/paths.js';
import { saveRun } from './project/state.js';
import { trainRun } from './train.js';
import type { StudyReport } from './views/study.js';
import { defineVerb, list, number, text, type ArgsOf, type VerbContext } from './verb.js';

const FLAGS = {
  model: text('kind of model; only for a new search'),
  search: list('settings that are searched: l2=0.01..100:log,maxLeaves=4..64,earlyStopping=on|off'),
  method: text('how (tpe)', { choices: SEARCH_METHODS }),
  trials: number('how many trials to make now (10)'),
  seconds: number('no new trial after this time'),
  folds: number('folds of the training rows on which a trial is judged (3)'),
  steps: number('values of each range of a grid (4)'),
  starts: number('configurations that halving starts with (27)'),
  seed: number('seed of everything random (7)'),
  name: text('name of the search (search); the same name goes on with it'),
};

/** Searches for good settings; every trial is a run, and a search goes on where it stopped. */
export const tune = defineVerb({
  name: 'tune',
  summary: 'search for good settings of a model; each trial is a run',
  flags: FLAGS,
  async run(context, args) {
    const { platform } = context;
    let study = await openStudy(context, args);
    const started = platform.now();
    const wanted = Math.min(trialsOf(study) - study.trials.length, args.trials ?? 10);
    const files = new Set<string>([REPORTS.tuning, PATHS.params]);
    for (let done = 0; done < wanted && !(args.seconds !== undefined && platform.now() - started >= args.seconds * 1000); done++) {
      context.progress({ done, total: wanted, note: 'tuning' });
      await context.breathe();
      const next = nextTrial(study)!;
      const { trial, written } = await makeTrial(context, study, next);
      study = { ...study, trials: [...study.trials, trial] };
      for (const file of written) files.add(file);
    }
    await writeJson(platform, studyPath(study.name), study);
    await writeJson(platform, REPORTS.tuning, { ...study, best: bestTrial(study) ?? null } satisfies StudyReport);
    const best = bestTrial(study);
    const left = trialsOf(study) - study.trials.length;
    return {
      result: study,
      lines: [
        ...study.trials.slice(-wanted).map((trial, at, shown) => `  ${String(study.trials.length - shown.length + at + 1).padStart(3)}  ${study.metric} ${trial.score?.toPrecision(4) ?? trial.failure}${trial.resource < 1 ? ` on ${(100 * trial.resource).toFixed(0)} % of the rows` : ''}  ${describe(trial.configuration)}`),
        best ? `best of ${study.trials.length}: ${study.metric} ${best.score!.toPrecision(4)} with ${describe(best.configuration)} (run ${best.run?.slice(0, 8)})` : 'no trial has worked',
        ...(left === 0 ? ['the search is complete'] : []),
      ],
      step: { object: { type: 'study', id: study.name } },
      files: [...files],
      message: `tune: ${study.name}, ${study.trials.length} trials`,
    };
  },
});

const describe = (configuration: Configuration): string => Object.entries(configuration).map(([name, value]) => `${name}=${value}`).join(' ');

async function openStudy({ platform, session }: VerbContext, args: ArgsOf<typeof FLAGS>): Promise<Study> {
  for (const key of ['trials', 'folds', 'steps', 'starts'] as const) {
    const value = args[key];
    if (value !== undefined && (!Number.isInteger(value) || value < (key === 'trials' ? 1 : 2) || value > 1000)) throw new LabError('flag-value', { flag: `--${key}`, value: String(value), expected: key === 'trials' ? '1 … 1000' : '2 … 1000' });
  }
  const name = args.name ?? 'search';
  if (!/^[\w-]{1,64}$/.test(name)) throw new LabError('flag-value', { flag: '--name', value: name, expected: 'letters, digits, _ and -' });
  const known = await readJson<Study>(platform, studyPath(name));
  if (known && args.model === undefined && args.search === undefined) return checkedStudy(known, (await requirePointer(platform, PATHS.prepared, 'prepare')).md5);
  if (args.model === undefined) throw new LabError('flag-required', { flag: '--model', command: 'lab tune' });
  if (!args.search?.length) throw new LabError('flag-required', { flag: '--search', command: 'lab tune' });
  const { hyperparameters } = modelOf(args.model);
  const prepared = await requirePointer(platform, PATHS.prepared, 'prepare');
  const { recipe } = await session.artefacts.prepared(prepared.md5);
  const plan: StudyPlan = {
    name, model: args.model, method: (args.method ?? 'tpe') as SearchMethod, space: args.search.map((dimension) => parseDimension(dimension, hyperparameters)),
    steps: args.steps ?? 4, starts: args.starts ?? 27, folds: args.folds ?? 3, seed: args.seed ?? 7, preparedDigest: prepared.md5,
  };
  if (!known) return { ...plan, version: 1, metric: mainMetric(recipe.task).name, trials: [] };
  checkSamePlan(known, plan);
  return known;
}

function checkedStudy(study: Study, prepared: string): Study {
  checkSamePlan(study, { ...study, preparedDigest: prepared });
  return study;
}

/** Trains a run with the configuration and judges its kind of model on folds of the training rows; a failure is a finding, not an end. */
async function makeTrial(context: VerbContext, study: Study, { configuration, resource }: { configuration: Configuration; resource: number }): Promise<{ trial: Trial; written: string[] }> {
  const started = context.platform.now();
  const base = { configuration, resource };
  try {
    const { run, files } = await trainRun(context, { kind: study.model, settings: settingsOf(study.model, configuration), seed: study.seed, name: `${study.name}-${study.trials.length + 1}` });
    const refit = await refitRun(context, run);
    const { summary } = await validateRun(context, refit, foldChoiceOf(refit, { folds: study.folds, seed: study.seed }), { share: resource, quiet: true });
    const spread = summary[study.metric];
    const score = spread?.mean ?? null;
    await saveRun(context.platform, { ...run, metrics: { ...run.metrics, ...(score === null ? {} : { [`cv.${study.metric}`]: score }) } });
    const loss = score === null ? null : mainMetric(run.task).greaterIsBetter ? -score : score;
    return { trial: { ...base, loss, score, deviation: spread?.deviation ?? null, milliseconds: context.platform.now() - started, run: run.id }, written: files };
  } catch (cause) {
    const error = LabError.from(cause);
    if (!TRIAL_FAILURES.has(error.code)) throw error;
    return { trial: { ...base, loss: null, score: null, deviation: null, milliseconds: context.platform.now() - started, failure: error.code }, written: [] };
  }
}

/** What settings can do to a training; all else ends the search. */
const TRIAL_FAILURES: ReadonlySet<string> = new Set(['diverged', 'fold-too-small', 'not-finite']);
