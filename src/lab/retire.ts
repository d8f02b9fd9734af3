import { dateOf, dayOf } from '../core/calendar.js';
import { LabError } from '../core/lab-error.js';
import { retireVersion, usableVersion, type Registry, type Tombstone } from '../core/registry/registry.js';
import { cellText, columnOf } from '../core/table/select.js';
import type { Platform } from './platform.js';
import { readText, writeYaml } from './project/files.js';
import { tombstonePath } from './project/paths.js';
import { loadRegistry, loadServices, loadWorld, saveRegistry, type ServicesState } from './project/state.js';
import type { Session } from './project/session.js';
import { loadTraffic, loggedServices } from './project/traffic.js';
import { defineVerb, number, text } from './verb.js';

/** Days within which a request to `/versions/N` counts as use. */
const USE_DAYS = 30;

/** Takes a version out of use for good, when nothing depends on it, and leaves a tombstone. */
export const retire = defineVerb({
  name: 'retire',
  summary: 'take a version out of use, with a reason and evidence',
  flags: {
    name: text('name of the registered model', { required: true }),
    version: number('version to retire', { required: true }),
    reason: text('why', { required: true }),
  },
  async run({ platform, session }, args) {
    const registry = await loadRegistry(platform);
    const record = usableVersion(registry, args.name!, args.version!);
    const state = await loadServices(platform);
    const now = (await loadWorld(platform))?.now ?? new Date(platform.now()).toISOString().slice(0, 10);
    const users = await usersOf(platform, registry, state, args.name!, record.version, now);
    if (users.length > 0) throw new LabError('still-used', { name: args.name!, version: record.version, users });
    const tombstone: Tombstone = { at: now, reason: args.reason!, evidence: await gatherEvidence(session, args.name!, record.version, record.metrics) };
    await saveRegistry(platform, retireVersion(registry, args.name!, record.version, tombstone));
    const path = tombstonePath(args.name!, record.version);
    await writeYaml(platform, path, { model: args.name, version: record.version, run: record.runId, model_digest: record.modelDigest, data_digest: record.dataDigest, ...tombstone });
    return {
      result: { name: args.name, version: record.version, tombstone },
      lines: [`${args.name} version ${record.version} is retired: ${args.reason}`, `  tombstone: ${path}`],
      step: { object: { type: 'version', id: `${args.name}/${record.version}`, digest: record.modelDigest }, before: 'registered', after: 'retired', reason: args.reason! },
      files: [path],
      final: 'tombstone',
      message: `retire: ${args.name} version ${record.version}`,
    };
  },
});

/** Who would break: services, manifests in `deploy/`, the champion alias, and callers of `/versions/N`. */
async function usersOf(platform: Platform, registry: Registry, state: ServicesState, name: string, version: number, now: string): Promise<string[]> {
  const services = state.services.filter((s) => s.model === name && s.version === version).map((s) => `service ${s.name}`);
  const manifests: string[] = [];
  for (const file of await platform.files.list('deploy')) {
    const uri = new RegExp(`models:/${name}/${version}(?![0-9])`);
    if (uri.test((await readText(platform, `deploy/${file}`)) ?? '') && !services.includes(`service ${file.replace(/\.yaml$/, '')}`)) manifests.push(`deploy/${file}`);
  }
  const champion = registry.models[name]?.aliases['champion'] === version ? ['alias champion'] : [];
  const calls = state.pinnedCalls[`${name}/${version}`];
  const callers = calls && dayOf(now) - dayOf(calls.last) < USE_DAYS ? [`requests to /versions/${version} (last on ${calls.last})`] : [];
  return [...services, ...manifests, ...champion, ...callers];
}

/** What the version promised, what it served, and how wrong it was over its whole life. */
async function gatherEvidence(session: Session, name: string, version: number, metrics: Readonly<Record<string, number>>): Promise<Record<string, number | string>> {
  const evidence: Record<string, number | string> = {};
  for (const [key, value] of Object.entries(metrics)) if (key.startsWith('test.')) evidence[`promised ${key.slice(5)}`] = value;
  const world = await loadWorld(session.platform);
  let [served, labelled, squares, last] = [0, 0, 0, -1];
  for (const service of world ? await loggedServices(session) : []) {
    const log = (await loadTraffic(session, service, world!.dataset))!;
    const model = columnOf(log.table, 'model');
    log.versions.forEach((v, row) => {
      if (v !== version || cellText(model, row) !== name) return;
      served++;
      last = Math.max(last, log.days[row]!);
      const error = log.predicted[row]! - log.actual[row]!;
      if (Number.isNaN(error)) return;
      labelled++;
      squares += error * error;
    });
  }
  evidence['requests served'] = served;
  if (served > 0) evidence['last request'] = dateOf(last);
  if (labelled > 0) evidence['root mean squared error lived through'] = Math.sqrt(squares / labelled);
  return evidence;
}
