import type { JournalEntry } from '../core/govern/journal.js';
import { LabError } from '../core/lab-error.js';
import type { EffectReport } from '../lab/engineering/measure-effect.js';
import { FEATURES } from '../lab/engineering/paths.js';
import type { VerbArgs } from '../lab/verb.js';
import type { ViewName, ViewResult } from '../lab/views/index.js';
import type { Snapshot } from '../lab/views/snapshot.js';
import type { CommitInfo } from '../lab/platform.js';
import type { CheckWorld } from './check.js';
import type { FigureWorld } from './figures.js';
import { preparationOf } from './newest-report.js';
import type { KeptReport } from './report-figures.js';
import { REPORT_SHAPES, readReport, type ReportKind } from './report-shapes.js';
import { readJsonReport } from './read-json-report.js';

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
    commits: async () => untilRestart((await history()).commits).map(subjectOf),
    tags: async () => (await history()).tags,
    revisions: () => read('revisions'),
    fileAt: (revision, path) => read('fileAt', { revision, path }).catch(absent),
    stageChanges: () => read('stageChanges').catch(absent),
    cleaning: () => read('cleaning').catch(absent),
    studies: () => read('studies'),
    evaluation: (run) => read('evaluation', { run: run.id }),
    features: () => read('featureRecipe').catch(absent),
    datasets: async () => Object.fromEntries((await history()).steps.flatMap(({ object }) => (object.type === 'data' && object.digest !== undefined ? [[object.digest, object.id]] : []))),
    effect: async () => readJsonReport<EffectReport>(await read('file', { path: FEATURES.effect }).then((found) => found.text, absent)),
    curve: async (run) => (await read('run', { run })).history.map(({ done, loss, validationLoss }) => ({ epoch: done, loss, ...(validationLoss === undefined ? {} : { held: validationLoss }) })),
    runaways: async () => (await read('board')).flatMap(({ model, failure }) => (failure?.code === 'diverged' ? [model] : [])),
    recompute: async (run) => (await read('recompute', { run: run.id })).metrics,
    async psi(service, feature, date, against) {
      const found = await read('drift', { service, at: date }).catch(absent);
      const row = found?.features.find((own) => own.feature === feature);
      return (against === 'season' ? row?.seasonPsi : row?.psi) ?? undefined;
    },
    async reports(kind) {
      const written = untilRestart((await history()).commits).filter((commit) => subjectOf(commit).startsWith(`${REPORT_SHAPES[kind].verb}: `)).slice(0, MOST_REPORTS);
      const at = (commit: CommitInfo, path: string) => read('fileAt', { revision: commit.id, path }).then((found) => found.text, absent);
      const kept = await Promise.all(written.map(async (commit) => keptReport(kind, await at(commit, REPORT_SHAPES[kind].path), await at(commit, 'params.yaml'), snapshot)));
      return kept.filter((report) => report !== undefined);
    },
  };
}

/** Whether an act has started the project anew. */
const restarts = (entry: JournalEntry): boolean => entry.action === 'learn' && (entry.reason ?? '').startsWith('restarted');

function sinceRestart(steps: readonly JournalEntry[]): readonly JournalEntry[] {
  return steps.slice(steps.findLastIndex(restarts) + 1);
}

const subjectOf = (commit: CommitInfo): string => commit.message.split('\n')[0]!;

function untilRestart(commits: readonly CommitInfo[]): readonly CommitInfo[] {
  const at = commits.findIndex((commit) => /^learn: start .* anew$/.test(subjectOf(commit)));
  return at < 0 ? commits : commits.slice(0, at);
}

/** More than a lesson ever makes; each is read from git. */
const MOST_REPORTS = 40;

function keptReport<K extends ReportKind>(kind: K, text: string | undefined, params: string | undefined, { runs }: Snapshot): KeptReport<K> | undefined {
  const seen = readReport(kind, text);
  if (!seen) return undefined;
  const id = (REPORT_SHAPES[kind].runOf as (report: typeof seen) => string)(seen);
  const model = runs.find((run) => run.id === id)?.model;
  return { seen, prepare: preparationOf(params), ...(model === undefined ? {} : { model }) };
}

/** What cannot be read because it is not there yet is absent; every other failure stays one. */
function absent(cause: unknown): undefined {
  const { code } = LabError.from(cause);
  if (['not-found', 'missing-step', 'unknown-service', 'no-live-data', 'no-traffic', 'unknown-revision'].includes(code)) return undefined;
  throw cause;
}
