import { dateOf, dayOf, monthStart } from '../core/calendar.js';
import { LabError } from '../core/lab-error.js';
import { applyRecipe, targetValues } from '../core/prepare/apply-recipe.js';
import { selectRows } from '../core/table/select.js';
import { predict } from '../core/train/fit.js';
import { usableVersion } from '../core/registry/registry.js';
import type { WorldState } from '../world/world-state.js';
import { liveTable } from './engineering/live-features.js';
import type { ModelArtefact } from './project/artefacts.js';
import { loadRegistry, loadServices, requireWorld, saveServices, saveWorld, type ServiceState } from './project/state.js';
import { appendTraffic, fillLabels, loadTraffic, logRows, writeTraffic } from './project/traffic.js';
import { reviewService } from './project/review-service.js';
import type { AlertSummary } from './views/snapshot.js';
import { defineVerb, number, text, type VerbContext } from './verb.js';

interface Live {
  readonly service: ServiceState;
  readonly artefact: ModelArtefact;
}

/** Lets virtual time pass: the world's real rows arrive as requests, labels follow late, windows close and are judged. */
export const advance = defineVerb({
  name: 'advance',
  summary: 'let virtual time pass; real later rows arrive as traffic',
  flags: {
    days: number('how many days'),
    to: text('or until which date'),
  },
  async run(context, args) {
    const before = await requireWorld(context.platform);
    const to = targetDate(before, args.days, args.to);
    const live = await liveServices(context);
    let world = before;
    const alerts: AlertSummary[] = [];
    const total = dayOf(to) - dayOf(before.now);
    while (world.now < to) {
      const next = dateOf(Math.min(dayOf(to), monthStart(dayOf(world.now), 1)));
      const sent = await sendTraffic(context, world, next, live);
      world = { ...world, now: next };
      for (const { service } of live) alerts.push(...(await deliverLabels(context, world, service)));
      context.progress({ done: dayOf(next) - dayOf(before.now), total, note: sent > 0 ? 'serving' : 'waiting' });
      await context.breathe();
    }
    await saveWorld(context.platform, world);
    const requests = await finishServices(context, before, live);
    return {
      result: { now: world.now, requests, alerts },
      lines: [`it is ${world.now}; ${requests} requests were served`, ...alerts.map((alert) => `  ALERT ${alert.service}: ${alert.rule} ${alert.subject} ${alert.value.toPrecision(3)} > ${alert.threshold.toPrecision(3)} (${alert.at})`)],
      step: { object: { type: 'world', id: world.dataset }, before: before.now, after: world.now },
      final: 'time',
    };
  },
});

function targetDate(world: WorldState, days: number | undefined, to: string | undefined): string {
  if ((days === undefined) === (to === undefined)) throw new LabError('advance-how-far');
  if (days !== undefined && (!Number.isInteger(days) || days < 1)) throw new LabError('flag-value', { flag: '--days', value: String(days), expected: 'whole number from 1' });
  const wanted = to === undefined ? dayOf(world.now) + days! : dayOf(to);
  if (wanted <= dayOf(world.now)) throw new LabError('clock-goes-forward', { now: world.now, to: dateOf(wanted) });
  if (world.now >= world.end) throw new LabError('world-ended', { end: world.end });
  return dateOf(Math.min(wanted, dayOf(world.end)));
}

/** Services whose model reads the live source's columns. */
async function liveServices({ platform, session }: VerbContext): Promise<Live[]> {
  const { services } = await loadServices(platform);
  const registry = await loadRegistry(platform);
  return Promise.all(
    services.map(async (service) => {
      const record = usableVersion(registry, service.model, service.version);
      return { service, artefact: await session.artefacts.model(record.modelDigest) };
    }),
  );
}

async function sendTraffic({ session }: VerbContext, world: WorldState, until: string, live: readonly Live[]): Promise<number> {
  const source = await session.liveSource(world.dataset);
  const rows = source.rowsBetween(world.now, until);
  if (rows.length === 0) return 0;
  const features = selectRows(source.observed(world.injections), rows);
  const days = rows.map((row) => source.days[row]!);
  for (const { service, artefact } of live) {
    const { recipe, model } = artefact;
    const predicted = predict(model, applyRecipe(recipe, await liveTable(session, recipe, features)));
    await appendTraffic(session, service.name, world.dataset, logRows(features, days, service.model, service.version, predicted));
  }
  return rows.length * live.length;
}

/** Labels whose delay has passed are joined to the log; then windows that are complete are judged. */
async function deliverLabels(context: VerbContext, world: WorldState, service: ServiceState): Promise<AlertSummary[]> {
  const { session } = context;
  const log = await loadTraffic(session, service.name, world.dataset);
  if (!log) return [];
  const source = await session.liveSource(world.dataset);
  const registry = await loadRegistry(context.platform);
  const { recipe } = await session.artefacts.model(usableVersion(registry, service.model, service.version).modelDigest);
  const labels = await session.artefacts.keep(`labels ${world.dataset} ${recipe.target}`, async () => {
    const values = targetValues(recipe, source.table);
    return new Map([...source.days].map((day, row) => [day, values[row]!]));
  });
  fillLabels(log, dayOf(world.now) - world.labelDelay - 1, (day) => labels.get(day));
  return reviewService(context, world, service, log);
}

async function finishServices({ platform, session }: VerbContext, before: WorldState, live: readonly Live[]): Promise<number> {
  const state = await loadServices(platform);
  const firstChanged = dayOf(before.now) - before.labelDelay - 1;
  let requests = 0;
  const served = new Map<string, number>();
  for (const { service } of live) {
    const log = await loadTraffic(session, service.name, before.dataset);
    if (!log) continue;
    await writeTraffic(session, service.name, log, firstChanged);
    const count = log.days.filter((day) => day >= dayOf(before.now)).length;
    served.set(service.name, count);
    requests += count;
  }
  await saveServices(platform, { ...state, services: state.services.map((s) => ({ ...s, requests: s.requests + (served.get(s.name) ?? 0) })) });
  return requests;
}
