import { mlflowTags } from '../../core/package/mlflow-store.js';
import { curveTimes, NOTE_TAG, statusOf, type RunRecord } from '../../core/track/run.js';
import type { StepHistograms } from '../../core/train/tensor-histogram.js';
import { readJson } from '../project/files.js';
import { histogramsPath } from '../project/paths.js';
import type { Session } from '../project/session.js';
import { findAnyRun, loadAllRuns } from '../project/state.js';
import type { VerbArgs } from '../verb.js';

/** A run as the board lists it: all that a filter can ask for, its ending, its note, and how many points its curve has. */
export interface BoardRun extends Omit<RunRecord, 'version' | 'history' | 'trials' | 'skipped' | 'concerns' | 'status' | 'tags'> {
  readonly ended: 'FINISHED' | 'FAILED' | 'KILLED';
  /** As in the record, for the filter; absent for a finished run. */
  readonly status?: RunRecord['status'];
  /** The learner's own and those that MLflow writes. */
  readonly tags: Readonly<Record<string, string>>;
  /** Keys of the learner's own tags. */
  readonly ownTags: readonly string[];
  readonly note?: string;
  readonly points: number;
}

/** The curve of a run: loss by step, and when each step was reached, milliseconds after the start. */
export interface RunCurve {
  readonly id: string;
  readonly name: string;
  readonly points: readonly { readonly step: number; readonly at: number; readonly loss: number; readonly validationLoss?: number }[];
}

/** All runs, also those that failed or were stopped, newest first. */
export async function board({ platform }: Session): Promise<readonly BoardRun[]> {
  return (await loadAllRuns(platform)).reverse().map((run) => {
    const { version: _version, history, trials: _trials, skipped: _skipped, concerns: _concerns, tags = {}, ...rest } = run;
    const note = tags[NOTE_TAG];
    return { ...rest, ended: statusOf(run), tags: mlflowTags(run), ownTags: Object.keys(tags).filter((key) => key !== NOTE_TAG), ...(note === undefined ? {} : { note }), points: history.length };
  });
}

/** Curves of the runs named in `runs`. Throws `unknown-run`. */
export async function runCurves({ platform }: Session, args: VerbArgs): Promise<readonly RunCurve[]> {
  const wanted = Array.isArray(args['runs']) ? args['runs'].map(String) : [String(args['runs'] ?? '')];
  return Promise.all(
    wanted.map(async (id) => {
      const run = await findAnyRun(platform, id);
      const times = curveTimes(run);
      return { id: run.id, name: run.name, points: run.history.map(({ done, loss, validationLoss }, at) => ({ step: done, at: times[at]! - run.started, loss, ...(validationLoss === undefined ? {} : { validationLoss }) })) };
    }),
  );
}

/** How the weights and gradients of a net were spread, by step; empty for other runs. */
export async function runHistograms({ platform }: Session, args: VerbArgs): Promise<readonly StepHistograms[]> {
  const run = await findAnyRun(platform, String(args['run'] ?? ''));
  return (await readJson<StepHistograms[]>(platform, histogramsPath(run.id))) ?? [];
}
