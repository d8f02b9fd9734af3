import { bestTrial, endedTrials, SEARCH_METHODS, trialsOf, type Study, type Trial } from '../core/automl/study.js';
import type { Configuration } from '../core/automl/search-space.js';
import { LabError } from '../core/lab-error.js';
import { pinCode } from './nets/net-program.js';
import { trackFile } from './project/artefacts.js';
import { readText, writeJson, writeParams } from './project/files.js';
import { PATHS, REPORTS } from './project/paths.js';
import { findRun } from './project/state.js';
import { keepTrial, jobOf, settingsOfTrial, type EndedTrial } from './tuning/keep-trial.js';
import { createLocalTrials } from './tuning/local-trials.js';
import { openStudy } from './tuning/open-study.js';
import { searchOn, type SearchEnd } from './tuning/search.js';
import { readTrialInputs } from './tuning/trial-inputs.js';
import type { TrialHooks, TrialJob, TrialPool } from './trial-port.js';
import type { StudyReport } from './views/study.js';
import { defineVerb, list, number, text, type ArgsOf, type VerbContext } from './verb.js';

const FLAGS = {
  model: text('kind of model; only for a new search'),
  search: list('settings that are searched: l2=0.01..100:log,maxLeaves=4..64,earlyStopping=on|off'),
  method: text('how (tpe)', { choices: SEARCH_METHODS }),
  trials: number('how many trials to make now (10; as many as fit when seconds are given)'),
  seconds: number('no trial begins after this time; those that run end'),
  workers: number('trials at once (as many as suit the machine, up to 4)'),
  folds: number('folds of the training rows on which a trial is judged (3)'),
  steps: number('values of each range of a grid (4)'),
  starts: number('configurations that halving starts with (27)'),
  seed: number('seed of everything random (7)'),
  name: text('name of the search (search); the same name goes on with it'),
};

/** Searches for good settings; every trial is a run that is kept as soon as it ends, and a search goes on where it stopped. */
export const tune = defineVerb({
  name: 'tune',
  summary: 'search for good settings of a model; each trial is a run',
  flags: FLAGS,
  async run(context, args) {
    const opened = await openStudy(context, args);
    const { study, end } = await search(context, opened, args);
    const before = new Set(endedTrials(opened).map(({ at }) => at));
    const best = bestTrial(study);
    const files = await leaveBest(context, study, best);
    const made = endedTrials(study).filter(({ at }) => !before.has(at));
    return {
      result: { ...study, end },
      lines: [
        ...made.map(({ at, trial }) => trialLine(study, at, trial)),
        best ? `best of ${study.trials.length}: ${study.metric} ${best.score!.toPrecision(4)} with ${describe(best.configuration)} (run ${best.run?.slice(0, 8)})` : 'no trial has worked',
        ...endLine(study, end),
      ],
      step: { object: { type: 'study', id: study.name } },
      files,
      message: `tune: ${study.name}, ${study.trials.length} trials`,
    };
  },
});

async function search(context: VerbContext, study: Study, args: ArgsOf<typeof FLAGS>): Promise<{ readonly study: Study; readonly end: SearchEnd }> {
  const { platform, signal, pausing } = context;
  const trials = Math.min(trialsOf(study) - endedTrials(study).length, args.trials ?? (args.seconds === undefined ? 10 : Infinity));
  const until = args.seconds === undefined ? undefined : platform.now() + args.seconds * 1000;
  const { rows, inputs } = await readTrialInputs(context, study);
  // The code of a net runs where the project is; its trainings have workers of their own all the same.
  const runner = study.model === 'coded-net' || !platform.trials ? createLocalTrials(context) : platform.trials;
  const workers = args.workers ?? Math.min(study.width ?? 1, runner.width);
  const head = ((await readText(platform, PATHS.journal)) ?? '').slice(-200);
  const pool = runner.open(inputs, workers);
  let kept = 0;
  try {
    return await searchOn<EndedTrial>(study, { workers, trials, ...(until === undefined ? {} : { until }) }, {
      signal,
      ...(pausing ? { pausing } : {}),
      now: () => platform.now(),
      make: (_at, proposal, stop, progress) => makeTrial(context, pool, jobOf(study, proposal), { signal: stop, progress }),
      async keep(before, { at, proposal, made }) {
        const next = await keepTrial(context, rows, before, at, proposal, made, head);
        kept++;
        return next;
      },
      tell: (running, now) => context.progress({ done: kept, total: Number.isFinite(trials) ? trials : 0, note: 'tuning', search: { name: study.name, ended: endedTrials(now).length, running } }),
    });
  } catch (cause) {
    const { code, data } = LabError.from(cause);
    throw code === 'cancelled' && kept > 0 ? new LabError(code, { ...data, kept }) : cause;
  } finally {
    pool.close();
  }
}

/** What settings can do to a training, and the end of a worker, are findings; all else ends the search. */
const TRIAL_FAILURES: ReadonlySet<string> = new Set(['diverged', 'fold-too-small', 'not-finite', 'trial-died']);

async function makeTrial({ platform }: VerbContext, pool: TrialPool, job: TrialJob, hooks: TrialHooks): Promise<EndedTrial> {
  const started = platform.now();
  const settings = await pinCode(platform, job.settings);
  const result = await pool.run({ ...job, settings }, hooks).catch((cause: unknown) => {
    const error = LabError.from(cause);
    if (!TRIAL_FAILURES.has(error.code)) throw error;
    return error;
  });
  return { started, milliseconds: platform.now() - started, settings, result };
}

/** The project's model and settings become those of the best trial; gives the files that git keeps. */
async function leaveBest({ platform }: VerbContext, study: Study, best: Trial | undefined): Promise<string[]> {
  await writeJson(platform, REPORTS.tuning, { ...study, best: best ?? null } satisfies StudyReport);
  if (best?.run === undefined) return [REPORTS.tuning];
  const run = await findRun(platform, best.run);
  const { files } = await trackFile(platform, PATHS.model, await platform.objects.get(run.modelDigest));
  await writeParams(platform, 'train', { model: study.model, seed: study.seed, ...settingsOfTrial(study, best.configuration) });
  return [REPORTS.tuning, PATHS.params, ...files];
}

const describe = (configuration: Configuration): string => Object.entries(configuration).map(([name, value]) => `${name}=${value}`).join(' ');

function trialLine({ metric, budget = 'rows' }: Study, at: number, { score, failure, reason, resource, configuration }: Trial): string {
  const found = score?.toPrecision(4) ?? [failure, reason].filter(Boolean).join(': ');
  return `  ${String(at + 1).padStart(3)}  ${metric} ${found}${resource < 1 ? ` on ${(100 * resource).toFixed(0)} % of the ${budget}` : ''}  ${describe(configuration)}`;
}

function endLine(study: Study, end: SearchEnd): string[] {
  if (trialsOf(study) <= endedTrials(study).length) return ['the search is complete'];
  return end === 'paused' ? [`paused; lab tune --name ${study.name} goes on`] : [];
}
