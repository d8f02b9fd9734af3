import { LabError } from '../lab-error.js';
import { compareCodePoints, isList, isMapping, type PythonValue } from '../version/python-value.js';
import { formatPythonYaml, parsePythonYaml } from '../version/python-yaml.js';
import type { LockedFile, LockedStage } from './stage.js';

type Mapping = { readonly [key: string]: PythonValue };

/** Writes `dvc.lock` (schema 2.0), byte for byte as DVC writes it (dvc/stage/serialize.py). */
export function formatLock(stages: Readonly<Record<string, LockedStage>>): string {
  const entries = Object.entries(stages).map(([name, stage]) => [name, lockEntry(stage)] as const);
  return formatPythonYaml({ schema: '2.0', stages: Object.fromEntries(entries) });
}

/** A stage as the lock and the run cache keep it: empty sections left out, files by path, `params.yaml` first, keys sorted. */
export function lockEntry({ cmd, deps, params, outs }: LockedStage): Mapping {
  const files = Object.keys(params).filter((file) => Object.keys(params[file]!).length > 0);
  files.sort((a, b) => Number(b === 'params.yaml') - Number(a === 'params.yaml') || compareCodePoints(a, b));
  return {
    cmd,
    ...(deps.length > 0 ? { deps: sortFiles(deps).map(fileEntry) } : {}),
    ...(files.length > 0 ? { params: Object.fromEntries(files.map((file) => [file, sortKeys(params[file]!)])) } : {}),
    ...(outs.length > 0 ? { outs: sortFiles(outs).map(fileEntry) } : {}),
  };
}

/** Reads `dvc.lock`; throws `bad-yaml` or `bad-lock` {path, line, reason}. */
export function parseLock(text: string): Record<string, LockedStage> {
  const file = parsePythonYaml(text, 'dvc.lock');
  const bad = (at: readonly string[], reason: string): LabError => new LabError('bad-lock', { path: 'dvc.lock', line: file.lineOf(at), reason });
  if (file.value === null) return {};
  if (!isMapping(file.value) || file.value['schema'] !== '2.0') throw bad(['schema'], "schema: '2.0' is expected");
  const stages = file.value['stages'] ?? {};
  if (!isMapping(stages)) throw bad(['stages'], 'stages is a mapping');
  return Object.fromEntries(
    Object.entries(stages).map(([name, value]) => {
      const stage = isMapping(value) ? readStage(value) : undefined;
      if (!stage) throw bad(['stages', name], `stage ${name} is not complete`);
      return [name, stage];
    }),
  );
}

function readStage(value: Mapping): LockedStage | undefined {
  const cmd = value['cmd'];
  const [deps, outs, params] = [readFiles(value['deps']), readFiles(value['outs']), value['params'] ?? {}];
  const isCommand = typeof cmd === 'string' || (isList(cmd) && cmd.every((line) => typeof line === 'string'));
  if (!isCommand || !deps || !outs || !isMapping(params) || !Object.values(params).every(isMapping)) return undefined;
  return { cmd: cmd as string | readonly string[], deps, outs, params: params as LockedStage['params'] };
}

function readFiles(value: PythonValue | undefined): LockedFile[] | undefined {
  if (value === undefined) return [];
  if (!isList(value)) return undefined;
  const files = value.map((item): LockedFile | undefined => {
    if (!isMapping(item)) return undefined;
    const { path, md5, size, nfiles } = item;
    if (typeof path !== 'string' || typeof md5 !== 'string') return undefined;
    return { path, md5, ...(typeof size === 'bigint' ? { size: Number(size) } : {}), ...(typeof nfiles === 'bigint' ? { nfiles: Number(nfiles) } : {}) };
  });
  return files.every((file) => file !== undefined) ? files : undefined;
}

const fileEntry = ({ path, md5, size, nfiles }: LockedFile): Mapping => ({
  path,
  hash: 'md5',
  md5,
  ...(size === undefined ? {} : { size: BigInt(size) }),
  ...(nfiles === undefined ? {} : { nfiles: BigInt(nfiles) }),
});

const sortFiles = (files: readonly LockedFile[]): LockedFile[] => [...files].sort((a, b) => compareCodePoints(a.path, b.path));
const sortKeys = (mapping: Mapping): Mapping => Object.fromEntries(Object.keys(mapping).sort(compareCodePoints).map((key) => [key, mapping[key]!]));
