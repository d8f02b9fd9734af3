import { readFlat, type FlatValues } from '../../core/pipeline/flat-values.js';
import { pythonJson, type PythonValue } from '../../core/version/python-value.js';
import type { Platform } from '../platform.js';
import { Workspace } from './workspace.js';

/** Values of a file at a revision, or in the working tree without one; empty when it is not there. */
export async function valuesOf(platform: Platform, path: string, revision?: string): Promise<FlatValues> {
  if (revision !== undefined) return readFlat(await platform.git.readAt(await platform.git.resolve(revision), path), path);
  const workspace = await Workspace.open(platform);
  return (await workspace.hashOf(path)) ? readFlat((await workspace.read(path)).get(path), path) : new Map();
}

/** One value before and after; `differs` as DVC compares them. */
export interface ValueChange {
  readonly path: string;
  readonly name: string;
  readonly old: PythonValue | undefined;
  readonly now: PythonValue | undefined;
  readonly differs: boolean;
}

/** Every value of some files at `from` and at `to` (the working tree without it), by name. */
export async function compareValues(platform: Platform, paths: readonly string[], from: string, to?: string): Promise<ValueChange[]> {
  const changes: ValueChange[] = [];
  for (const path of paths) {
    const [old, now] = [await valuesOf(platform, path, from), await valuesOf(platform, path, to)];
    for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
      changes.push({ path, name, old: old.get(name), now: now.get(name), differs: text(old.get(name)) !== text(now.get(name)) });
    }
  }
  return changes;
}

const text = (value: PythonValue | undefined): string => (value === undefined ? '' : pythonJson(value));
