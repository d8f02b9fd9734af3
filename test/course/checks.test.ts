import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Study, Trial } from '../../src/core/automl/study.js';
import type { StageChange } from '../../src/core/pipeline/find-changes.js';
import type { FeatureStep } from '../../src/core/features/feature-step.js';
import type { CheckWorld } from '../../src/course/check.js';
import { CHECKS, checkIssue } from '../../src/course/checks/index.js';
import { judgeStep } from '../../src/course/run-checks.js';
import type { CheckSpec, DoStep } from '../../src/course/schema.js';
import { lesson as arabicLesson } from '../../src/i18n/areas/lesson.ar.js';
import { lesson as englishLesson } from '../../src/i18n/areas/lesson.en.js';
import type { RunSummary, Snapshot, VersionSummary } from '../../src/lab/views/snapshot.js';
import type { CommitInfo } from '../../src/lab/platform.js';
import type { CleaningView } from '../../src/lab/views/cleaning-views.js';
import type { FeaturesView } from '../../src/lab/views/feature-views.js';
import type { Revisions } from '../../src/lab/views/revisions.js';
import { emptySnapshot } from './empty-snapshot.js';

const run = (over: Partial<RunSummary> = {}): RunSummary => ({
  id: 'r1', name: 'linear-1', model: 'linear', task: 'regression', started: 100, durationMs: 1, dataDigest: 'd1', preparedDigest: 'p1', modelDigest: 'm1',
  params: { l2: '1', seed: '7' }, metrics: {}, seed: 7, backend: 'TypeScript', repeatable: true, evaluated: true, ...over,
});
const version = (over: Partial<VersionSummary> = {}): VersionSummary => ({
  model: 'ridership', version: 1, runId: 'r1', modelKind: 'linear', commit: 'c1', dataDigest: 'd1', modelDigest: 'm1', registeredAt: '', metrics: {}, aliases: ['champion'], status: 'registered', ...over,
});
const data = { dataset: 'chicago', path: 'data/raw.csv', digest: 'd1', rows: 1440, columns: 40, bytes: 1, versions: 1, from: '2001-01-22', to: '2004-12-31' };
const prepared = { digest: 'p1', dataDigest: 'd1', task: 'regression', target: 'ridership', features: 50, trainRows: 1074, testRows: 366, split: { kind: 'time', testFrom: '2004-01-01' } } as const;
const service = { name: 'ridership', model: 'ridership', version: 1, since: '2005-01-01', requests: 3, url: '' };
const window = { from: '2005-01-01', to: '2005-04-01', requests: 90, labelled: 90, version: 1, error: 1.2, overLimit: false, drifted: [] };
const alert = { id: 'a', service: 'ridership', at: '2006-01-01', rule: 'error', subject: 'rmse', value: 3, threshold: 2.4 };
const monitor = { service: 'ridership', metric: 'rmse', promise: 1.85, threshold: 2.4, windows: [window], alerts: [alert] };
const comparison = { model: 'ridership', champion: 1, challenger: 2, metric: 'rmse', championValue: 3, challengerValue: 1.5, rows: 90, from: '', to: '', at: '' };
const params = 'prepare:\n  target: ridership\n  drop: [busy, year]\n  share: 0.25\n';

const commitOf = (id: string, ...parents: string[]): CommitInfo => ({ id, message: id, author: { name: 'a', email: 'a@b', timestamp: 100, timezoneOffset: 0 }, parents });
const forked = { branch: 'try', branches: { main: 'c1', try: 'c2', 'kept/x-1': 'c9' }, commits: [commitOf('c1'), commitOf('c2', 'c1'), commitOf('c9')], status: [], merging: false };
const joined = { ...forked, branch: 'main', branches: { main: 'm', try: 'c2' }, commits: [...forked.commits, commitOf('c3', 'c1'), commitOf('m', 'c3', 'c2')] };
const forwarded = { ...forked, branch: 'main', branches: { main: 'c2', try: 'c2' } };
const dirty = { ...forked, status: [{ path: 'a', staged: 'unmodified', unstaged: 'modified' }, { path: 'b', staged: 'added', unstaged: 'unmodified' }, { path: 'c', staged: 'unmodified', unstaged: 'untracked' }, { path: 'd', staged: 'modified', unstaged: 'modified', conflict: [1, 2, 3] }] } as const;
const inGit = (revisions: Revisions, since = 0) => ({ ...world({}, { revisions: async () => revisions }), since });
const inPipeline = (changes: Readonly<Record<string, readonly StageChange[]>>) => world({}, { stageChanges: async () => changes });

const world = (snapshot: Partial<Snapshot>, more: Partial<CheckWorld> = {}): CheckWorld => ({
  snapshot: { ...emptySnapshot, ...snapshot },
  since: 0,
  journal: async () => [],
  file: async (path) => (path === 'params.yaml' ? params : path === 'broken.yaml' ? 'a: [1' : undefined),
  commits: async () => [],
  tags: async () => ({}),
  revisions: async () => ({ branch: 'main', branches: { main: 'c1' }, commits: [commitOf('c1')], status: [], merging: false }),
  fileAt: async (revision, path) => (revision !== 'HEAD' ? undefined : path === 'params.yaml' ? { text: params } : {}),
  stageChanges: async () => undefined,
  cleaning: async () => undefined,
  studies: async () => [],
  evaluation: async () => ({ run: 'r1', task: 'binary', classes: ['0', '1'], threshold: 0.5, labels: [], actual: [], predicted: [] }),
  features: async () => undefined,
  datasets: async () => ({ d1: 'chicago', d2: 'concrete' }),
  curve: async () => [],
  runaways: async () => [],
  recompute: async () => ({ rmse: 2 }),
  ...more,
});
const made = (steps: readonly FeatureStep[], stale = false) => world({ prepared }, { features: async () => ({ steps: steps.map((step) => ({ step })), stale }) as unknown as FeaturesView });
const looked = (gap: number): FeatureStep => ({ do: 'rolling', name: 'week', column: 'ridership', time: 'date', how: 'mean', last: 7, unit: 'days', gap });
const holding = (path: string, report: object, more: Partial<CheckWorld> = {}) => world({ prepared, runs: [run(), run({ id: 'r2', name: 'tree', model: 'decision-tree' })] }, { file: async (asked) => (asked === path ? JSON.stringify(report) : undefined), ...more });
const effect = { step: { do: 'formula', name: 'x', formula: 'a' }, model: 'linear', difference: -1, verdict: 'helps' };
const featuresAct = { journal: async () => [entry('features')] };
const compareAct = { journal: async () => [entry('compare')] };
const curved = (...held: number[]) => world({ runs: [run({ model: 'dense-net', metrics: { 'baseline.rmse': 5 } })] }, { curve: async () => held.map((loss, i) => ({ epoch: i + 1, loss: held[0]! / (i + 1), held: loss })) });
const mended = world({}, {
  cleaning: async () => ({
    steps: [{ step: { do: 'trim', columns: ['sex'] }, outcome: { cells: [], missing: 0, dropped: 0 } }], rawRows: 4, rows: 3,
    columns: [{ name: 'mass', type: 'number' }, { name: 'sex', type: 'text' }],
    suggestions: [{ why: 'marker', count: 1, examples: ['-'], step: { do: 'missing', columns: ['mass'], values: ['-'] } }],
  }) as unknown as CleaningView,
});
const twin = run({ id: 'r2', name: 'linear-2', started: 200, dataDigest: 'd2', preparedDigest: 'p2', modelDigest: 'm2' });
const entry = (action: string) => ({ ts: '', actor: 'learner', action, object: { type: 'x', id: 'y' }, command: '', seq: 1, prev_hash: '', hash: '' });

const reports: Readonly<Record<string, object>> = {
  'reports/cross-validation.json': { run: 'r1', choice: { kind: 'group', k: 5, column: 'mix' }, folds: [{ metrics: { rmse: 2 } }], summary: {} },
  'reports/run-comparison.json': { first: 'r1', second: 'r2', difference: { estimate: 1, low: 0, high: 2 }, wilcoxon: { pValue: 0.1 }, folds: { k: 5, differences: [1, 2], test: { pValue: 0.2 } }, better: 'neither' },
  'reports/fairness.json': {
    run: 'r1', by: ['sex', 'age'], chosen: 'no', threshold: 0.2,
    view: { groups: [], parity: { demographicParityDifference: 0.2, demographicParityRatio: 0.7, equalizedOddsDifference: 0.1, fourFifths: false }, accuracy: 0.8, selectionRate: 0.5 },
  },
  'reports/explanation.json': { run: 'r1', row: 3, importance: [], explanation: { predicted: 0.6, base: 0, names: ['age'], contributions: [1] }, counterfactuals: { goal: 'no', fixed: ['age'], found: [{ changes: [{ name: 'loan' }] }] } },
};
const mitigation = { kind: 'reweigh', price: { after: (reports['reports/fairness.json'] as { view: object }).view, changes: [] } };
/** A world in which the lab has measured what the reports say, with some of them exchanged. */
const reported = (over: Readonly<Record<string, object>> = {}, more: Partial<CheckWorld> = {}, snapshot: Partial<Snapshot> = {}) => {
  const texts = Object.fromEntries(Object.entries(reports).map(([path, report]) => [path, JSON.stringify({ ...report, ...over[path] })]));
  const acts = ['cross-validate', 'compare', 'fairness', 'explain'].map((action) => ({ ...entry(action), object: { type: 'run', id: 'r1' } }));
  return world({ runs: [run(), run({ id: 'r2', model: 'k-nearest', modelDigest: 'm2' })], prepared, ...snapshot }, { journal: async () => acts, file: async (path) => texts[path] ?? (path === 'params.yaml' ? params : undefined), ...more });
};
const trial = (id: string, loss: number): Trial => ({ configuration: { maxDepth: 3 }, resource: 1, loss, score: loss, deviation: 0, milliseconds: 1, run: id });
const study = (over: Partial<Study> = {}): Study => ({
  version: 1, name: 's', model: 'linear', method: 'grid', space: [{ kind: 'number', name: 'l2', low: 0.1, high: 10, log: true, whole: false }], steps: 2, starts: 27, folds: 3, seed: 7,
  preparedDigest: 'p1', metric: 'rmse', trials: [trial('r1', 2), trial('r2', 3)], ...over,
});
const [unjudged, judged] = [run({ evaluated: false }), run({ id: 'r2', name: 'linear-2', started: 200 })];
const searched = (studies: readonly Study[], runs = [run(), run({ id: 'r2', name: 'linear-2', evaluated: false })]) => world({ prepared, runs }, { studies: async () => studies });
const chance = study({ name: 'c', method: 'random' });
const noted = (tags: Record<string, string>) => world({ runs: [run({ tags }), run({ id: 'r2', name: 'linear-2' })] });
const again = (over: Partial<RunSummary> = {}) => world({ runs: [run(), run({ id: 'r2', name: 'again', tags: { 'looplab.rerunOf': 'r1' }, ...over })] });
const twins = (over: Partial<RunSummary>) => world({ runs: [run(), run({ id: 'r2', name: 'b', modelDigest: 'm2', ...over })] });
const compared = (report: string | undefined, model = 'logistic') => world({ runs: [run(), run({ id: 'r2', model })] }, { file: async () => report, ...compareAct });
const versus = (folds?: object) => JSON.stringify({ first: 'r1', second: 'r2', difference: { estimate: 1, low: 0.5, high: 1.5 }, ...(folds ? { folds } : {}) });
const alarms = (threshold: number) => world({ runs: [run({ task: 'binary' })] }, { evaluation: async () => ({ run: 'r1', task: 'binary', classes: [], threshold, labels: [], actual: [1, 1, 0, 0], predicted: [0.9, 0.3, 0.4, 0.1] }) });

type Case = readonly [kind: string, args: object, world: CheckWorld, passed: boolean, seen: string];

const cases: readonly Case[] = [
  ['stage-state', { stage: 'data', state: 'done' }, world({ stages: { ...emptySnapshot.stages, data: 'done' } }), true, 'seen'],
  ['stage-state', { stage: 'data', state: 'done' }, world({}), false, 'seen'],
  ['data-collected', { dataset: 'chicago', rows: 1000 }, world({ data }), true, 'seen'],
  ['data-collected', { dataset: 'chicago', rows: 2000 }, world({ data }), false, 'seen'],
  ['data-collected', { dataset: 'penguins' }, world({ data }), false, 'seen'],
  ['data-collected', { dataset: 'chicago', versions: 2 }, world({ data }), false, 'seen'],
  ['data-collected', { dataset: 'chicago', to: '2004-12-31' }, world({ data }), true, 'seen'],
  ['data-collected', { dataset: 'chicago', to: '2005-01-01' }, world({ data }), false, 'seen'],
  ['data-collected', { dataset: 'chicago' }, world({}), false, 'none'],
  ['prepared', { target: 'ridership', split: 'time', dropped: ['busy'] }, world({ data, prepared }), true, 'seen'],
  ['prepared', { target: 'ridership', dropped: ['busy', 'temp'] }, world({ data, prepared }), false, 'kept'],
  ['prepared', { target: 'ridership', split: 'random' }, world({ data, prepared }), false, 'seen'],
  ['prepared', { target: 'busy' }, world({ data, prepared }), false, 'seen'],
  ['prepared', { target: 'ridership' }, world({ data: { ...data, digest: 'd2' }, prepared }), false, 'stale'],
  ['prepared', { target: 'ridership' }, world({ data, prepared: { ...prepared, testRows: 0 } }), false, 'seen'],
  ['prepared', { target: 'ridership' }, world({ data }), false, 'none'],
  ['run-exists', { model: 'linear' }, world({ runs: [run()] }), true, 'seen'],
  ['run-exists', { model: ['linear', 'dense-net'], except: ['linear'] }, world({ runs: [run()] }), false, 'other'],
  ['run-exists', { model: 'dummy' }, world({ runs: [run()] }), false, 'other'],
  ['run-exists', { evaluated: true }, world({ runs: [run({ evaluated: false })] }), false, 'not-evaluated'],
  ['run-exists', { current: true }, world({ prepared, runs: [run()] }), true, 'seen'],
  ['run-exists', { current: true }, world({ prepared, runs: [run({ preparedDigest: 'p0' })] }), false, 'other'],
  ['run-exists', {}, world({}), false, 'none'],
  ['run-exists', { metric: 'rmse', atMost: 2 }, world({ runs: [run()] }), true, 'metric'],
  // What the run claims does not count: the lab computes it again.
  ['run-exists', { metric: 'rmse', atMost: 2 }, world({ runs: [run({ metrics: { 'test.rmse': 0 } })] }, { recompute: async () => ({ rmse: 2.01 }) }), false, 'metric'],
  ['run-exists', { metric: 'auc', atLeast: 0.5 }, world({ runs: [run()] }), false, 'metric'],
  ['run-exists', { metric: 'rmse', atLeast: 1.9 }, world({ runs: [run()] }), true, 'metric'],
  ['run-exists', { metric: 'rmse', atMost: 9 }, world({ runs: [run()] }, { recompute: async () => ({ rmse: Number.NaN }) }), false, 'metric'],
  ['runs-differ-by-data', {}, world({ runs: [run(), twin] }), true, 'seen'],
  ['runs-differ-by-data', {}, world({ runs: [run(), { ...twin, seed: 8 }] }), false, 'none'],
  ['runs-differ-by-data', {}, world({ runs: [run(), { ...twin, params: { l2: '2', seed: '7' } }] }), false, 'none'],
  ['runs-differ-by-data', {}, world({ runs: [run(), { ...twin, dataDigest: 'd1' }] }), false, 'none'],
  ['runs-differ-by-data', {}, { ...world({ runs: [run(), twin] }), since: 201 }, false, 'none'],
  ['runs-differ-by-data', { same: true }, world({ runs: [run(), run({ id: 'r3', started: 200 })] }), true, 'seen'],
  ['version-exists', { model: 'ridership' }, world({ versions: [version()] }), true, 'seen'],
  ['version-exists', { model: 'ridership', count: 2 }, world({ versions: [version()] }), false, 'seen'],
  ['version-exists', { model: 'ridership', from: ['dense-net'] }, world({ versions: [version()] }), false, 'seen'],
  ['version-exists', { model: 'other' }, world({}), false, 'none'],
  ['alias', { model: 'ridership', alias: 'champion' }, world({ versions: [version()] }), true, 'seen'],
  ['alias', { model: 'ridership', alias: 'champion', atLeast: 2 }, world({ versions: [version()] }), false, 'seen'],
  ['alias', { model: 'ridership', alias: 'champion', newest: true }, world({ versions: [version(), version({ version: 2, aliases: [] })] }), false, 'seen'],
  ['alias', { model: 'ridership', alias: 'champion', except: ['linear'] }, world({ versions: [version()] }), false, 'seen'],
  ['alias', { model: 'ridership', alias: 'champion' }, world({ versions: [version({ status: 'retired' })] }), false, 'none'],
  ['service-live', { service: 'ridership', model: 'ridership', alias: 'champion' }, world({ services: [service], versions: [version()] }), true, 'seen'],
  ['service-live', { service: 'other' }, world({ services: [service], versions: [version()] }), false, 'seen'],
  ['service-live', { atLeast: 2 }, world({ services: [service], versions: [version()] }), false, 'seen'],
  ['service-live', { alias: 'champion' }, world({ services: [service], versions: [version({ aliases: [] })] }), false, 'seen'],
  ['service-live', {}, world({}), false, 'none'],
  ['service-asked', { service: 'ridership' }, world({ services: [service] }), true, 'seen'],
  ['service-asked', { service: 'ridership', count: 4 }, world({ services: [service] }), false, 'seen'],
  ['service-asked', { service: 'other' }, world({ services: [service] }), false, 'none'],
  ['clock-reached', { date: '2006-01-01' }, world({ world: { now: '2006-01-01', labelDelay: 14, injections: [] } }), true, 'seen'],
  ['clock-reached', { date: '2006-01-01' }, world({ world: { now: '2005-12-31', labelDelay: 14, injections: [] } }), false, 'seen'],
  ['clock-reached', { date: '2006-01-01' }, world({}), false, 'none'],
  ['windows-seen', { until: '2005-04-01' }, world({ monitors: [monitor] }), true, 'seen'],
  ['windows-seen', { until: '2005-04-02' }, world({ monitors: [monitor] }), false, 'seen'],
  ['windows-seen', { count: 2 }, world({ monitors: [monitor] }), false, 'seen'],
  ['windows-seen', { oneVersion: true }, world({ monitors: [{ ...monitor, windows: [window, { ...window, version: 2 }] }] }), false, 'several-versions'],
  ['windows-seen', {}, world({ monitors: [{ ...monitor, windows: [{ ...window, error: undefined }] }] }), false, 'none'],
  ['alert-raised', { rule: 'error' }, world({ monitors: [monitor] }), true, 'seen'],
  ['alert-raised', { rule: 'drift' }, world({ monitors: [monitor] }), false, 'seen'],
  ['alert-raised', {}, world({}), false, 'none'],
  ['comparison', { model: 'ridership', challengerBetter: true }, world({ comparison }), true, 'seen'],
  ['comparison', { model: 'ridership', challengerBetter: true }, world({ comparison: { ...comparison, challengerValue: 3 } }), false, 'seen'],
  ['comparison', { model: 'ridership', challengerBetter: true }, world({ comparison: { ...comparison, metric: 'auc' } }), false, 'seen'],
  ['comparison', { model: 'ridership', rows: 91 }, world({ comparison }), false, 'seen'],
  ['comparison', { model: 'other' }, world({ comparison }), false, 'none'],
  ['version-retired', { model: 'ridership', version: 1 }, world({ versions: [version({ status: 'retired', retired: { at: '', reason: 'old', evidence: {} } })] }), true, 'seen'],
  ['version-retired', { model: 'ridership', version: 2 }, world({ versions: [version({ status: 'retired', retired: { at: '', reason: 'old', evidence: {} } })] }), false, 'seen'],
  ['version-retired', { model: 'ridership' }, world({ versions: [version()] }), false, 'none'],
  ['file-value', { path: 'params.yaml', at: 'prepare.drop.1', equals: 'year' }, world({}), true, 'seen'],
  ['file-value', { path: 'params.yaml', at: 'prepare.share', atLeast: 0.2, atMost: 0.3 }, world({}), true, 'seen'],
  ['file-value', { path: 'params.yaml', at: 'prepare.share', atMost: 0.2 }, world({}), false, 'seen'],
  ['file-value', { path: 'params.yaml', at: 'prepare.target', equals: 'busy' }, world({}), false, 'seen'],
  ['file-value', { path: 'params.yaml', at: 'constructor.name' }, world({}), false, 'no-value'],
  ['file-value', { path: 'broken.yaml', at: 'a' }, world({}), false, 'broken'],
  ['file-value', { path: 'none.json', at: 'a' }, world({}), false, 'no-file'],
  ['journal-has', { action: 'train', count: 2 }, world({}, { journal: async () => [entry('train'), entry('train')] }), true, 'seen'],
  ['journal-has', { action: 'train', count: 2 }, world({}, { journal: async () => [entry('train')] }), false, 'seen'],
  ['journal-has', { action: 'train', actor: 'monitor' }, world({}, { journal: async () => [entry('train')] }), false, 'none'],
  ['git-commit', { words: 'Evaluate' }, world({}, { commits: async () => ['evaluate: linear-1'] }), true, 'seen'],
  ['git-commit', { count: 2 }, world({}, { commits: async () => ['one'] }), false, 'seen'],
  ['git-commit', {}, world({}), false, 'none'],
  ['cleaned', { rows: 3, numbers: ['mass'], quiet: ['sex'] }, mended, true, 'seen'],
  ['cleaned', { rows: 4 }, mended, false, 'rows'],
  ['cleaned', { numbers: ['sex'] }, mended, false, 'text'],
  ['cleaned', { quiet: ['mass'] }, mended, false, 'suggested'],
  ['cleaned', { rows: 3 }, world({}), false, 'none'],
  ['models-compared', { all: ['linear'], some: ['decision-tree', 'random-forest'], count: 2 }, world({ runs: [run(), run({ model: 'decision-tree' })] }), true, 'seen'],
  ['models-compared', { all: ['linear', 'dummy'] }, world({ runs: [run(), run({ model: 'decision-tree' })] }), false, 'missing'],
  ['models-compared', { some: ['random-forest'] }, world({ runs: [run(), run({ model: 'decision-tree' })] }), false, 'missing'],
  ['models-compared', { count: 2 }, world({ runs: [run(), run({ model: 'decision-tree', preparedDigest: 'p2' })] }), false, 'missing'],
  ['models-compared', { count: 2 }, world({ runs: [run(), run({ model: 'decision-tree', evaluated: false })] }), false, 'missing'],
  ['models-compared', { count: 2, dataset: 'concrete' }, world({ runs: [run(), run({ model: 'decision-tree' })] }), false, 'none'],
  ['runs-compared', { one: 'decision-tree', other: ['linear', 'dummy'] }, holding('reports/run-comparison.json', { first: 'r1', second: 'r2' }, compareAct), true, 'seen'],
  ['runs-compared', { one: 'dummy', other: 'linear' }, holding('reports/run-comparison.json', { first: 'r1', second: 'r2' }, compareAct), false, 'other'],
  ['runs-compared', { one: 'decision-tree', other: 'linear', dataset: 'concrete' }, holding('reports/run-comparison.json', { first: 'r1', second: 'r2' }, compareAct), false, 'other'],
  ['runs-compared', { one: 'decision-tree', other: 'linear' }, holding('reports/run-comparison.json', { first: 'r1', second: 'r2' }), false, 'none'],
  ['features-made', { columns: ['x'], kinds: ['formula'], prepared: true }, made([{ do: 'formula', name: 'x', formula: 'a' }]), true, 'seen'],
  ['features-made', { columns: ['y'] }, made([{ do: 'formula', name: 'x', formula: 'a' }]), false, 'seen'],
  ['features-made', { prepared: true }, made([{ do: 'formula', name: 'x', formula: 'a' }], true), false, 'stale'],
  ['features-made', { back: 'ridership', gapAtLeast: 14 }, made([looked(14)]), true, 'seen'],
  ['features-made', { back: 'ridership', gapAtLeast: 14 }, made([looked(0)]), false, 'back'],
  ['features-made', { back: 'ridership', gapAtMost: 13 }, made([{ do: 'formula', name: 'x', formula: 'a' }]), false, 'seen'],
  ['features-made', { dropped: 2 }, made([{ do: 'drop', columns: ['a', 'b'] }]), true, 'seen'],
  ['features-made', { dropped: 3 }, made([{ do: 'drop', columns: ['a', 'b'] }]), false, 'dropped'],
  ['features-made', {}, world({}), false, 'none'],
  ['feature-effect', { verdict: 'helps', kinds: ['formula'] }, holding('reports/features-effect.json', effect, featuresAct), true, 'seen'],
  ['feature-effect', { verdict: 'hurts' }, holding('reports/features-effect.json', effect, featuresAct), false, 'seen'],
  ['feature-effect', { model: 'gradient-boosting' }, holding('reports/features-effect.json', effect, featuresAct), false, 'seen'],
  ['feature-effect', {}, holding('reports/features-effect.json', effect), false, 'none'],
  ['leakage-judged', {}, holding('reports/leakage.json', { prepared: 'p1', findings: [] }), true, 'clean'],
  ['leakage-judged', { leak: 'label-before-it-arrives' }, holding('reports/leakage.json', { prepared: 'p1', findings: [{ kind: 'label-before-it-arrives', column: 'x' }] }), true, 'seen'],
  ['leakage-judged', {}, holding('reports/leakage.json', { prepared: 'p1', findings: [{ kind: 'label-before-it-arrives' }] }), false, 'seen'],
  ['leakage-judged', {}, holding('reports/leakage.json', { prepared: 'p0', findings: [] }), false, 'old'],
  ['leakage-judged', {}, world({}), false, 'none'],
  ['curve-shape', { shape: 'settled', model: 'dense-net', epochs: 3 }, curved(20, 6, 6), true, 'seen'],
  ['curve-shape', { shape: 'settled', epochs: 4 }, curved(20, 6, 6), false, 'seen'],
  ['curve-shape', { shape: 'overfit' }, curved(20, 6, 8), true, 'seen'],
  ['curve-shape', { shape: 'slow' }, curved(20, 19, 18), true, 'seen'],
  ['curve-shape', { shape: 'diverged' }, curved(9000, 500, 400), true, 'seen'],
  ['curve-shape', { shape: 'diverged' }, world({}, { runaways: async () => ['dense-net'] }), true, 'runaway'],
  ['curve-shape', { shape: 'slow' }, world({}), false, 'none'],
  ['git-branch', {}, inGit(forked), true, 'seen'],
  ['git-branch', { branch: 'try', current: true }, inGit(forked), true, 'seen'],
  ['git-branch', { ahead: 2 }, inGit(forked), false, 'behind'],
  ['git-branch', {}, inGit(forked, 101_000), false, 'behind'],
  ['git-branch', { branch: 'other' }, inGit(forked), false, 'none'],
  ['git-branch', { current: true }, inGit({ ...forked, branch: 'main' }), false, 'elsewhere'],
  ['git-merge', {}, inGit(joined), true, 'seen'],
  ['git-merge', { commit: true }, inGit(joined), true, 'seen'],
  ['git-merge', { branch: 'try' }, inGit(joined), true, 'seen'],
  ['git-merge', { branch: 'try' }, inGit(forked), false, 'outside'],
  ['git-merge', { commit: true, count: 2 }, inGit(joined), false, 'seen'],
  ['git-merge', { commit: false }, inGit(joined), false, 'seen'],
  ['git-merge', { commit: false }, inGit(forwarded), true, 'seen-fast-forward'],
  ['git-merge', { commit: true }, inGit(forwarded), false, 'seen-fast-forward'],
  ['git-merge', {}, inGit({ ...joined, merging: true }), false, 'merging'],
  ['git-merge', {}, inGit(joined, 101_000), false, 'none'],
  ['git-merge', {}, inGit(forked), false, 'none'],
  ['git-state', { is: 'clean' }, inGit(forked), true, 'clean'],
  ['git-state', { is: 'clean' }, inGit(dirty), false, 'other'],
  ['git-state', { is: 'changed', path: 'a' }, inGit(dirty), true, 'other'],
  ['git-state', { is: 'staged', path: 'b' }, inGit(dirty), true, 'other'],
  ['git-state', { is: 'untracked', path: 'c' }, inGit(dirty), true, 'other'],
  ['git-state', { is: 'conflict', path: 'd' }, inGit(dirty), true, 'other'],
  ['git-state', { is: 'staged', path: 'a' }, inGit(dirty), false, 'other'],
  ['git-file', { path: 'params.yaml', at: 'prepare.share', equals: 0.25 }, world({}), true, 'value'],
  ['git-file', { path: 'params.yaml', at: 'prepare.share', equals: 0.3 }, world({}), false, 'value'],
  ['git-file', { path: 'params.yaml' }, world({}), true, 'there'],
  ['git-file', { path: 'none.yaml' }, world({}), false, 'none'],
  ['git-file', { path: 'none.yaml', absent: true }, world({}), true, 'none'],
  ['git-file', { path: 'params.yaml', absent: true }, world({}), false, 'there'],
  ['git-file', { path: 'params.yaml', revision: 'v9' }, world({}), false, 'no-revision'],
  ['file-text', { path: 'params.yaml', line: 'target: ridership' }, world({}), true, 'seen'],
  ['file-text', { path: 'params.yaml', line: 'target' }, world({}), false, 'lacks'],
  ['file-text', { path: 'params.yaml', without: '<<<<<<<' }, world({}), true, 'seen'],
  ['file-text', { path: 'params.yaml', without: 'drop' }, world({}), false, 'has'],
  ['file-text', { path: 'none.txt' }, world({}), false, 'no-file'],
  ['file-text', { path: 'e.txt' }, world({}, { file: async () => ' \n' }), false, 'empty'],
  ['stage-fresh', {}, inPipeline({ a: [] }), true, 'fresh'],
  ['stage-fresh', {}, inPipeline({ a: [{ kind: 'command' }] }), false, 'stale'],
  ['stage-fresh', { stages: ['a'], stale: true }, inPipeline({ a: [{ kind: 'command' }] }), true, 'stale'],
  ['stage-fresh', { stages: ['b'] }, inPipeline({ a: [] }), false, 'none'],
  ['stage-fresh', {}, world({}), false, 'none'],
  ['git-tag', { tag: 'live', service: 'ridership' }, world({ services: [service], versions: [version()] }, { tags: async () => ({ live: 'c1' }) }), true, 'seen'],
  ['git-tag', { tag: 'live', service: 'ridership' }, world({ services: [service], versions: [version()] }, { tags: async () => ({ live: 'c2' }) }), false, 'seen'],
  ['git-tag', { tag: 'live', service: 'ridership' }, world({}, { tags: async () => ({ live: 'c1' }) }), false, 'no-service'],
  ['cross-validated', { by: 'group', column: 'mix', folds: 5, models: ['linear'] }, reported(), true, 'seen'],
  ['cross-validated', { by: 'time' }, reported(), false, 'seen'],
  ['cross-validated', { folds: 6 }, reported(), false, 'seen'],
  ['cross-validated', { gap: 1 }, reported(), false, 'seen'],
  ['cross-validated', { models: ['dummy'] }, reported(), false, 'seen'],
  ['cross-validated', {}, world({}), false, 'none'],
  // Written by hand: the journal knows of no such act.
  ['cross-validated', {}, reported({}, { journal: async () => [] }), false, 'none'],
  ['cross-validated', {}, reported({ 'reports/cross-validation.json': { choice: 5 } }), false, 'none'],
  ['cross-validated', {}, reported({}, { file: async () => '{' }), false, 'none'],
  ['cross-validated', {}, reported({}, {}, { prepared: { ...prepared, digest: 'p9' } }), false, 'stale'],
  ['folds-compared', { models: ['k-nearest', 'linear'] }, reported(), true, 'seen'],
  ['folds-compared', { folds: 6 }, reported(), false, 'seen'],
  ['folds-compared', { models: ['dummy'] }, reported(), false, 'other'],
  ['folds-compared', {}, reported({}, {}, { runs: [run(), run({ id: 'r2' })] }), false, 'same'],
  ['folds-compared', {}, reported({ 'reports/run-comparison.json': { folds: undefined } }), false, 'no-folds'],
  ['folds-compared', {}, world({}), false, 'none'],
  ['folds-compared', {}, reported({}, {}, { prepared: { ...prepared, digest: 'p9' } }), false, 'stale'],
  ['fairness-judged', { by: ['age', 'sex'], chosen: 'no', without: ['busy'], from: ['temp'], threshold: 0.2 }, reported(), true, 'seen'],
  ['fairness-judged', { by: ['sex'] }, reported(), false, 'groups'],
  ['fairness-judged', { by: ['sex', 'age'], chosen: 'yes' }, reported(), false, 'chosen'],
  ['fairness-judged', { by: ['sex', 'age'], without: ['temp'] }, reported(), false, 'kept'],
  ['fairness-judged', { by: ['sex', 'age'], from: ['busy'] }, reported(), false, 'dropped'],
  ['fairness-judged', { by: ['sex', 'age'], threshold: 0.1 }, reported(), false, 'threshold'],
  ['fairness-judged', { by: ['sex', 'age'], mitigated: 'reweigh' }, reported(), false, 'not-mitigated'],
  ['fairness-judged', { by: ['sex', 'age'], mitigated: 'reweigh' }, reported({ 'reports/fairness.json': { mitigation } }), true, 'seen'],
  ['fairness-judged', { by: ['sex', 'age'], criterion: 'equalized-odds' }, reported({ 'reports/fairness.json': { mitigation } }), false, 'not-mitigated'],
  ['fairness-judged', { by: ['sex'] }, world({}), false, 'none'],
  ['fairness-judged', { by: ['sex', 'age'] }, reported({}, {}, { prepared: { ...prepared, digest: 'p9' } }), false, 'stale'],
  ['explained', { models: ['linear'], atLeast: 0.5, fixed: ['age', 'year'], turned: true, without: ['busy'], from: ['temp'] }, reported(), true, 'seen'],
  ['explained', { models: ['dummy'] }, reported(), false, 'model'],
  ['explained', { atLeast: 0.7 }, reported(), false, 'low'],
  ['explained', { atMost: 0.5 }, reported(), false, 'high'],
  ['explained', { fixed: ['loan'] }, reported(), false, 'free'],
  ['explained', { turned: true }, reported({ 'reports/explanation.json': { counterfactuals: undefined } }), false, 'not-turned'],
  ['explained', { without: ['temp'] }, reported(), false, 'kept'],
  ['explained', { from: ['busy'] }, reported(), false, 'dropped'],
  ['explained', { picture: true }, reported(), false, 'no-picture'],
  ['explained', { picture: true }, reported({ 'reports/explanation.json': { picture: { side: 8 } } }), true, 'seen'],
  ['explained', {}, world({}), false, 'none'],
  ['explained', {}, reported({}, {}, { prepared: { ...prepared, digest: 'p9' } }), false, 'stale'],
  ['git-tag', { tag: 'live' }, world({}), false, 'none'],
  ['study-exists', { model: 'linear', method: 'grid', target: 'ridership', trials: 2, log: ['l2'], complete: true }, searched([study()]), true, 'seen'],
  ['study-exists', { model: ['lasso'] }, searched([study()]), false, 'none'],
  ['study-exists', { target: 'busy' }, searched([study()]), false, 'none'],
  ['study-exists', { target: 'ridership' }, searched([study({ preparedDigest: 'p0' })]), false, 'none'],
  ['study-exists', { log: ['maxDepth'] }, searched([study()]), false, 'linear'],
  ['study-exists', { trials: 3 }, searched([study()]), false, 'open'],
  ['study-exists', { complete: true }, searched([study({ method: 'halving' })]), false, 'open'],
  ['study-exists', { judged: 1 }, searched([study({ trials: [trial('r9', 1)] }), study({ name: 't' })]), true, 'seen'],
  ['study-exists', { judged: 2 }, searched([study()]), false, 'unjudged'],
  ['same-budget', { methods: ['grid', 'random'], trials: 2 }, searched([study(), chance]), true, 'seen'],
  ['same-budget', { methods: ['grid', 'random'], trials: 2 }, searched([study()]), false, 'none'],
  ['same-budget', { methods: ['grid', 'random'], trials: 3 }, searched([study(), chance]), false, 'other-count'],
  ['same-budget', { methods: ['grid', 'random'], trials: 1 }, searched([study(), { ...chance, trials: [trial('r1', 2)] }]), false, 'other-count'],
  ['same-budget', { methods: ['grid', 'random'], trials: 2 }, searched([study(), { ...chance, folds: 5 }]), false, 'other-space'],
  ['same-budget', { methods: ['grid', 'random'], trials: 2, settings: 2 }, searched([study(), chance]), false, 'other-space'],
  ['winner-judged', { target: 'ridership', trials: 2 }, searched([study()]), true, 'seen'],
  ['winner-judged', { target: 'ridership' }, searched([study({ trials: [trial('r1', 2), trial('r2', 2)] })], [unjudged, judged]), true, 'seen'],
  ['winner-judged', { target: 'ridership', metric: 'rmse', atMost: 2 }, searched([study()]), true, 'metric'],
  ['winner-judged', { target: 'ridership', metric: 'rmse', atMost: 1.9 }, searched([study()]), false, 'metric'],
  ['winner-judged', { target: 'busy' }, searched([study()]), false, 'none'],
  ['winner-judged', { target: 'ridership', trials: 3 }, searched([study()]), false, 'few'],
  ['winner-judged', { target: 'ridership' }, searched([study()], [unjudged]), false, 'unjudged'],
  ['winner-judged', { target: 'ridership' }, searched([study()], [unjudged, judged]), false, 'other'],
  ['winner-judged', { target: 'ridership' }, searched([study()], [run(), judged]), false, 'several'],
  ['run-noted', { run: 'linear-1' }, noted({ 'mlflow.note.content': 'ours' }), true, 'seen'],
  ['run-noted', { tag: 'asked-by', equals: 'mona' }, noted({ 'asked-by': 'mona' }), true, 'seen'],
  ['run-noted', { tag: 'asked-by', equals: 'mona' }, noted({ 'asked-by': 'omar' }), false, 'none'],
  ['run-noted', { run: 'linear-2' }, noted({ 'mlflow.note.content': 'ours' }), false, 'other'],
  ['rerun-made', { run: 'linear-1' }, again(), true, 'seen'],
  ['rerun-made', { run: 'linear-1' }, again({ modelDigest: 'm9' }), false, 'differs'],
  ['rerun-made', { run: 'other' }, again(), false, 'other'],
  ['rerun-made', {}, world({ runs: [run()] }), false, 'none'],
  ['twin-runs', { by: ['seed'], of: 'linear-1' }, twins({ seed: 8, params: { l2: '1', seed: '8' } }), true, 'seen'],
  ['twin-runs', { by: ['seed'] }, twins({ seed: 8, params: { l2: '1', seed: '8' }, modelDigest: 'm1' }), false, 'same'],
  ['twin-runs', { by: ['seed'] }, twins({ seed: 8, preparedDigest: 'p2' }), false, 'none'],
  ['twin-runs', { by: ['preparation'], model: 'linear' }, twins({ preparedDigest: 'p2' }), true, 'seen'],
  ['twin-runs', { by: ['preparation'] }, twins({ preparedDigest: 'p2', params: { l2: '2', seed: '7' } }), false, 'none'],
  ['twin-runs', { by: ['data'] }, twins({ dataDigest: 'd2', preparedDigest: 'p2' }), true, 'seen'],
  ['twin-runs', { by: ['data'], of: 'other' }, twins({ dataDigest: 'd2', preparedDigest: 'p2' }), false, 'none'],
  ['twin-runs', { by: ['data', 'seed'] }, twins({ dataDigest: 'd2', preparedDigest: 'p2', seed: 8 }), true, 'seen'],
  ['twin-runs', { by: ['seed'] }, { ...twins({ seed: 8 }), since: 101 }, false, 'none'],
  ['twin-runs', { by: ['seed'] }, { ...twins({ seed: 8, started: 200 }), since: 101 }, true, 'seen'],
  ['twin-runs', { by: ['seed'] }, { ...twins({ seed: 8, started: 200, tags: { 'looplab.rerunOf': 'r9' } }), since: 101 }, false, 'none'],
  ['runs-compared', { one: 'logistic', other: 'linear' }, compared(versus()), true, 'seen'],
  ['runs-compared', { one: 'logistic', other: 'linear', folds: 5 }, compared(versus({ k: 5 })), true, 'seen'],
  ['runs-compared', { one: 'logistic', other: 'linear', folds: 5 }, compared(versus()), false, 'no-folds'],
  ['runs-compared', { one: 'logistic', other: 'linear' }, compared(versus(), 'dummy'), false, 'other'],
  ['runs-compared', { one: 'logistic', other: 'linear' }, compared(undefined), false, 'none'],
  ['runs-compared', { one: 'logistic', other: 'linear' }, compared('{"first": "r1"'), false, 'none'],
  ['runs-compared', { one: 'logistic', other: 'linear' }, compared('{"first": "r9", "second": "r2", "difference": {}}'), false, 'none'],
  ['threshold-cost', { miss: 10, alarm: 1, atMost: 0.25 }, alarms(0.3), true, 'seen'],
  // One miss at 0.5: a quarter of 10.
  ['threshold-cost', { miss: 10, alarm: 1, atMost: 2.4 }, alarms(0.5), false, 'seen'],
  ['threshold-cost', { miss: 10, alarm: 1, atMost: 9, except: ['linear'] }, alarms(0.3), false, 'none'],
];

describe('the kinds of checks', () => {
  it.each(cases)('%s %o', async (kind, args, given, passed, seen) => {
    const finding = await CHECKS.get(kind)!.look(given, args);
    expect({ passed: finding.passed, seen: finding.seen.code }).toEqual({ passed, seen });
    expect(CHECKS.get(kind)!.words).toContain(finding.expected.code);
  });

  it('are the files of the folder, and each has a case that passes and one that does not', () => {
    const files = readdirSync(new URL('../../src/course/checks', import.meta.url)).filter((name) => name !== 'index.ts').map((name) => name.replace('.ts', ''));
    expect([...CHECKS.keys()].sort()).toEqual(files.sort());
    for (const kind of CHECKS.keys()) expect(new Set(cases.filter((one) => one[0] === kind).map((one) => one[3])), kind).toEqual(new Set([true, false]));
  });

  it.each([['en', englishLesson.checkWords], ['ar', arabicLesson.checkWords]])('have words in %s for every code, and no others', (_language, words) => {
    for (const { kind, words: codes } of CHECKS.values()) expect(Object.keys(words[kind as keyof typeof words]).sort(), kind).toEqual([...codes].sort());
    expect(Object.keys(words).sort()).toEqual([...CHECKS.keys()].sort());
  });

  it.each([
    ['an unknown kind', { id: 'a', kind: 'eval' }],
    ['a missing argument', { id: 'a', kind: 'clock-reached' }],
    ['a day that is none', { id: 'a', kind: 'clock-reached', date: '2005-13-45' }],
    ['a path out of the project', { id: 'a', kind: 'file-value', path: '../secret.yaml', at: 'a' }],
    ['an absolute path', { id: 'a', kind: 'file-value', path: '/etc/passwd.yaml', at: 'a' }],
    ['a path inside .git', { id: 'a', kind: 'file-value', path: '.git/config', at: 'a' }],
  ])('refuse %s', (_name, spec) => {
    expect(checkIssue(spec as CheckSpec)).toBeTypeOf('string');
  });
});

describe('judging a step', () => {
  const step = {
    id: 's', kind: 'do', figures: {}, solution: ['x'], alternates: [],
    checks: [{ id: 'clock', kind: 'clock-reached', date: '2006-01-01' }],
    wrong: [
      { id: 'two', commands: ['x'], seen: [{ id: 'v', kind: 'version-exists', model: 'ridership', count: 2 }] },
      { id: 'early', commands: ['x'], seen: [{ id: 'c', kind: 'clock-reached', date: '2005-01-02' }] },
    ],
  } as unknown as DoStep;
  const at = (now: string, versions: readonly VersionSummary[] = []) => world({ world: { now, labelDelay: 14, injections: [] }, versions });

  it.each([
    ['passes', at('2006-01-01'), true, undefined],
    ['passes although a wrong turn is seen', at('2006-01-01', [version(), version({ version: 2 })]), true, undefined],
    ['names the wrong turn', at('2005-06-01'), false, 'early'],
    ['names the first of two', at('2005-06-01', [version(), version({ version: 2 })]), false, 'two'],
    ['names none', at('2005-01-01'), false, undefined],
  ] as const)('%s', async (_name, given, passed, wrong) => {
    const verdict = await judgeStep(step, given);
    expect([verdict.passed, verdict.wrong]).toEqual([passed, wrong]);
  });

  it('does not pass what cannot be looked at, and says why', async () => {
    const failing = { ...step, checks: [{ id: 'c', kind: 'git-commit' }], wrong: [] } as unknown as DoStep;
    const verdict = await judgeStep(failing, world({}, { commits: () => Promise.reject(new Error('no repository')) }));
    expect(verdict).toMatchObject({ passed: false, results: [{ id: 'c', passed: false, failure: { code: 'unexpected' } }] });
  });
});
