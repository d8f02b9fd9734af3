import { EMPTY_REGISTRY, type Registry } from '../../core/registry/registry.js';
import type { RunRecord } from '../../core/track/run.js';
import { LabError } from '../../core/lab-error.js';
import type { WorldState } from '../../world/world-state.js';
import type { Platform } from '../platform.js';
import type { AlertSummary, ComparisonSummary, WindowSummary } from '../views/snapshot.js';
import { readJson, writeJson } from './files.js';
import { monitorPath, PATHS, runPath, unfinishedPath } from './paths.js';

/** A service of the simulated cluster and the version that it runs. */
export interface ServiceState {
  readonly name: string;
  readonly model: string;
  readonly version: number;
  /** Virtual date. */
  readonly since: string;
  readonly requests: number;
}

/** Services, and when each model version was last asked by name (virtual date), by `model/version`. */
export interface ServicesState {
  readonly version: 1;
  readonly services: readonly ServiceState[];
  readonly pinnedCalls: Readonly<Record<string, { readonly count: number; readonly last: string }>>;
}

/** What the monitor has concluded so far. */
export interface MonitorState {
  readonly version: 1;
  readonly windows: readonly WindowSummary[];
  readonly alerts: readonly AlertSummary[];
}

export const loadRegistry = async (platform: Platform): Promise<Registry> => (await readJson<Registry>(platform, PATHS.registry)) ?? EMPTY_REGISTRY;
export const saveRegistry = (platform: Platform, registry: Registry): Promise<void> => writeJson(platform, PATHS.registry, registry);

export const loadServices = async (platform: Platform): Promise<ServicesState> =>
  (await readJson<ServicesState>(platform, PATHS.services)) ?? { version: 1, services: [], pinnedCalls: {} };
export const saveServices = (platform: Platform, state: ServicesState): Promise<void> => writeJson(platform, PATHS.services, state);

export const loadWorld = (platform: Platform): Promise<WorldState | undefined> => readJson<WorldState>(platform, PATHS.world);
export const saveWorld = (platform: Platform, world: WorldState): Promise<void> => writeJson(platform, PATHS.world, world);

/** The world; throws `no-live-data` until a time-ordered set is collected. */
export async function requireWorld(platform: Platform): Promise<WorldState> {
  const world = await loadWorld(platform);
  if (!world) throw new LabError('no-live-data');
  return world;
}

export const loadMonitor = async (platform: Platform, service: string): Promise<MonitorState> =>
  (await readJson<MonitorState>(platform, monitorPath(service))) ?? { version: 1, windows: [], alerts: [] };
export const saveMonitor = (platform: Platform, service: string, state: MonitorState): Promise<void> => writeJson(platform, monitorPath(service), state);

export const loadComparison = (platform: Platform): Promise<ComparisonSummary | undefined> => readJson<ComparisonSummary>(platform, PATHS.comparison);

export const saveRun = (platform: Platform, run: RunRecord): Promise<void> => writeJson(platform, runPath(run.id), run);

/** Runs that gave a model, oldest first. */
export const loadRuns = (platform: Platform): Promise<RunRecord[]> => runsIn(platform, PATHS.runs);

/** Trainings that failed or were stopped lie apart, so that nothing takes them for a model. */
export const loadUnfinished = (platform: Platform): Promise<RunRecord[]> => runsIn(platform, PATHS.unfinished);
export const saveUnfinished = (platform: Platform, run: RunRecord): Promise<void> => writeJson(platform, unfinishedPath(run.id), run);

/** Runs that gave a model and those that did not, oldest first. */
export const loadAllRuns = async (platform: Platform): Promise<RunRecord[]> => [...(await loadRuns(platform)), ...(await loadUnfinished(platform))].sort(byStart);

/** Writes a changed run back to where it lies. */
export const keepRun = (platform: Platform, run: RunRecord): Promise<void> => (run.status === undefined ? saveRun(platform, run) : saveUnfinished(platform, run));

async function runsIn(platform: Platform, folder: string): Promise<RunRecord[]> {
  const names = (await platform.files.list(folder)).filter((name) => name.endsWith('.json'));
  const runs = await Promise.all(names.map((name) => readJson<RunRecord>(platform, `${folder}/${name}`)));
  return runs.filter((run) => run !== undefined).sort(byStart);
}

const byStart = (a: RunRecord, b: RunRecord): number => a.started - b.started || (a.id < b.id ? -1 : 1);

/** A run by id or by its first letters; without an id the newest one. Throws `no-runs`, `unknown-run`. */
export const findRun = async (platform: Platform, id?: string): Promise<RunRecord> => pickRun(await loadRuns(platform), id);

/** As `findRun`, also among the runs that failed or were stopped. */
export const findAnyRun = async (platform: Platform, id: string): Promise<RunRecord> => pickRun(await loadAllRuns(platform), id);

function pickRun(runs: readonly RunRecord[], id: string | undefined): RunRecord {
  if (runs.length === 0) throw new LabError('no-runs');
  if (id === undefined) return runs.at(-1)!;
  const found = runs.findLast(({ name }) => name === id) ?? runs.findLast((run) => run.id.startsWith(id));
  if (!found) throw new LabError('unknown-run', { id, known: runs.map((run) => run.id.slice(0, 8)) });
  return found;
}

/** A service by name, or the only one there is; throws `unknown-service`. */
export function findService(state: ServicesState, name?: string): ServiceState {
  const found = name === undefined && state.services.length === 1 ? state.services[0] : state.services.find((service) => service.name === name);
  if (!found) throw new LabError('unknown-service', { name: name ?? '', known: state.services.map((service) => service.name) });
  return found;
}
