import { dateOf, dayOf } from '../../core/calendar.js';
import { driftAlerts, errorAlerts, type Alert } from '../../core/monitor/alerts.js';
import type { MonitoringPolicy } from '../../core/monitor/policy.js';
import { addErrors, emptyErrors, windowErrors, windowOf, type TimeWindow, type WindowError } from '../../core/monitor/windows.js';
import { usableVersion } from '../../core/registry/registry.js';
import type { WorldState } from '../../world/world-state.js';
import type { VerbContext } from '../verb.js';
import type { AlertSummary, WindowSummary } from '../views/snapshot.js';
import { liveTable } from '../engineering/live-features.js';
import { driftReference, measureDrift } from './drift-of-service.js';
import { readPolicy } from './policy.js';
import { loadMonitor, loadRegistry, saveMonitor, type ServiceState } from './state.js';
import type { TrafficLog } from './traffic-log.js';

/** Judges every window of a service that is complete, labels included, and was not judged before; gives the new alerts. */
export async function reviewService(context: VerbContext, world: WorldState, service: ServiceState, log: TrafficLog): Promise<AlertSummary[]> {
  const { platform } = context;
  const policy = await readPolicy(platform, service.name);
  const state = await loadMonitor(platform, service.name);
  const judgedTo = state.windows.at(-1)?.to ?? '';
  const closed = closedWindows(log, policy, world).filter((window) => dateOf(window.start) >= judgedTo);
  if (closed.length === 0) return [];
  const windows: WindowSummary[] = [];
  const alerts: AlertSummary[] = [];
  let before = state.windows.at(-1);
  for (const window of closed) {
    const judged = await judgeWindow(context, service, policy, log, window);
    windows.push(judged.summary);
    alerts.push(...freshAlerts(judged.raised, before).map((alert) => summariseAlert(alert, service.name, judged.summary.to)));
    before = judged.summary;
  }
  await saveMonitor(platform, service.name, { version: 1, windows: [...state.windows, ...windows], alerts: [...state.alerts, ...alerts] });
  return alerts;
}

/** What fires now and did not in the window before; of the features that begin to drift the strongest speaks for all. */
function freshAlerts(raised: readonly Alert[], before: WindowSummary | undefined): Alert[] {
  const fresh = raised.filter((alert) => (alert.kind === 'error' ? !before?.overLimit : !before?.drifted.includes(alert.feature)));
  return [...fresh.filter((alert) => alert.kind === 'error'), ...fresh.filter((alert) => alert.kind === 'drift').slice(0, 1)];
}

function closedWindows(log: TrafficLog, policy: MonitoringPolicy, world: WorldState): TimeWindow[] {
  const windows = new Map<string, TimeWindow>();
  for (const day of log.days) {
    const window = windowOf(day, policy.window);
    if (window.end + world.labelDelay <= dayOf(world.now)) windows.set(window.key, window);
  }
  return [...windows.values()];
}

async function judgeWindow({ platform, session }: VerbContext, service: ServiceState, policy: MonitoringPolicy, log: TrafficLog, window: TimeWindow) {
  const all = rowsOf(log, window);
  const version = log.versions[all.at(-1)!]!;
  // A promotion in the middle of a window must not blame the new version for the old one's rows.
  const rows = all.filter((row) => log.versions[row] === version);
  const registry = await loadRegistry(platform);
  const served = registry.models[service.model]?.versions.find((record) => record.version === version) ?? usableVersion(registry, service.model, service.version);
  const artefact = await session.artefacts.model(served.modelDigest);
  const promised = served.metrics[`test.${policy.metric}`] ?? policy.promise;
  const error = errorOf(log, rows, policy);
  const reference = await driftReference(session, artefact, served.modelDigest, policy.window);
  const drift = driftAlerts(window.key, measureDrift(reference, artefact.recipe, await liveTable(session, artefact.recipe, log.table), rows, window), policy);
  const to = dateOf(window.end);
  const overLimit = errorAlerts(error ? [error] : [], { ...policy, promise: promised });
  const summary: WindowSummary = {
    from: dateOf(window.start),
    to,
    requests: all.length,
    labelled: error?.rows ?? 0,
    version,
    overLimit: overLimit.length > 0,
    drifted: drift.map((alert) => (alert.kind === 'drift' ? alert.feature : '')),
    ...(error?.[policy.metric] === undefined ? {} : { error: error[policy.metric] }),
    ...(error?.bias === undefined ? {} : { bias: error.bias }),
  };
  return { summary, raised: [...overLimit, ...drift] };
}

/** Error of some rows of the log, or undefined when none of them has a label. */
export function errorOf(log: TrafficLog, rows: readonly number[], policy: MonitoringPolicy): WindowError | undefined {
  const errors = emptyErrors(policy.metric === 'rmse' ? 'regression' : 'binary', policy.window);
  const pick = (values: ArrayLike<number>): number[] => rows.map((row) => values[row]!);
  addErrors(errors, pick(log.days), pick(log.predicted), pick(log.actual));
  return windowErrors(errors)[0];
}

/** Rows of the log within a window. */
export function rowsOf(log: TrafficLog, window: { readonly start: number; readonly end: number }): number[] {
  const rows: number[] = [];
  log.days.forEach((day, row) => day >= window.start && day < window.end && rows.push(row));
  return rows;
}

function summariseAlert(alert: Alert, service: string, at: string): AlertSummary {
  const subject = alert.kind === 'error' ? alert.metric : alert.feature;
  return { id: `${service}-${alert.kind}-${alert.window}`, service, at, rule: alert.kind, subject, value: alert.value, threshold: alert.limit };
}
