import type { Snapshot, Stage, StageState } from './snapshot.js';

type Facts = Omit<Snapshot, 'stages'>;

/** What each station of the loop shows: whether its work is done, next, or wants attention. */
export function judgeStages(facts: Facts): Record<Stage, StageState> {
  const { data, prepared, runs, versions, services, comparison } = facts;
  const current = runs.filter((run) => run.preparedDigest === prepared?.digest);
  const alive = versions.filter((version) => version.status === 'registered');
  const monitors = facts.monitors.filter((monitor) => monitor.windows.length > 0);
  return {
    data: !data ? 'ready' : !prepared || prepared.dataDigest !== data.digest ? 'attention' : 'done',
    train: runs.length > 0 ? (prepared && current.length === 0 ? 'attention' : 'done') : ready(prepared !== undefined),
    evaluate: runs.some((run) => run.evaluated) ? (runs.at(-1)!.evaluated ? 'done' : 'attention') : ready(runs.length > 0),
    register: alive.length > 0 ? 'done' : ready(runs.some((run) => run.evaluated)),
    deploy: services.length > 0 ? 'done' : ready(alive.length > 0),
    monitor: monitors.length > 0 ? (hasFreshAlert(facts) ? 'attention' : 'done') : ready(services.length > 0),
    retrain: comparison ? 'done' : ready(monitors.length > 0),
    retire: versions.some((version) => version.status === 'retired') ? 'done' : ready(supersededVersions(facts).length > 0),
  };
}

/** An alert about the version that is served now. */
function hasFreshAlert({ monitors, services }: Facts): boolean {
  return monitors.some(({ service, alerts }) => alerts.some((alert) => alert.at >= (services.find((s) => s.name === service)?.since ?? '')));
}

/** Versions that a newer champion has replaced. */
const supersededVersions = ({ versions }: Facts) =>
  versions.filter((old) => old.status === 'registered' && versions.some((v) => v.model === old.model && v.version > old.version && v.aliases.includes('champion')));

const ready = (isReady: boolean): StageState => (isReady ? 'ready' : 'empty');
