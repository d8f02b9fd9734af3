import type { Registry } from '../registry/registry.js';
import type { RunRecord } from '../track/run.js';
import { mlflowHistory, mlflowTags } from './mlflow-store.js';
import { replayScript } from './scripts/replay-script.js';

export interface MlflowRestInput {
  readonly experiment: string;
  readonly runs: readonly RunRecord[];
  readonly registry: Registry;
}

/** A measured value as the REST API takes it; JSON knows no NaN, so such numbers go as words. */
interface RestMetric {
  readonly key: string;
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
}

/** Limits of MLflow's server (`mlflow/utils/validation.py`): characters of a key, a param's value, a tag's value and a registry tag's. */
const [KEY, PARAM, TAG] = [250, 6000, 8000];

/**
 * `replay.py`: a program of Python's standard library that sends the runs and the registry to an MLflow server, call by call. Sent twice, it
 * sends nothing twice.
 */
export function mlflowRest({ experiment, runs, registry }: MlflowRestInput): Record<string, string> {
  const versions = Object.entries(registry.models).map(([name, { versions: own, aliases }]) => ({
    name,
    aliases,
    versions: own.map(({ version, runId, modelDigest, retired }) => ({ version, run: runId, description: retired?.reason ?? '', tags: pairs({ 'looplab.version': String(version), md5: modelDigest, ...(retired ? { retired: retired.at } : {}) }) })),
  }));
  return { 'replay.py': replayScript(experiment, runs.map(runCalls), versions) };
}

/** What the script sends of one run. */
function runCalls(run: RunRecord) {
  const ended = run.started + run.durationMs;
  return {
    id: run.id,
    name: run.name,
    start_time: run.started,
    end_time: ended,
    tags: pairs(clipped({ ...mlflowTags(run), 'looplab.run': run.id }, TAG)),
    params: pairs(clipped({ model: run.model, ...run.params }, PARAM)),
    metrics: metricsOf(run, ended),
    datasets: [{ dataset: { name: 'raw', digest: run.dataDigest.slice(0, 8), source_type: 'local', source: JSON.stringify({ uri: 'data/raw.csv', md5: run.dataDigest }), schema: '{}', profile: '{}' }, tags: [{ key: 'mlflow.data.context', value: 'training' }] }],
  };
}

const pairs = (record: Readonly<Record<string, string>>): { key: string; value: string }[] => Object.entries(record).map(([key, value]) => ({ key: key.slice(0, KEY), value }));
const clipped = (record: Readonly<Record<string, string>>, most: number): Record<string, string> => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, value.slice(0, most)]));

function metricsOf(run: RunRecord, ended: number): RestMetric[] {
  const once = Object.entries(run.metrics).map(([key, value]): RestMetric => ({ key, value: restNumber(value), timestamp: ended, step: 0 }));
  const history = Object.entries(mlflowHistory(run)).flatMap(([key, points]) => points.map(({ at, value, step }): RestMetric => ({ key, value: restNumber(value), timestamp: at, step })));
  return [...once, ...history];
}

const restNumber = (value: number): number | string => (Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');
