import { LabError } from '../../core/lab-error.js';
import type { ProjectState } from '../../core/pipeline/find-changes.js';
import { buildGraph, type PipelineGraph } from '../../core/pipeline/graph.js';
import { parseLock } from '../../core/pipeline/lock-file.js';
import { parsePipeline } from '../../core/pipeline/parse-pipeline.js';
import type { LockedFile, LockedStage, Stage } from '../../core/pipeline/stage.js';
import type { PythonValue } from '../../core/version/python-value.js';
import { parsePythonYaml } from '../../core/version/python-yaml.js';
import type { Platform } from '../platform.js';
import { readText } from './files.js';
import { PATHS } from './paths.js';
import { Workspace } from './workspace.js';

/** The project's pipeline and what it remembers of its last run. */
export interface Pipeline {
  readonly graph: PipelineGraph;
  readonly locked: Record<string, LockedStage>;
}

/** Reads `dvc.yaml` and `dvc.lock`. Throws `no-pipeline` and what the parsers throw. */
export async function readPipeline(platform: Platform): Promise<Pipeline> {
  const text = await readText(platform, 'dvc.yaml');
  if (text === undefined) throw new LabError('no-pipeline');
  const params = await readParams(platform, PATHS.params);
  const lock = await readText(platform, 'dvc.lock');
  return { graph: buildGraph(parsePipeline(text, params ?? {})), locked: lock === undefined ? {} : parseLock(lock) };
}

/** Values of a parameter file; undefined when there is none. */
export async function readParams(platform: Platform, path: string): Promise<PythonValue | undefined> {
  const text = await readText(platform, path);
  return text === undefined ? undefined : parsePythonYaml(text, path).value;
}

/** What stands in the project now, as far as one stage looks at it. */
export async function stateOf(platform: Platform, stage: Stage, locked: LockedStage | undefined): Promise<ProjectState> {
  const workspace = await Workspace.open(platform);
  const hashes = new Map<string, LockedFile | undefined>();
  for (const path of [...stage.deps, ...stage.outs.map((out) => out.path)]) hashes.set(path, await workspace.hashOf(path));
  const params = new Map<string, PythonValue | undefined>();
  for (const { file } of stage.params) params.set(file, await readParams(platform, file));
  const cached = new Set<string>();
  for (const { md5 } of locked?.outs ?? []) if (await platform.objects.has(md5)) cached.add(md5);
  return { hashOf: (path) => hashes.get(path), paramsOf: (file) => params.get(file), inCache: (md5) => cached.has(md5) };
}
