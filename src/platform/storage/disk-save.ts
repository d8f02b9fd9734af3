import { constants } from 'node:fs';
import { lstat, mkdir, open, readFile, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { errorCode } from '../git/promises-fs.js';
import { confineTo } from './node-disk.js';
import { checkPath } from './project-files.js';
import type { Changes, StagedNode } from './staged-fs.js';

/** What a save will do, in order; `body` is the number of the file in the save's folder. Paths are those of the project. */
interface Step {
  readonly path: string;
  readonly act: 'folder' | 'file' | 'link' | 'remove';
  readonly body?: number;
  readonly target?: string;
}

const FOLDERS = ['.git/looplab-save', '.looplab-save'];
const MANIFEST = 'manifest.json';

/**
 * Writes changes to disk as one act: all bodies and a list go to a folder beside, its rename decides, then each file is moved to its place.
 * A crash before the rename changes nothing; after it `finishSave` completes the rest. Throws node's errors (`ENOSPC`) with nothing changed.
 */
export async function saveToDisk(dir: string, changes: Changes): Promise<void> {
  if (changes.size === 0) return;
  const ready = join(dir, (await isFolder(join(dir, '.git'))) ? FOLDERS[0]! : FOLDERS[1]!);
  const draft = `${ready}.draft`;
  await rm(draft, { recursive: true, force: true });
  try {
    await mkdir(draft, { recursive: true });
    const steps = await writeDraft(dir, draft, changes);
    await writeSynced(join(draft, MANIFEST), new TextEncoder().encode(JSON.stringify(steps)), 0o644);
    await syncFolder(draft);
    await rename(draft, ready);
    await syncFolder(dirname(ready));
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
  await finishSave(dir);
}

/** Completes a save that was decided and then interrupted, and clears one that was not decided. */
export async function finishSave(dir: string): Promise<void> {
  for (const folder of FOLDERS) {
    await finishFrom(dir, join(dir, folder));
    await rm(join(dir, `${folder}.draft`), { recursive: true, force: true });
  }
}

async function finishFrom(dir: string, ready: string): Promise<void> {
  const manifest = await readFile(join(ready, MANIFEST), 'utf8').catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  });
  if (manifest === undefined) return;
  // the list lies in the project's own folder, so it is not to be trusted with other places
  const inside = await confineTo(dir);
  const steps = (JSON.parse(manifest) as Step[]).map((step) => ({ ...step, path: join(dir, checkPath(step.path)) }));
  const removals = steps.filter((s) => s.act === 'remove').map((s) => s.path);
  // what is in a folder goes before the folder
  for (const path of removals.sort().reverse()) if (await isFolder(dirname(path))) await removeIfThere(await inside(path));
  for (const step of steps) if (step.act !== 'remove') await applyStep(ready, { ...step, path: await inside(step.path) });
  await Promise.all([...new Set(steps.map((s) => dirname(s.path)))].map((folder) => syncFolder(folder)));
  await rm(ready, { recursive: true, force: true });
}

async function writeDraft(dir: string, draft: string, changes: Changes): Promise<Step[]> {
  const steps: Step[] = [];
  const writes: Promise<void>[] = [];
  for (const [path, node] of changes) {
    const step = describe(relative(dir, path), node, writes.length);
    steps.push(step);
    if (node?.type === 'file') writes.push(writeSynced(join(draft, String(step.body)), node.content, node.mode));
    if (writes.length % 32 === 31) await Promise.all(writes);
  }
  await Promise.all(writes);
  return steps;
}

function describe(path: string, node: StagedNode | undefined, body: number): Step {
  if (!node) return { path, act: 'remove' };
  if (node.type === 'file') return { path, act: 'file', body };
  return node.type === 'link' ? { path, act: 'link', target: node.target } : { path, act: 'folder' };
}

async function applyStep(ready: string, step: Step): Promise<void> {
  if (step.act === 'folder') {
    if (!(await isFolder(step.path))) await removeIfThere(step.path);
    await mkdir(step.path, { recursive: true });
  }
  if (step.act === 'link') {
    await removeIfThere(step.path);
    await symlink(step.target!, step.path);
  }
  if (step.act === 'file') await moveBody(join(ready, String(step.body)), step.path);
}

async function moveBody(body: string, path: string): Promise<void> {
  if (await isFolder(path)) await removeIfThere(path);
  // the body is gone when an interrupted save had already moved it
  await rename(body, path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}

const isFolder = async (path: string): Promise<boolean> => (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    if (code !== 'EISDIR' && code !== 'EPERM') throw error;
    await rmdir(path).catch(() => undefined);
  }
}

async function writeSynced(path: string, content: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
