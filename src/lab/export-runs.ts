import { eventFile } from '../core/track/event-file.js';
import { mlflowRest } from '../core/package/mlflow-rest.js';
import { mlflowStore } from '../core/package/mlflow-store.js';
import { LabError } from '../core/lab-error.js';
import { predict } from '../core/train/fit.js';
import type { RunRecord } from '../core/track/run.js';
import { runRows } from './evaluate.js';
import type { StepHistograms } from '../core/train/tensor-histogram.js';
import { readJson } from './project/files.js';
import { histogramsPath } from './project/paths.js';
import { loadAllRuns, loadRegistry } from './project/state.js';
import { defineVerb, text, type VerbContext } from './verb.js';

/** Writes all runs as files that MLflow or TensorBoard open. */
export const exportRuns = defineVerb({
  name: 'export-runs',
  summary: 'write the runs as files that MLflow or TensorBoard open',
  flags: { format: text('whose files', { required: true, choices: ['mlflow', 'mlflow-rest', 'tensorboard'] }) },
  async run(context, { format }) {
    const { platform } = context;
    const runs = await loadAllRuns(platform);
    if (runs.length === 0) throw new LabError('no-runs');
    const { folder, filesOf, how } = FORMATS[format as keyof typeof FORMATS];
    const files = await filesOf(context, runs);
    for (const [path, content] of Object.entries(files)) await platform.files.write(path, content);
    return {
      result: { files: Object.keys(files).length, runs: runs.length },
      lines: [`wrote ${Object.keys(files).length} files of ${runs.length} runs to ${folder}/`, ...how.map((line) => `  ${line}`)],
      step: { object: { type: 'runs', id: format! } },
      files: Object.keys(files),
      message: `export-runs: ${format}`,
    };
  },
});

type RunFiles = Record<string, Uint8Array | string>;

/** Where the files of a format go, what they are, and how they are opened. */
const FORMATS = {
  mlflow: { folder: 'mlruns', filesOf: mlflowFiles, how: ['open it: MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri ./mlruns', 'or move it: mlflow migrate-filestore --source mlruns --target sqlite:///mlflow.db'] },
  'mlflow-rest': { folder: 'mlflow-rest', filesOf: restFiles, how: ['send it to a server: python3 mlflow-rest/replay.py --uri http://127.0.0.1:5000'] },
  tensorboard: { folder: 'runs', filesOf: eventFiles, how: ['open it: tensorboard --logdir runs'] },
} as const;

async function mlflowFiles({ platform }: VerbContext, runs: readonly RunRecord[]): Promise<RunFiles> {
  return inFolder('mlruns', mlflowStore({ experiment: 'looplab', runs, registry: await loadRegistry(platform) }));
}

async function restFiles({ platform }: VerbContext, runs: readonly RunRecord[]): Promise<RunFiles> {
  return inFolder('mlflow-rest', mlflowRest({ experiment: 'looplab', runs, registry: await loadRegistry(platform) }));
}

const inFolder = (folder: string, files: RunFiles): RunFiles => Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));

async function eventFiles(context: VerbContext, runs: readonly RunRecord[]): Promise<RunFiles> {
  const files: Record<string, Uint8Array> = {};
  for (const [done, run] of runs.entries()) {
    context.progress({ done, total: runs.length, note: 'working' });
    await context.breathe();
    const bySteps = await readJson<StepHistograms[]>(context.platform, histogramsPath(run.id));
    files[`runs/${run.name.replaceAll(/[^\w.-]/g, '_')}-${run.id.slice(0, 8)}/events.out.tfevents.${String(Math.floor(run.started / 1000)).padStart(10, '0')}.looplab`] = eventFile(run, await answersOf(context, run), bySteps);
  }
  return files;
}

/** What a run's model says of the test rows, and what was true; nothing for a run that gave no model. */
async function answersOf({ session }: VerbContext, run: RunRecord): Promise<Record<string, ArrayLike<number>>> {
  if (run.status !== undefined) return {};
  const { model, test } = await runRows(session, run);
  return test.y.length === 0 ? {} : { 'test/predicted': predict(model, test.x), 'test/actual': test.y };
}
