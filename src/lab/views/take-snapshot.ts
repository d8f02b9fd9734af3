import type { JournalEntry } from '../../core/govern/journal.js';
import { GENESIS_HASH, parseJournal } from '../../core/govern/journal.js';
import type { Registry } from '../../core/registry/registry.js';
import { pointerOf, readRawFacts } from '../project/artefacts.js';
import { readText } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import { readPolicy } from '../project/policy.js';
import type { Session } from '../project/session.js';
import { loadComparison, loadMonitor, loadRegistry, loadRuns, loadServices, loadWorld, type ServiceState } from '../project/state.js';
import type { DataSummary, MonitorSummary, PreparedSummary, Snapshot, VersionSummary, WorldSummary } from './snapshot.js';
import { imageSide } from '../judging/pictures.js';
import { judgeStages } from './judge-stages.js';

/** Reads where the project stands; `last` is the newest journal entry. */
export async function takeSnapshot(session: Session, last: JournalEntry | undefined): Promise<Snapshot> {
  const { platform } = session;
  const [data, prepared, runs, registry, services, world, comparison, head] = await Promise.all([
    summariseData(session),
    summarisePrepared(session),
    loadRuns(platform),
    loadRegistry(platform),
    loadServices(platform),
    summariseWorld(session),
    loadComparison(platform),
    platform.git.head(),
  ]);
  const newest = head.commit === undefined ? undefined : (await platform.git.log({ depth: 1 }))[0];
  const facts = {
    git: { ...head, ...(newest ? { subject: newest.message.split('\n')[0]! } : {}) },
    journal: { length: last?.seq ?? 0, head: last?.hash ?? GENESIS_HASH },
    world,
    ...(data ? { data } : {}),
    ...(prepared ? { prepared } : {}),
    runs: runs.map(({ version: _version, history: _history, trials: _trials, ...run }) => run),
    versions: summariseVersions(registry),
    services: services.services.map((service) => ({ ...service, url: `./serving/v2/models/${service.name}/infer` })),
    monitors: await Promise.all(services.services.map((service) => summariseMonitor(session, service))),
    ...(comparison ? { comparison } : {}),
    // What a lesson notes down is no act of the learner's.
    ...(last && last.action !== 'learn' ? { lastCommand: last.command } : {}),
  };
  return { ...facts, stages: judgeStages(facts) };
}

async function summariseData({ platform }: Session): Promise<DataSummary | undefined> {
  const pointer = await pointerOf(platform, PATHS.raw);
  if (!pointer) return undefined;
  const facts = await readRawFacts(platform);
  const journal = parseJournal((await readText(platform, PATHS.journal)) ?? '');
  // A project that was started anew counts its own data, not those of the one before.
  const own = journal.slice(journal.findLastIndex((entry) => entry.action === 'learn' && entry.reason?.startsWith('restarted') === true) + 1);
  const versions = new Set(own.filter((entry) => entry.object.type === 'data').map((entry) => entry.object.digest)).add(pointer.md5).size;
  const { rows, from, to } = facts.collected;
  return {
    dataset: facts.dataset,
    path: PATHS.raw,
    digest: pointer.md5,
    rows,
    columns: Object.keys(facts.columns).length,
    bytes: pointer.size,
    versions,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

async function summarisePrepared({ platform, artefacts }: Session): Promise<PreparedSummary | undefined> {
  const pointer = await pointerOf(platform, PATHS.prepared);
  if (!pointer) return undefined;
  const { recipe, split } = await artefacts.prepared(pointer.md5);
  return {
    digest: pointer.md5,
    dataDigest: split.dataDigest,
    task: recipe.task,
    target: recipe.target,
    features: recipe.outputs.length,
    ...(imageSide(recipe) !== undefined ? { inputs: 'images' as const } : recipe.steps.some(({ kind }) => kind === 'text') ? { inputs: 'text' as const } : {}),
    trainRows: split.train.length,
    testRows: split.test.length,
    split: split.choice,
  };
}

function summariseVersions(registry: Registry): VersionSummary[] {
  return Object.entries(registry.models).flatMap(([model, { versions, aliases }]) =>
    versions.map((record) => ({
      ...record,
      model,
      aliases: Object.keys(aliases).filter((alias) => aliases[alias] === record.version),
      status: record.retired ? ('retired' as const) : ('registered' as const),
    })),
  );
}

async function summariseMonitor({ platform }: Session, service: ServiceState): Promise<MonitorSummary> {
  const state = await loadMonitor(platform, service.name);
  const policy = await readPolicy(platform, service.name);
  return { service: service.name, metric: policy.metric, promise: policy.promise, threshold: policy.promise * policy.errorRatio, windows: state.windows, alerts: state.alerts };
}

async function summariseWorld({ platform }: Session): Promise<WorldSummary> {
  const world = await loadWorld(platform);
  if (!world) return { labelDelay: 0, injections: [] };
  const { now, start, end, labelDelay, injections } = world;
  return { now, start, end, labelDelay, injections };
}
