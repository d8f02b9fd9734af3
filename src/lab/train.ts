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
import type { FittedModel, HyperparameterValues, TrainingData, TrainingProgress } from '../core/train/model.js';
import { modelOf } from '../core/train/model-of.js';
import { findConcerns } from '../core/train/training-data.js';
import { models } from '../core/train/models/index.js';
import { md5Hex } from '../core/version/md5.js';
import { evaluateModel } from '../core/evaluate/metric-names.js';
import { cleaningDigest, readCleaning } from './cleaning/cleaned-data.js';
import { featuredTable, featuresDigest, readFeatures } from './engineering/featured-data.js';
import { encodeJson, requirePointer, trackFile, type ModelArtefact } from './project/artefacts.js';
import { readText, writeParams } from './project/files.js';
import { PATHS } from './project/paths.js';
import { loadRuns, saveRun } from './project/state.js';
import { defineVerb, list, number, text, type VerbContext } from './verb.js';

/** What one training needs to know. */
export interface TrainingChoices {
  readonly kind: string;
  readonly settings: HyperparameterValues;
  readonly seed: number;
  readonly name?: string;
}

interface Trained {
  readonly fitted: FittedModel;
  readonly backend: string;
  readonly repeatable: boolean;
  readonly trials: RunRecord['trials'];
  readonly skipped: RunRecord['skipped'];
  readonly history: readonly TrainingProgress[];
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
    const { run, files } = await trainRun(context, choices);
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

/** Trains on the project's prepared rows, stores the model with its recipe, and keeps the run. */
export async function trainRun(context: VerbContext, choices: TrainingChoices): Promise<{ run: RunRecord; files: string[] }> {
  const { platform, session } = context;
  const raw = await requirePointer(platform, PATHS.raw, 'collect');
  const prepared = await requirePointer(platform, PATHS.prepared, 'prepare');
  const { recipe, split } = await session.artefacts.prepared(prepared.md5);
  if (split.dataDigest !== raw.md5) throw new LabError('prepared-stale', { data: raw.md5, prepared: split.dataDigest });
  if (cleaningDigest(await readCleaning(platform)) !== split.cleaning) throw new LabError('prepared-stale', { data: 'data/clean.yaml', prepared: prepared.md5 });
  if (featuresDigest(await readFeatures(platform)) !== split.features) throw new LabError('prepared-stale', { data: 'data/features.yaml', prepared: prepared.md5 });
  const table = await featuredTable(session, raw.md5, split.columns, recipe);
  const data = trainingData(recipe, table, split.train, choices);
  const started = platform.now();
  const trained = await fitAnywhere(context, data, choices);
  const trainedTo = newestDate(table, split.time, split.train);
  const artefact: ModelArtefact = { version: 1, recipe, model: trained.fitted, dataDigest: raw.md5, preparedDigest: prepared.md5, ...(trainedTo === undefined ? {} : { trainedTo }) };
  const { digest, files } = await trackFile(platform, PATHS.model, encodeJson(artefact));
  await writeParams(platform, 'train', { model: choices.kind, seed: choices.seed, ...choices.settings });
  const id = await nextRunId(context);
  const head = await platform.git.head();
  const run: RunRecord = {
    version: 1,
    id,
    name: choices.name ?? `${choices.kind}-${(await loadRuns(platform)).length + 1}`,
    model: choices.kind,
    task: recipe.task,
    started,
    durationMs: platform.now() - started,
    ...(head.commit === undefined ? {} : { commit: head.commit }),
    dataDigest: raw.md5,
    preparedDigest: prepared.md5,
    modelDigest: digest,
    params: Object.fromEntries(Object.entries({ ...choices.settings, seed: choices.seed }).map(([key, value]) => [key, Array.isArray(value) ? value.join('x') : String(value)])),
    metrics: prefixKeys('train', evaluateModel(trained.fitted, data.x, data.y)),
    seed: choices.seed,
    backend: trained.backend,
    repeatable: trained.repeatable,
    trials: trained.trials,
    skipped: trained.skipped,
    concerns: findConcerns(data),
    history: trained.history,
    evaluated: false,
  };
  await saveRun(platform, run);
  return { run, files };
}

/** Inputs and targets of the training rows; a net keeps the last tenth back for its validation curve. */
function trainingData(recipe: Recipe, table: Table, rows: readonly number[], { kind }: TrainingChoices): TrainingData {
  const kept = modelOf(kind).trainer === 'net' && rows.length >= 50 ? Math.floor(rows.length * 0.9) : rows.length;
  const chosen = Int32Array.from(rows);
  const [x, y] = [trainingInputs(recipe, table, chosen), targetValues(recipe, table, chosen)];
  const part = (from: number, to: number) => ({ x: { rows: to - from, columns: x.columns, data: x.data.slice(from * x.columns, to * x.columns) }, y: y.slice(from, to) });
  const categorical = codedOutputs(recipe);
  const base = {
    ...part(0, kept),
    task: recipe.task,
    classes: recipe.classes?.length ?? 0,
    features: recipe.outputs,
    ...(categorical.length > 0 ? { categorical } : {}),
  };
  return kept < rows.length ? { ...base, validation: part(kept, rows.length) } : base;
}

/** Fits a model where its trainer is: here, or in the platform's net trainer. */
export async function fitAnywhere(context: VerbContext, data: TrainingData, { kind, settings, seed }: TrainingChoices): Promise<Trained> {
  const history: TrainingProgress[] = [];
  const report = (p: TrainingProgress): void => {
    // A report of the same step only says that it is still at work.
    if (history.at(-1)?.done !== p.done) history.push(p);
    context.progress({ ...p, note: 'training' });
  };
  if (modelOf(kind).trainer === 'net') {
    checkFitting(kind, data);
    const { state, ...how } = await context.platform.nets.train(data, settings, seed, { signal: context.signal, progress: report }, kind);
    return { fitted: fittedModel(kind, data, settings, seed, state), ...how, history };
  }
  const fitting = fitModel(kind, data, settings, seed);
  for (;;) {
    const step = fitting.next();
    if (step.done) return { fitted: step.value, backend: 'TypeScript', repeatable: true, trials: [], skipped: [], history };
    report(step.value);
    await context.breathe();
  }
}

/** Ids are made from the journal's head, so that a replay of the same acts gives the same ids. */
async function nextRunId({ platform }: VerbContext): Promise<string> {
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
