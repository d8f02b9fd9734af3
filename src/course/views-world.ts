import type { JournalEntry } from '../core/govern/journal.js';
import { LabError } from '../core/lab-error.js';
import type { EffectReport } from '../lab/engineering/measure-effect.js';
import { FEATURES } from '../lab/engineering/paths.js';
import type { VerbArgs } from '../lab/verb.js';
import type { ViewName, ViewResult } from '../lab/views/index.js';
import type { Snapshot } from '../lab/views/snapshot.js';
import type { CheckWorld } from './check.js';
import type { FigureWorld } from './figures.js';
import { readReport } from './read-report.js';

/** A read of the project by the name of a view. */
export type ReadView = (name: string, args: VerbArgs) => Promise<unknown>;

/** The world as checks and figures see it, read through the engine's views; each view is read once. */
export function worldOf(view: ReadView, snapshot: Snapshot, since: number): CheckWorld & FigureWorld {
  const read = async <K extends ViewName>(name: K, args: VerbArgs = {}): Promise<ViewResult<K>> => (await view(name, args)) as ViewResult<K>;
  let kept: Promise<ViewResult<'history'>> | undefined;
  const history = (): Promise<ViewResult<'history'>> => (kept ??= read('history'));
  return {
    snapshot,
    since,
    journal: async () => sinceRestart((await history()).steps),
    file: (path) => read('file', { path }).then((found) => found.text, absent),
    commits: async () => untilRestart((await history()).commits.map((commit) => commit.message.split('\n')[0]!)),
    tags: async () => (await history()).tags,
    revisions: () => read('revisions'),
    fileAt: (revision, path) => read('fileAt', { revision, path }).catch(absent),
    stageChanges: () => read('stageChanges').catch(absent),
    cleaning: () => read('cleaning').catch(absent),
    features: () => read('featureRecipe').catch(absent),
    datasets: async () => Object.fromEntries((await history()).steps.flatMap(({ object }) => (object.type === 'data' && object.digest !== undefined ? [[object.digest, object.id]] : []))),
    effect: async () => readReport<EffectReport>(await read('file', { path: FEATURES.effect }).then((found) => found.text, absent)),
    curve: async (run) => (await read('run', { run })).history.map(({ done, loss, validationLoss }) => ({ epoch: done, loss, ...(validationLoss === undefined ? {} : { held: validationLoss }) })),
    runaways: async () => (await read('board')).flatMap(({ model, failure }) => (failure?.code === 'diverged' ? [model] : [])),
    recompute: async (run) => (await read('recompute', { run: run.id })).metrics,
    async psi(service, feature, date, against) {
      const found = await read('drift', { service, at: date }).catch(absent);
      const row = found?.features.find((own) => own.feature === feature);
      return (against === 'season' ? row?.seasonPsi : row?.psi) ?? undefined;
    },
  };
}

/** Whether an act has started the project anew. */
const restarts = (entry: JournalEntry): boolean => entry.action === 'learn' && (entry.reason ?? '').startsWith('restarted');

function sinceRestart(steps: readonly JournalEntry[]): readonly JournalEntry[] {
  return steps.slice(steps.findLastIndex(restarts) + 1);
}

function untilRestart(subjects: readonly string[]): readonly string[] {
  const at = subjects.findIndex((subject) => /^learn: start .* anew$/.test(subject));
  return at < 0 ? subjects : subjects.slice(0, at);
}

/** What cannot be read because it is not there yet is absent; every other failure stays one. */
function absent(cause: unknown): undefined {
  const { code } = LabError.from(cause);
  if (['not-found', 'missing-step', 'unknown-service', 'no-live-data', 'no-traffic', 'unknown-revision'].includes(code)) return undefined;
  throw cause;
}
