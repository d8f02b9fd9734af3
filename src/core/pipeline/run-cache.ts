import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isList, isMapping, pythonJson, type PythonValue } from '../version/python-value.js';
import { lockEntry } from './lock-file.js';
import type { LockedStage, Stage } from './stage.js';

/** Where a run is remembered: `runs/<key[:2]>/<key>/<value>` (dvc/stage/cache.py). */
export interface RunCacheId {
  readonly key: string;
  readonly value: string;
}

const digest = (value: PythonValue): string => bytesToHex(sha256(utf8ToBytes(pythonJson(value))));

/** Key of a run by what goes in (and which paths come out), and value by what came out. */
export function runCacheId(stage: LockedStage): RunCacheId {
  const entry = withoutSizes(lockEntry(stage)) as { readonly [key: string]: PythonValue };
  return { key: digest({ ...entry, outs: stage.outs.map(({ path }) => path).sort() }), value: digest(entry) };
}

/** Whether runs of a stage are remembered: it has a command, dependencies and outputs, and none of them stays between runs. */
export const isCacheable = (stage: Stage): boolean =>
  stage.deps.length + stage.params.length > 0 && stage.deps.length > 0 && stage.outs.length > 0 && !stage.alwaysChanged && stage.outs.every((out) => !out.persist);

function withoutSizes(value: PythonValue): PythonValue {
  if (isList(value)) return value.map(withoutSizes);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'size' && key !== 'nfiles').map(([key, item]) => [key, withoutSizes(item)]));
}
