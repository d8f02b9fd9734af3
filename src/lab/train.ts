import { DAY_MS, dateOf } from '../core/calendar.js';
import { LabError } from '../core/lab-error.js';
import { targetValues } from '../core/prepare/apply-recipe.js';
import type { Recipe } from '../core/prepare/recipe.js';
import { codedOutputs } from '../core/prepare/step-outputs.js';
import { trainingInputs } from '../core/prepare/training-inputs.js';
import { columnOf } from '../core/table/select.js';
import type { Table } from '../core/table/table.js';
import type { RunRecord } from '../core/track/run.js';
import { checkFitting, fitModel, fittedModel, settingsOf } from '../core/train/fit.js';
import type { TrainingData } from '../core/train/model.js';
import type { StepHistograms } from '../core/train/tensor-histogram.js';
import { modelOf } from '../core/train/model-of.js';
import { holdBack } from '../core/train/hold-back-rows.js';
import { findConcerns } from '../core/train/training-data.js';
import { models } from '../core/train/models/index.js';
import { md5Hex } from '../core/version/md5.js';
import { evaluateModel } from '../core/evaluate/metric-names.js';
import { prepareNet, type NetCodePlace } from './nets/prepare-net.js';
import { nameCode, pinCode } from './nets/net-program.js';
import { cleaningDigest, readCleaning } from './cleaning/cleaned-data.js';
import { featuredTable, featuresDigest, readFeatures } from './engineering/featured-data.js';
import { encodeJson, requirePointer, trackFile, type ModelArtefact } from './project/artefacts.js';
import { readText, writeJson, writeParams } from './project/files.js';
import { histogramsPath, PATHS } from './project/paths.js';
import { loadRuns, saveRun } from './project/state.js';
import type { Session } from './project/session.js';
import type { Platform } from './platform.js';
import { beginRecord, endRecord, keepUnfinished, type RowDigests, type RunInputs, type TrainingChoices } from './run-record.js';
import type { Trained } from './trained.js';
import { TrainingWatch } from './training-watch.js';
import { defineVerb, list, number, text, type VerbContext } from './verb.js';

/** What a training made, before any of it is kept. */
interface FittedRun {
  readonly artefact: ModelArtefact;
  readonly record: Omit<RunRecord, 'modelDigest'>;
  readonly histograms: readonly StepHistograms[];
}

/** Fits a model on the prepared training rows and keeps the run. */
export const train = defineVerb({
  name: 'train',
  summary: 'fit a model on the training rows and keep the run',
  flags: {
    model: text('kind of model', { required: true, choices: models.map(({ kind }) => kind) }),
    set: list('hyperparameters: name=value (several layers: layers=32x16)'),
    seed: number('seed of everything random'),
    name: text('a name for the run'),
  },
  async run(context, args) {
    const choices = { kind: args.model!, settings: settingsOf(args.model!, readSettings(args.set ?? [])), seed: args.seed ?? 7, ...(args.name === undefined ? {} : { name: args.name }) };
    const { run, files } = await trainRun(context, choices).catch(async (cause: unknown) => {
      // All that has changed so far is the record of a training that gave no model; the failure itself forgets the rest.
      await context.platform.save();
      throw cause;
    });
    const score = Object.entries(run.metrics).slice(0, 3).map(([name, value]) => `${name} ${value.toPrecision(4)}`).join(', ');
    return {
      result: { run: run.id, metrics: run.metrics },
      lines: [`run ${run.id.slice(0, 8)} (${run.name}): ${run.model} on ${run.backend}, ${(run.durationMs / 1000).toFixed(2)} s`, `  ${score}`, ...concernLines(run), ...run.skipped.map(({ backend, reason }) => `  ${backend} was not used: ${reason}`)],
      step: { object: { type: 'run', id: run.id, digest: run.modelDigest }, after: run.modelDigest },
      files: [...files, PATHS.params],
      message: `train: ${run.model} (${run.name})`,
    };
  },
});

const concernLines = ({ concerns }: RunRecord): string[] => concerns.map(({ code, name }) => `  note: ${code}${name === '' ? '' : ` ${name}`}`);

/** Trains on the project's prepared rows, stores the model with its recipe, and keeps the run; a training that ends without a model leaves an unfinished one. */
export async function trainRun(context: VerbContext, given: TrainingChoices): Promise<{ run: RunRecord; files: string[] }> {
  const { platform } = context;
  const choices = { ...given, settings: await nameCode(platform, given.settings) };
  const { artefact, record, histograms } = await fitRun(context, await currentRows(context), choices, await nextRunId(context));
  const { digest, files } = await trackFile(platform, PATHS.model, encodeJson(artefact));
  await writeParams(platform, 'train', { model: choices.kind, seed: choices.seed, ...choices.settings });
  const run: RunRecord = { ...record, modelDigest: digest };
  await saveRun(platform, run);
  await keepHistograms(platform, run.id, histograms);
  return { run, files };
}

/** The project's prepared rows. Throws `missing-step`, and `prepared-stale` {data, prepared} when they were made of other data or in another way. */
export async function currentRows({ platform, session }: VerbContext): Promise<RowDigests> {
  const raw = await requirePointer(platform, PATHS.raw, 'collect');
  const prepared = await requirePointer(platform, PATHS.prepared, 'prepare');
  const { split } = await session.artefacts.prepared(prepared.md5);
  if (split.dataDigest !== raw.md5) throw new LabError('prepared-stale', { data: raw.md5, prepared: split.dataDigest });
  if (cleaningDigest(await readCleaning(platform)) !== split.cleaning) throw new LabError('prepared-stale', { data: 'data/clean.yaml', prepared: prepared.md5 });
  if (featuresDigest(await readFeatures(platform)) !== split.features) throw new LabError('prepared-stale', { data: 'data/features.yaml', prepared: prepared.md5 });
  return { raw: raw.md5, prepared: prepared.md5 };
}

/** Keeps the histograms of a net beside its run. */
export async function keepHistograms(platform: Platform, id: string, histograms: readonly StepHistograms[]): Promise<void> {
  if (histograms.length > 0) await writeJson(platform, histogramsPath(id), histograms);
}

/** Fits a model on rows of the object store. A training that ends without a model is kept as an unfinished run, and its failure thrown on. */
export async function fitRun(context: VerbContext, rows: RowDigests, given: TrainingChoices, id: string): Promise<FittedRun> {
  const { platform } = context;
  const choices = { ...given, settings: await pinCode(platform, given.settings) };
  const inputs = await readRunInputs(context.session, rows, choices);
  const watch = new TrainingWatch(context);
  const begun = await beginRecord(platform, inputs, choices, id, watch);
  const trained = await fitAnywhere(context, inputs.data, choices, watch).catch(async (cause: unknown) => {
    await keepUnfinished(platform, { ...begun, durationMs: platform.now() - watch.started }, LabError.from(cause));
    throw cause;
  });
  const metrics = prefixKeys('train', evaluateModel(trained.fitted, inputs.data.x, inputs.data.y));
  return { ...endRecord(platform, inputs, begun, { ...trained, metrics, durationMs: platform.now() - watch.started }), histograms: watch.histograms };
}

/** Reads the training rows of a preparation as a kind of model takes them. */
export async function readRunInputs(session: Session, rows: RowDigests, choices: Pick<TrainingChoices, 'kind'>): Promise<RunInputs> {
  const { recipe, split } = await session.artefacts.prepared(rows.prepared);
  const table = await featuredTable(session, rows.raw, split.columns, recipe);
  const data = trainingData(recipe, table, split.train, choices);
  const trainedTo = newestDate(table, split.time, split.train);
  return { ...rows, recipe, data, concerns: findConcerns(data), ...(trainedTo === undefined ? {} : { trainedTo }) };
}

/** Inputs and targets of the training rows; a net keeps the last tenth back for its validation curve. */
function trainingData(recipe: Recipe, table: Table, rows: readonly number[], { kind }: Pick<TrainingChoices, 'kind'>): TrainingData {
  const chosen = Int32Array.from(rows);
  const [x, y] = [trainingInputs(recipe, table, chosen), targetValues(recipe, table, chosen)];
  const categorical = codedOutputs(recipe);
  const all = {
    x,
    y,
    task: recipe.task,
    classes: recipe.classes?.length ?? 0,
    features: recipe.outputs,
    ...(categorical.length > 0 ? { categorical } : {}),
  };
  return modelOf(kind).trainer === 'net' ? holdBack(all) : all;
}

/** What fitting needs of a verb's context; a worker has no more, and so fits no net that is written as code. */
export interface FittingPlace extends Pick<VerbContext, 'signal' | 'breathe' | 'progress'> {
  readonly platform: Pick<Platform, 'nets' | 'now'> & Partial<NetCodePlace>;
}

/** Fits a model where its trainer is: here, or in the platform's net trainer. */
export async function fitAnywhere(context: FittingPlace, data: TrainingData, { kind, settings, seed }: TrainingChoices, watch = new TrainingWatch(context)): Promise<Trained> {
  if (modelOf(kind).trainer === 'net') {
    checkFitting(kind, data);
    const net = await prepareNet(context, kind, data, settings);
    const { state, ...how } = await context.platform.nets.train(net.data, net.settings, seed, { signal: context.signal, progress: (p) => watch.report(p) }, kind);
    return { fitted: fittedModel(kind, data, settings, seed, net.finish(state)), ...how };
  }
  const fitting = fitModel(kind, data, settings, seed);
  for (;;) {
    const step = fitting.next();
    if (step.done) return { fitted: step.value, backend: 'TypeScript', repeatable: true, trials: [], skipped: [] };
    watch.report(step.value);
    await context.breathe();
  }
}

/** Ids are made from the journal's head, so that a replay of the same acts gives the same ids. */
export async function nextRunId({ platform }: VerbContext): Promise<string> {
  const journal = (await readText(platform, PATHS.journal)) ?? '';
  const runs = await loadRuns(platform);
  return md5Hex(new TextEncoder().encode(`${runs.length} ${journal.slice(-200)}`));
}

function newestDate(table: Table, time: string | undefined, rows: readonly number[]): string | undefined {
  if (time === undefined) return undefined;
  const column = columnOf(table, time);
  if (column.type !== 'date') return undefined;
  const newest = rows.reduce((latest, row) => Math.max(latest, column.values[row] ?? -Infinity), -Infinity);
  return Number.isFinite(newest) ? dateOf(Math.floor(newest / DAY_MS)) : undefined;
}

/** `{a: 1}` as `{'test.a': 1}`. */
export const prefixKeys = (prefix: string, metrics: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`${prefix}.${name}`, value]));

/** Reads `l2=1` and `layers=32x16`; throws `flag-value`. */
export function readSettings(pairs: readonly string[]): Record<string, number | string | readonly number[]> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, value] = pair.split('=', 2);
      if (!name || value === undefined || value === '') throw new LabError('flag-value', { flag: '--set', value: pair, expected: 'name=value' });
      if (/^\d+(x\d+)+$/.test(value)) return [name, value.split('x').map(Number)];
      return [name, Number.isNaN(Number(value)) ? value : Number(value)];
    }),
  );
}
