import { equalValues, type PythonValue } from '../version/python-value.js';
import { valueAt } from './interpolate.js';
import type { LockedFile, LockedStage, Stage } from './stage.js';

/** Why a stage must run, as `dvc status` words it. */
export type StageChange =
  | { readonly kind: 'always' }
  | { readonly kind: 'command' }
  | { readonly kind: 'dep'; readonly path: string; readonly state: 'new' | 'modified' | 'deleted'; readonly before?: string; readonly after?: string }
  | { readonly kind: 'param'; readonly file: string; readonly key: string; readonly state: 'new' | 'modified' | 'deleted'; readonly before?: PythonValue; readonly after?: PythonValue }
  | { readonly kind: 'out'; readonly path: string; readonly state: 'new' | 'modified' | 'deleted' | 'not in cache'; readonly before?: string; readonly after?: string };

/** What stands in the project now: hashes by path (undefined: missing), values of parameter files, and which objects the cache holds. */
export interface ProjectState {
  hashOf(path: string): LockedFile | undefined;
  paramsOf(file: string): PythonValue | undefined;
  inCache(md5: string): boolean;
}

/** Everything that makes a stage differ from its last run (dvc/stage/__init__.py); [] when it need not run. */
export function findChanges(stage: Stage, locked: LockedStage | undefined, state: ProjectState): StageChange[] {
  const changes: StageChange[] = [];
  const isCallback = stage.deps.length === 0 && stage.params.length === 0 && stage.outs.length === 0;
  if (stage.alwaysChanged || isCallback) changes.push({ kind: 'always' });
  if (!stage.frozen) changes.push(...depChanges(stage, locked, state), ...paramChanges(stage, locked, state));
  changes.push(...outChanges(stage, locked, state));
  if (locked && JSON.stringify(locked.cmd) !== JSON.stringify(stage.cmd)) changes.push({ kind: 'command' });
  return changes;
}

/** The parameters of a stage with their values now, by file and dotted key; undefined for one that is missing. */
export function currentParams(stage: Stage, state: ProjectState): Map<string, Map<string, PythonValue | undefined>> {
  return new Map(
    stage.params.map(({ file, keys }) => {
      const whole = state.paramsOf(file);
      const wanted = keys.length > 0 ? keys : Object.keys((whole ?? {}) as object);
      return [file, new Map(wanted.map((key) => [key, whole === undefined ? undefined : valueAt(whole, key)]))];
    }),
  );
}

function depChanges(stage: Stage, locked: LockedStage | undefined, state: ProjectState): StageChange[] {
  return stage.deps.flatMap((path): StageChange[] => {
    const before = locked?.deps.find((dep) => dep.path === path)?.md5;
    const after = state.hashOf(path)?.md5;
    if (after === undefined) return [{ kind: 'dep', path, state: 'deleted', ...(before === undefined ? {} : { before }) }];
    if (before === undefined) return [{ kind: 'dep', path, state: 'new', after }];
    return before === after ? [] : [{ kind: 'dep', path, state: 'modified', before, after }];
  });
}

function paramChanges(stage: Stage, locked: LockedStage | undefined, state: ProjectState): StageChange[] {
  const changes: StageChange[] = [];
  for (const [file, values] of currentParams(stage, state)) {
    for (const [key, after] of values) {
      const before = locked?.params[file]?.[key];
      if (after === undefined) changes.push({ kind: 'param', file, key, state: 'deleted', ...(before === undefined ? {} : { before }) });
      else if (before === undefined) changes.push({ kind: 'param', file, key, state: 'new', after });
      else if (!equalValues(before, after)) changes.push({ kind: 'param', file, key, state: 'modified', before, after });
    }
  }
  return changes;
}

function outChanges(stage: Stage, locked: LockedStage | undefined, state: ProjectState): StageChange[] {
  return stage.outs.flatMap(({ path, cache }): StageChange[] => {
    const before = locked?.outs.find((out) => out.path === path)?.md5;
    const after = state.hashOf(path)?.md5;
    if (before === undefined) return after === undefined ? [{ kind: 'out', path, state: 'deleted' }] : [{ kind: 'out', path, state: 'new', after }];
    if (after === undefined) return [{ kind: 'out', path, state: cache && !state.inCache(before) ? 'not in cache' : 'deleted', before }];
    return before === after ? [] : [{ kind: 'out', path, state: 'modified', before, after }];
  });
}
