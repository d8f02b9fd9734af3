import { LabError } from '../../../core/lab-error.js';
import { readFlat, showValue, type FlatValues } from '../../../core/pipeline/flat-values.js';
import { parseLock } from '../../../core/pipeline/lock-file.js';
import { equalValues, isMapping, type PythonValue } from '../../../core/version/python-value.js';
import { parseDvcFile } from '../../../core/version/dvc-file.js';
import { md5Hex } from '../../../core/version/md5.js';
import { textOf, type ReviewCheck, type ReviewComment, type ReviewedBranch } from './review.js';

const PARAMS = 'params.yaml';
/** Files that hold what a model scored. */
const METRICS = /^(reports\/metrics\.json|pipeline\/metrics\.json|metrics\.(json|yaml))$/;
/** Files that change what a model scores. */
const CAUSES = /^(params\.yaml|dvc\.lock|src\/[^/]+\.ts|data\/.+\.dvc|models\/[^/]+\.dvc)$/;

interface ChangedValue {
  readonly key: string;
  readonly before: PythonValue | undefined;
  readonly after: PythonValue | undefined;
}

/** Values of `params.yaml` that differ; a file that cannot be read counts as empty here (`checkYaml` says so). */
function changedParams({ changes }: ReviewedBranch): ChangedValue[] {
  const change = changes.find(({ path }) => path === PARAMS);
  if (!change) return [];
  const [before, after] = [change.before, change.after].map(readOrEmpty) as [FlatValues, FlatValues];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.map((key) => ({ key, before: before.get(key), after: after.get(key) })).filter((v) => !equalValues(v.before, v.after));
}

function readOrEmpty(bytes: Uint8Array | undefined): FlatValues {
  try {
    return readFlat(bytes, PARAMS);
  } catch {
    return new Map();
  }
}

const lineOfKey = (branch: ReviewedBranch, key: string): { line?: number } => {
  const at = (textOf(branch.read(PARAMS)) ?? '').split('\n').findIndex((line) => new RegExp(`^\\s*${key.split('.').at(-1)!.replace(/[^\w-]/g, '.')}:`).test(line));
  return at < 0 ? {} : { line: at + 1 };
};

const facts = ({ key, before, after }: ChangedValue): ReviewComment['facts'] => ({ key, before: showValue(before), after: showValue(after) });

/** YAML and JSON that cannot be read. */
export const checkYaml: ReviewCheck = ({ changes }) =>
  changes.flatMap(({ path, after }): ReviewComment[] => {
    const text = textOf(after) ?? '';
    if (after === undefined || !/^(params\.yaml|dvc\.lock|reports\/metrics\.json)$/.test(path) || text.includes('\n<<<<<<< ') || text.startsWith('<<<<<<< ')) return [];
    try {
      if (path === 'dvc.lock') parseLock(text);
      else readFlat(after, path);
      return [];
    } catch (cause) {
      const { data } = LabError.from(cause);
      const line = Number(data['line']);
      return [{ kind: 'broken-file', path, ...(line > 0 ? { line } : {}), facts: { reason: String(data['reason'] ?? LabError.from(cause).code) } }];
    }
  });

/** A seed that was changed: a better score may be luck. */
export const checkSeed: ReviewCheck = (branch) =>
  changedParams(branch).filter(({ key, before }) => /(^|\.)seed$/.test(key) && before !== undefined).map((value) => ({ kind: 'seed', path: PARAMS, ...lineOfKey(branch, value.key), facts: facts(value) }));

/** A split that was changed: other rows are tested, so the scores before and after cannot be compared. */
export const checkTestRows: ReviewCheck = (branch) =>
  changedParams(branch).filter(({ key, before }) => /(^|\.)split(\.|$)|(^|\.)test_?(from|share|size)$/i.test(key) && before !== undefined).map((value) => ({ kind: 'test-rows', path: PARAMS, ...lineOfKey(branch, value.key), facts: facts(value) }));

/** Something that changes the model came without new metrics. */
export const checkMetrics: ReviewCheck = ({ changes, read }) => {
  const cause = changes.find(({ path, after }) => CAUSES.test(path) && after !== undefined);
  const hasMetrics = ['reports/metrics.json', 'pipeline/metrics.json', 'metrics.json', 'metrics.yaml'].some((path) => read(path) !== undefined);
  if (!cause || changes.some(({ path }) => METRICS.test(path))) return [];
  return [{ kind: 'no-metrics', path: cause.path, facts: { metrics: hasMetrics ? 'old' : 'none' } }];
};

/** `dvc.lock` remembers other parameters or other files than the branch holds. */
export const checkLock: ReviewCheck = (branch) => {
  const text = textOf(branch.read('dvc.lock'));
  if (text === undefined || !branch.changes.some(({ path }) => /^(dvc\.(lock|yaml)|params\.yaml|src\/|data\/)/.test(path))) return [];
  let stages: ReturnType<typeof parseLock>;
  try {
    stages = parseLock(text);
  } catch {
    return [];
  }
  return Object.entries(stages).flatMap(([stage, { deps, params }]): ReviewComment[] => {
    const stale = (what: string): ReviewComment => ({ kind: 'stale-lock', path: 'dvc.lock', facts: { stage, what } });
    for (const [file, values] of Object.entries(params)) {
      const now = readOrEmpty(branch.read(file));
      for (const [key, value] of Object.entries(values)) if (!sameParam(now, key, value)) return [stale(`${file}:${key}`)];
    }
    const moved = deps.find(({ path, md5 }) => (hashIn(branch, path) ?? md5) !== md5);
    return moved ? [stale(moved.path)] : [];
  });
};

/** A parameter that is a mapping stands for all below it, no more and no less. */
function sameParam(now: FlatValues, key: string, value: PythonValue): boolean {
  if (!isMapping(value)) return equalValues(now.get(key), value);
  const below = [...now.keys()].filter((name) => name.startsWith(`${key}.`)).map((name) => name.slice(key.length + 1).split('.')[0]!);
  return below.every((name) => name in value) && Object.entries(value).every(([name, item]) => sameParam(now, `${key}.${name}`, item));
}

/** md5 of a file that git keeps, or the one that its pointer names; undefined when the branch says nothing of it. */
function hashIn({ read }: ReviewedBranch, path: string): string | undefined {
  const content = read(path);
  if (content !== undefined) return md5Hex(content);
  const pointer = textOf(read(`${path}.dvc`));
  try {
    return pointer === undefined ? undefined : parseDvcFile(pointer, `${path}.dvc`).md5;
  } catch {
    return undefined;
  }
}
