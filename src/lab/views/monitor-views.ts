import { dateOf, dayOf } from '../../core/calendar.js';
import { LabError } from '../../core/lab-error.js';
import type { MonitoringPolicy } from '../../core/monitor/policy.js';
import { windowOf, type TimeWindow } from '../../core/monitor/windows.js';
import { usableVersion } from '../../core/registry/registry.js';
import { liveTable } from '../engineering/live-features.js';
import { driftReference, measureDrift } from '../project/drift-of-service.js';
import { readPolicy } from '../project/policy.js';
import { errorOf, rowsOf } from '../project/review-service.js';
import type { Session } from '../project/session.js';
import { findService, loadRegistry, loadServices, requireWorld } from '../project/state.js';
import { loadTraffic } from '../project/traffic.js';
import type { VerbArgs } from '../verb.js';
import type { WindowSummary } from './snapshot.js';

/** A service's error so far, by month and by window, beside what was promised. */
export interface ErrorSeries {
  readonly service: string;
  readonly metric: MonitoringPolicy['metric'];
  readonly promise: number;
  readonly limit: number;
  readonly months: readonly Omit<WindowSummary, 'drifted' | 'overLimit'>[];
  readonly windows: readonly Omit<WindowSummary, 'drifted' | 'overLimit'>[];
}

/** Requests of a service day by day; `actual` is null until the label arrives. */
export interface TrafficSeries {
  readonly service: string;
  readonly dates: readonly string[];
  readonly predicted: readonly number[];
  readonly actual: readonly (number | null)[];
  readonly versions: readonly number[];
}

/** Drift of every feature over one window, the strongest first; null where it is not defined. */
export interface DriftTable {
  readonly service: string;
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly requests: number;
  readonly threshold: number;
  readonly detector: MonitoringPolicy['drift']['detector'];
  readonly against: MonitoringPolicy['drift']['against'];
  readonly features: readonly {
    readonly feature: string;
    readonly rows: number;
    readonly missing: number;
    readonly ks: number | null;
    readonly ksPValue: number | null;
    readonly psi: number | null;
    readonly seasonKs: number | null;
    readonly seasonKsPValue: number | null;
    readonly seasonPsi: number | null;
  }[];
}

/** The thresholds of a service. */
export const policy = async ({ platform }: Session, args: VerbArgs): Promise<MonitoringPolicy> =>
  readPolicy(platform, findService(await loadServices(platform), nameOf(args)).name);

/** Predictions and outcomes of a service from the day `from` on (all when left out). */
export async function traffic(session: Session, args: VerbArgs): Promise<TrafficSeries> {
  const { service, log } = await serviceLog(session, args);
  const first = args['from'] === undefined ? 0 : Math.max(0, log.days.findIndex((day) => day >= dayOf(String(args['from']))));
  return {
    service,
    dates: Array.from(log.days.subarray(first), dateOf),
    predicted: [...log.predicted.subarray(first)],
    actual: Array.from(log.actual.subarray(first), (value) => (Number.isNaN(value) ? null : value)),
    versions: [...log.versions.subarray(first)],
  };
}

/** The error of a service over time. */
export async function errors(session: Session, args: VerbArgs): Promise<ErrorSeries> {
  const { service, limits, log } = await serviceLog(session, args);
  const bySpec = (spec: MonitoringPolicy['window']) =>
    windowsOf(log.days, spec).map((window) => {
      const rows = rowsOf(log, window);
      const error = errorOf(log, rows, limits);
      return {
        from: dateOf(window.start),
        to: dateOf(window.end),
        requests: rows.length,
        labelled: error?.rows ?? 0,
        version: log.versions[rows.at(-1)!]!,
        ...(error?.[limits.metric] === undefined ? {} : { error: error[limits.metric]! }),
        ...(error?.bias === undefined ? {} : { bias: error.bias }),
      };
    });
  return {
    service,
    metric: limits.metric,
    promise: limits.promise,
    limit: limits.promise * limits.errorRatio,
    months: bySpec('month'),
    windows: bySpec(limits.window),
  };
}

/** Drift in the window that holds the day `at` (the newest logged day when left out). */
export async function drift(session: Session, args: VerbArgs): Promise<DriftTable> {
  const { service, limits, log, model } = await serviceLog(session, args);
  const day = args['at'] === undefined ? log.days.at(-1)! : dayOf(String(args['at']));
  const window = windowOf(day, limits.window);
  const rows = rowsOf(log, window);
  if (rows.length === 0) throw new LabError('no-traffic', { service });
  const version = log.versions[rows.at(-1)!]!;
  const registry = await loadRegistry(session.platform);
  const record = registry.models[model]?.versions.find((v) => v.version === version) ?? usableVersion(registry, model, version);
  const artefact = await session.artefacts.model(record.modelDigest);
  const reference = await driftReference(session, artefact, record.modelDigest, limits.window);
  const features = measureDrift(reference, artefact.recipe, await liveTable(session, artefact.recipe, log.table), rows, window).map(({ feature, rows: n, missing, training, season }) => ({
    feature,
    rows: n,
    missing,
    ks: training.ks,
    ksPValue: training.ksPValue,
    psi: training.psi,
    seasonKs: season?.ks ?? null,
    seasonKsPValue: season?.ksPValue ?? null,
    seasonPsi: season?.psi ?? null,
  }));
  features.sort((a, b) => (b.seasonPsi ?? b.psi ?? 0) - (a.seasonPsi ?? a.psi ?? 0));
  const { threshold, detector, against } = limits.drift;
  return { service, version, from: dateOf(window.start), to: dateOf(window.end), requests: rows.length, threshold, detector, against, features };
}

async function serviceLog(session: Session, args: VerbArgs) {
  const { platform } = session;
  const service = findService(await loadServices(platform), nameOf(args));
  const log = await loadTraffic(session, service.name, (await requireWorld(platform)).dataset);
  if (!log) throw new LabError('no-traffic', { service: service.name });
  return { service: service.name, model: service.model, limits: await readPolicy(platform, service.name), log };
}

function windowsOf(days: Int32Array, spec: MonitoringPolicy['window']): TimeWindow[] {
  const windows = new Map<number, TimeWindow>();
  for (const day of days) {
    const window = windowOf(day, spec);
    windows.set(window.start, window);
  }
  return [...windows.values()];
}

const nameOf = (args: VerbArgs): string | undefined => (args['service'] === undefined ? undefined : String(args['service']));
