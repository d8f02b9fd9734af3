import type { PythonValue } from '../version/python-value.js';
import { formatPythonYaml } from '../version/python-yaml.js';
import type { Registry } from '../registry/registry.js';
import { curveTimes, statusOf, type RunRecord } from '../track/run.js';

/** The one experiment of a project, in MLflow's file store. */
const EXPERIMENT = '1';
/** Numbers of MLflow's enumerations: how a run ended, and a local source. */
const STATUS = { FINISHED: 3, FAILED: 4, KILLED: 5 } as const;
const LOCAL = 4;

export interface MlflowStoreInput {
  readonly experiment: string;
  readonly runs: readonly RunRecord[];
  readonly registry: Registry;
}

/** Tags of a run as MLflow writes them, with the learner's own; its note is one of them. */
export function mlflowTags(run: RunRecord): Record<string, string> {
  return {
    'mlflow.runName': run.name,
    'mlflow.user': 'learner',
    'mlflow.source.type': 'LOCAL',
    'mlflow.source.name': 'looplab',
    ...(run.commit === undefined ? {} : { 'mlflow.source.git.commit': run.commit }),
    backend: run.backend,
    task: run.task,
    prepared: run.preparedDigest,
    repeatable: String(run.repeatable),
    ...run.tags,
  };
}

/**
 * MLflow's file store (`mlruns`) with its registry, text by path. Runs need the folders metrics, params and artifacts, so each holds a file:
 * the artefact is the run's own record. Since MLflow 3.13 the store opens with MLFLOW_ALLOW_FILE_STORE=true, or after
 * `mlflow migrate-filestore --source mlruns --target sqlite:///mlflow.db`.
 */
export function mlflowStore({ experiment, runs, registry }: MlflowStoreInput): Record<string, string> {
  const times = runs.flatMap(({ started, durationMs }) => [started, started + durationMs]);
  const [created, updated] = times.length === 0 ? [0, 0] : [Math.min(...times), Math.max(...times)];
  const files: Record<string, string> = {
    [`${EXPERIMENT}/meta.yaml`]: formatPythonYaml({ artifact_location: `./mlruns/${EXPERIMENT}`, creation_time: created, experiment_id: EXPERIMENT, last_update_time: updated, lifecycle_stage: 'active', name: experiment }),
  };
  for (const run of runs) Object.assign(files, runFiles(run));
  for (const [name, model] of Object.entries(registry.models)) Object.assign(files, modelFiles(name, model));
  return files;
}

function runFiles(run: RunRecord): Record<string, string> {
  const folder = `${EXPERIMENT}/${run.id}`;
  const ended = run.started + run.durationMs;
  const meta: Record<string, PythonValue> = {
    artifact_uri: `./mlruns/${folder}/artifacts`, deleted_time: null, end_time: ended, entry_point_name: '', experiment_id: EXPERIMENT, lifecycle_stage: 'active',
    run_id: run.id, run_name: run.name, run_uuid: run.id, source_name: '', source_type: LOCAL, source_version: '', start_time: run.started, status: STATUS[statusOf(run)], tags: [], user_id: 'learner',
  };
  const files: Record<string, string> = { [`${folder}/meta.yaml`]: formatPythonYaml(meta), [`${folder}/artifacts/run.json`]: `${JSON.stringify(run, null, 2)}\n` };
  for (const [name, value] of Object.entries(run.metrics)) files[`${folder}/metrics/${name}`] = `${ended} ${numberText(value)} 0\n`;
  for (const [name, points] of Object.entries(mlflowHistory(run))) files[`${folder}/metrics/${name}`] = points.map(({ at, value, step }) => `${at} ${numberText(value)} ${step}\n`).join('');
  for (const [name, value] of Object.entries({ model: run.model, ...run.params })) files[`${folder}/params/${name}`] = value;
  for (const [name, value] of Object.entries(mlflowTags(run))) files[`${folder}/tags/${name}`] = value;
  return { ...files, ...datasetFiles(run) };
}

/** A point of a metric's history: wall clock in milliseconds, value, step. */
export interface MetricPoint {
  readonly at: number;
  readonly value: number;
  readonly step: number;
}

/** Losses by step, with the time at which each was reached. */
export function mlflowHistory(run: RunRecord): Record<string, MetricPoint[]> {
  const times = curveTimes(run).map(Math.round);
  const loss = run.history.map(({ done, loss: value }, index) => ({ at: times[index]!, value, step: done }));
  const held = run.history.flatMap(({ done, validationLoss }, index) => (validationLoss === undefined ? [] : [{ at: times[index]!, value: validationLoss, step: done }]));
  return { ...(loss.length > 0 ? { loss } : {}), ...(held.length > 0 ? { validation_loss: held } : {}) };
}

/** The data set of a run and that it trained on it; ids are the digests that MLflow would make room for. */
function datasetFiles(run: RunRecord): Record<string, string> {
  const id = run.dataDigest.slice(0, 32);
  const input = run.preparedDigest.slice(0, 32);
  return {
    [`${EXPERIMENT}/datasets/${id}/meta.yaml`]: formatPythonYaml({ digest: run.dataDigest.slice(0, 8), name: 'raw', profile: '{}', schema: '{}', source: JSON.stringify({ uri: 'data/raw.csv', md5: run.dataDigest }), source_type: 'local' }),
    [`${EXPERIMENT}/${run.id}/inputs/${input}/meta.yaml`]: formatPythonYaml({ destination_id: id, destination_type: 'RUN', source_id: id, source_type: 'DATASET', tags: { 'mlflow.data.context': 'training' } }),
  };
}

function modelFiles(name: string, { versions, aliases }: Registry['models'][string]): Record<string, string> {
  const time = (at: string): number => Date.parse(at);
  const files: Record<string, string> = {
    [`models/${name}/meta.yaml`]: formatPythonYaml({ aliases, creation_timestamp: time(versions[0]!.registeredAt), description: null, last_updated_timestamp: time(versions.at(-1)!.registeredAt), name }),
  };
  for (const [alias, version] of Object.entries(aliases)) files[`models/${name}/aliases/${alias}`] = String(version);
  for (const { version, runId, registeredAt, retired, modelDigest } of versions) {
    const folder = `models/${name}/version-${version}`;
    const own = Object.entries(aliases).flatMap(([alias, target]) => (target === version ? [alias] : []));
    files[`${folder}/meta.yaml`] = formatPythonYaml({
      aliases: own, creation_timestamp: time(registeredAt), current_stage: 'None', description: retired?.reason ?? null, last_updated_timestamp: time(retired?.at ?? registeredAt), model_id: null, name,
      run_id: runId, run_link: null, source: `./mlruns/${EXPERIMENT}/${runId}/artifacts`, status: 'READY', status_message: null, storage_location: `./mlruns/${EXPERIMENT}/${runId}/artifacts`, user_id: 'learner', version,
    });
    files[`${folder}/tags/md5`] = modelDigest;
    if (retired) files[`${folder}/tags/retired`] = retired.at;
  }
  return files;
}

/** A number as Python's float reads it. */
const numberText = (value: number): string => (Number.isNaN(value) ? 'nan' : value === Infinity ? 'inf' : value === -Infinity ? '-inf' : String(value));
