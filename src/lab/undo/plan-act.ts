import { LabError } from '../../core/lab-error.js';
import { parseDvcFile } from '../../core/version/dvc-file.js';
import type { Platform } from '../platform.js';
import { contentBefore, digestOf, withAnswered, type ActRecord } from './act-record.js';
import { changedPaths } from '../project/changed-paths.js';
import { PATHS } from '../project/paths.js';
import { openAct } from './plan-move.js';
import type { UndoPlan } from './plan.js';

/** A file that goes back; undefined where there was none. */
export interface Restoring {
  readonly path: string;
  /** What the reverting commit holds of it, when git keeps it. */
  readonly committed?: { readonly content: Uint8Array | undefined };
  /** What stands in the working tree in the end; not what is committed when there were changes of the learner's own before the act. */
  readonly content: Uint8Array | undefined;
}

/** Taking back an act of the lab: its commit is reverted, and what it changed outside git is put back. */
export async function planAct(platform: Platform, record: ActRecord): Promise<UndoPlan> {
  const base = {
    id: `step-${record.seq}`,
    kind: 'act' as const,
    redo: record.verb === 'undo' && record.object.type === 'undo',
    ...(record.verb === 'undo' ? { text: record.reason ?? record.command } : { text: record.command, object: record.object }),
  };
  if (record.final !== undefined) return { ...base, files: [], refused: new LabError('undo-final', { command: record.command, reason: record.final }) };
  const unfinished = await openAct(platform);
  if (unfinished) return { ...base, files: [], refused: unfinished };
  const back = await restorings(platform, record).catch(() => undefined);
  if (!back) return { ...base, files: [], refused: new LabError('undo-no-record', { command: record.command }) };
  const paths = back.flatMap(({ path, committed }) => (committed ? [path] : []));
  const refused = (await lossIn(platform, record, paths)) ?? (await missingData(platform, back));
  return {
    ...base,
    files: back.map(({ path }) => path).sort(),
    ...(record.commit === undefined ? {} : { commit: record.commit }),
    ...(record.commit !== undefined && record.files.every(({ path }) => paths.includes(path)) ? { same: `git revert --no-edit ${record.commit.slice(0, 7)}` } : {}),
    ...(refused ? { refused } : {}),
  };
}

async function lossIn(platform: Platform, record: ActRecord, paths: readonly string[]): Promise<LabError | undefined> {
  const files = await changedSince(platform, record, paths);
  return files.length > 0 ? new LabError('undo-changed', { files }) : undefined;
}

/** A pointer to data that was cleared away since would bring nothing back. */
async function missingData({ objects }: Platform, back: readonly Restoring[]): Promise<LabError | undefined> {
  for (const { path, content } of back) {
    if (!content || !path.endsWith('.dvc')) continue;
    const { md5: id } = parseDvcFile(new TextDecoder().decode(content), path);
    if (!(await objects.has(id))) return new LabError('object-missing', { id });
  }
  return undefined;
}

/** What every file goes back to. */
export async function restorings(platform: Platform, record: ActRecord): Promise<Restoring[]> {
  const found: Restoring[] = [];
  const paths = await pathsOf(platform, record);
  const parent = record.commit === undefined ? undefined : await parentOf(platform, record);
  for (const path of paths) {
    const content = parent === undefined ? undefined : await platform.git.readAt(parent, path);
    const kept = record.files.find((file) => file.path === path);
    found.push({ path, committed: { content }, content: kept ? await contentBefore(platform, kept) : content });
  }
  for (const kept of record.files) {
    if (paths.includes(kept.path)) continue;
    const before = await contentBefore(platform, kept);
    const isServices = before && kept.path === PATHS.services;
    found.push({ path: kept.path, content: isServices ? withAnswered(before, await contentNow(platform, kept.path)) : before });
  }
  return found;
}

/** Paths that the act's commit changed. */
async function pathsOf(platform: Platform, record: ActRecord): Promise<string[]> {
  if (record.commit === undefined) return [];
  return changedPaths(platform.git, await parentOf(platform, record), record.commit);
}

async function parentOf({ git }: Platform, { commit }: ActRecord): Promise<string | undefined> {
  return (await git.log({ ref: commit!, depth: 1 }))[0]!.parents[0];
}

/** Files that somebody has changed since the act; their changes would be lost. */
async function changedSince(platform: Platform, record: ActRecord, paths: readonly string[]): Promise<string[]> {
  const changed: string[] = [];
  for (const { path, after } of record.files) if (digestOf(path, await contentNow(platform, path)) !== after) changed.push(path);
  if (record.commit === undefined) return changed;
  const [index, made] = [await platform.git.treeAt('INDEX'), await platform.git.treeAt(record.commit)];
  const dirty = new Set((await platform.git.status()).map((entry) => entry.path));
  const known = new Set(record.files.map(({ path }) => path));
  for (const path of paths) if (index.get(path) !== made.get(path) || (dirty.has(path) && !known.has(path))) changed.push(path);
  return [...new Set(changed)].sort();
}

async function contentNow({ files }: Platform, path: string): Promise<Uint8Array | undefined> {
  return (await files.stat(path))?.type === 'file' ? files.read(path) : undefined;
}
