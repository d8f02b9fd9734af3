import type { LabError } from '../core/lab-error.js';
import type { Recipe } from '../core/prepare/recipe.js';
import type { RunRecord } from '../core/track/run.js';
import type { HyperparameterValues, TrainingData } from '../core/train/model.js';
import { md5Hex } from '../core/version/md5.js';
import type { Platform } from './platform.js';
import type { ModelArtefact } from './project/artefacts.js';
import { loadRuns, loadUnfinished, saveUnfinished } from './project/state.js';
import type { Trained } from './trained.js';

/** What one training needs to know. */
export interface TrainingChoices {
  readonly kind: string;
  readonly settings: HyperparameterValues;
  readonly seed: number;
  readonly name?: string;
}

/** Ids of stored rows: of the raw data and of the preparation. */
export interface RowDigests {
  readonly raw: string;
  readonly prepared: string;
}

/** The rows that a run learns from, and what is known of them. */
export interface RunInputs extends RowDigests {
  readonly recipe: Recipe;
  readonly data: TrainingData;
  readonly concerns: RunRecord['concerns'];
  /** Date of the newest row. */
  readonly trainedTo?: string;
}

/** A run whose training has begun. */
export type BegunRun = Omit<RunRecord, 'metrics' | 'modelDigest' | 'backend' | 'repeatable' | 'trials' | 'skipped'>;

/** What a run's record says before its training has ended; the curve grows with the watch. */
export async function beginRecord(platform: Platform, { raw, prepared, recipe, concerns }: RunInputs, choices: TrainingChoices, id: string, { started, history }: Pick<RunRecord, 'started' | 'history'>): Promise<Omit<BegunRun, 'durationMs'>> {
  const head = await platform.git.head();
  return {
    version: 1,
    id,
    name: choices.name ?? `${choices.kind}-${(await loadRuns(platform)).length + 1}`,
    model: choices.kind,
    task: recipe.task,
    started,
    ...(head.commit === undefined ? {} : { commit: head.commit }),
    dataDigest: raw,
    preparedDigest: prepared,
    params: Object.fromEntries(Object.entries({ ...choices.settings, seed: choices.seed }).map(([key, value]) => [key, Array.isArray(value) ? value.join('x') : String(value)])),
    seed: choices.seed,
    history,
    evaluated: false,
    concerns,
  };
}

/** What a training gives for its record, besides the model; `metrics` are those on its own rows, named `train.…`. */
export type EndedTraining = Trained & Pick<RunRecord, 'durationMs' | 'metrics'>;

/** The stored model and the record of a training that has ended. */
export function endRecord(platform: Platform, { recipe, raw, prepared, trainedTo }: RunInputs, begun: Omit<BegunRun, 'durationMs'>, trained: EndedTraining): { readonly artefact: ModelArtefact; readonly record: Omit<RunRecord, 'modelDigest'> } {
  const { fitted, versions, metrics, ...how } = trained;
  const environment = { ...platform.place, ...versions };
  return {
    artefact: { version: 1, recipe, model: fitted, dataDigest: raw, preparedDigest: prepared, ...(trainedTo === undefined ? {} : { trainedTo }) },
    record: {
      ...begun,
      durationMs: how.durationMs,
      metrics,
      backend: how.backend,
      repeatable: how.repeatable,
      trials: how.trials,
      skipped: how.skipped,
      ...(Object.keys(environment).length === 0 ? {} : { environment }),
    },
  };
}

/** Keeps the record of a training without a model. Ids of unfinished runs differ from that of the run which may follow with the same journal. */
export async function keepUnfinished(platform: Platform, begun: BegunRun, { code, data }: LabError): Promise<void> {
  const id = md5Hex(new TextEncoder().encode(`unfinished ${(await loadUnfinished(platform)).length} ${begun.id}`));
  const ended = code === 'cancelled' ? { status: 'KILLED' as const } : { status: 'FAILED' as const, failure: { code, data } };
  await saveUnfinished(platform, { ...begun, id, ...ended, ...(platform.place ? { environment: platform.place } : {}), metrics: {}, modelDigest: '', backend: '', repeatable: true, trials: [], skipped: [] });
}
