import { difference, showValue } from '../../core/pipeline/flat-values.js';
import { currentParams, findChanges, type StageChange } from '../../core/pipeline/find-changes.js';
import type { Stage } from '../../core/pipeline/stage.js';
import { openRemote, readDvcConfig } from '../project/data-remote.js';
import { compareWithRemote } from '../project/data-transfer.js';
import { readJson } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import { readPipeline, stateOf, type Pipeline } from '../project/pipeline-file.js';
import { readPlots, type PlotSpec } from '../project/plot-specs.js';
import type { Session } from '../project/session.js';
import { trackedOuts } from '../project/tracked-outs.js';
import { compareValues } from '../project/value-diff.js';
import { digestOf, metricPaths, readMetricFiles } from '../verify/read-claims.js';
import type { ScoreReport } from '../verify-score.js';

/** One line of a stage's details: a dependency, a parameter or an output, as it was when the stage ran last and as it is now. */
export interface StageFact {
  readonly kind: 'dep' | 'param' | 'out';
  readonly name: string;
  readonly before: string;
  readonly now: string;
  readonly change?: string;
}

/** A stage as the panel draws it. */
export interface StageView {
  readonly name: string;
  readonly commands: readonly string[];
  /** The file of the project that its first command runs. */
  readonly source?: string;
  readonly needs: readonly string[];
  readonly state: 'never' | 'current' | 'changed';
  readonly commandChanged: boolean;
  readonly facts: readonly StageFact[];
}

/** The pipeline, the metrics against HEAD, and how far the remote is behind. */
export interface PipelineFacts {
  readonly hasData: boolean;
  /** Undefined without a `dvc.yaml`. */
  readonly stages?: readonly StageView[];
  readonly metrics: readonly { readonly path: string; readonly name: string; readonly old: string; readonly now: string; readonly by: string }[];
  readonly remote?: { readonly name: string; readonly ahead: number; readonly behind: number; readonly missing: number };
}

/** What the pipeline panel shows. Throws what the parsers of `dvc.yaml`, `dvc.lock` and `.dvc/config` throw. */
export async function pipelineFacts({ platform }: Session): Promise<PipelineFacts> {
  const hasData = (await platform.files.stat(`${PATHS.raw}.dvc`)) !== undefined;
  if (!(await platform.files.stat('dvc.yaml'))) return { hasData, metrics: [] };
  const pipeline = await readPipeline(platform);
  const stages: StageView[] = [];
  for (const stage of pipeline.graph.stages.values()) stages.push(await viewStage({ platform }, pipeline, stage));
  const paths = [...pipeline.graph.stages.values()].flatMap(({ outs }) => outs.filter(({ kind }) => kind === 'metric').map(({ path }) => path));
  const metrics = (await compareValues(platform, paths, 'HEAD')).map(({ path, name, old, now }) => ({ path, name, old: showValue(old), now: showValue(now), by: showValue(difference(old, now)) }));
  return { hasData, stages, metrics, ...(await remoteFacts({ platform })) };
}

/** The pipeline's plots with the data of the working tree. */
export const plots = ({ platform }: Session): Promise<readonly PlotSpec[]> => readPlots(platform, ['workspace']);

/** The newest check of a claimed score, and whether the claims are still those that were checked; undefined before the first. */
export async function verifiedScore({ platform }: Session): Promise<{ readonly report: ScoreReport; readonly current: boolean } | undefined> {
  const report = await readJson<ScoreReport>(platform, PATHS.verifiedScore);
  if (!report) return undefined;
  const files = await readMetricFiles(platform, metricPaths(await readPipeline(platform)));
  return { report, current: digestOf(files) === report.claim };
}

async function viewStage({ platform }: Pick<Session, 'platform'>, { graph, locked }: Pipeline, stage: Stage): Promise<StageView> {
  const last = locked[stage.name];
  const state = await stateOf(platform, stage, last);
  const changes = findChanges(stage, last, state);
  const changeOf = (kind: StageChange['kind'], name: string) => changes.find((change) => change.kind === kind && (change.kind === 'param' ? `${change.file}:${change.key}` : 'path' in change ? change.path : '') === name);
  const fact = (kind: StageFact['kind'], name: string, before: string, now: string): StageFact => {
    const change = changeOf(kind, name);
    return { kind, name, before, now, ...(change && 'state' in change ? { change: change.state } : {}) };
  };
  const hashNow = (path: string): string => state.hashOf(path)?.md5 ?? '';
  const facts = [
    ...stage.deps.map((path) => fact('dep', path, last?.deps.find((dep) => dep.path === path)?.md5 ?? '', hashNow(path))),
    ...[...currentParams(stage, state)].flatMap(([file, values]) => [...values].map(([key, value]) => fact('param', `${file}:${key}`, shown(last?.params[file]?.[key]), shown(value)))),
    ...stage.outs.map(({ path }) => fact('out', path, last?.outs.find((out) => out.path === path)?.md5 ?? '', hashNow(path))),
  ];
  const source = /^node\s+(?:\.\/)?([\w./-]+\.ts)/.exec(stage.commands[0] ?? '')?.[1];
  return {
    name: stage.name,
    commands: stage.commands,
    ...(source === undefined ? {} : { source }),
    needs: graph.needs.get(stage.name) ?? [],
    state: last === undefined ? 'never' : changes.length > 0 ? 'changed' : 'current',
    commandChanged: changes.some(({ kind }) => kind === 'command'),
    facts,
  };
}

/** A parameter in short: a whole section as JSON. */
function shown(value: Parameters<typeof showValue>[0]): string {
  if (value === undefined) return '';
  return typeof value === 'object' && value !== null ? JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)) : showValue(value);
}

async function remoteFacts({ platform }: Pick<Session, 'platform'>): Promise<Pick<PipelineFacts, 'remote'>> {
  if ((await readDvcConfig(platform)).get('core')?.get('remote') === undefined) return {};
  const remote = await openRemote(platform);
  const states = [...(await compareWithRemote(platform, remote, (await trackedOuts(platform)).filter(({ push }) => push))).values()];
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  return { remote: { name: remote.name, ahead: count('new'), behind: count('deleted'), missing: count('missing') } };
}
