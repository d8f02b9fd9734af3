import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import { LabError } from '../core/lab-error.js';
import type { ByteSource, NetTrainer, Platform, Sandbox } from '../lab/platform.js';
import { createGit } from './git/git-adapter.js';
import { errorCode } from './git/promises-fs.js';
import type { Author } from './git/repository.js';
import { createNodeSql } from './sql/node-sql.js';
import { finishSave, saveToDisk } from './storage/disk-save.js';
import { createFileObjects } from './storage/file-objects.js';
import { openNodeDisk } from './storage/node-disk.js';
import { createProjectFiles } from './storage/project-files.js';
import { stageOver } from './storage/staged-fs.js';

export interface NodePlatformOptions {
  /** The project's folder; made when missing. */
  readonly dir: string;
  readonly nets: NetTrainer;
  readonly sandbox: Sandbox;
  /** The folder that is served as `public/`. */
  readonly assets: string;
  readonly now?: () => number;
  readonly author?: Partial<Author>;
}

/** A project in a folder on disk. Changes stay in memory until `save`; after it native git and DVC read the folder. */
export async function openNodePlatform(options: NodePlatformOptions): Promise<Platform> {
  const { nets, sandbox, now = Date.now, author = {} } = options;
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  await finishSave(dir);
  const fs = stageOver(await openNodeDisk(dir), now);
  return {
    files: createProjectFiles(fs, dir),
    objects: createFileObjects(fs, dir),
    git: createGit(fs, dir, { now, author }),
    nets,
    sandbox,
    place: { runtime: 'Node.js', node: process.version, system: `${process.platform} ${process.arch}` },
    sql: createNodeSql(),
    now,
    asset: (path) => readAsset(resolve(options.assets), path),
    openSource: openFileSource,
    async save() {
      await saveToDisk(dir, fs.changes()).catch((error: unknown) => {
        throw ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '') ? new LabError('quota-full') : error;
      });
      fs.settle();
    },
    async discard() {
      fs.discard();
    },
  };
}

const CHUNK = 1 << 18;

async function readAsset(root: string, path: string): Promise<Uint8Array> {
  const full = resolve(root, path);
  if (!full.startsWith(root + sep)) throw new LabError('bad-path', { path });
  const content = await readFile(full).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EISDIR') throw new LabError('not-found', { path });
    throw error;
  });
  return new Uint8Array(content);
}

/** A file on disk, by its path from the current folder. */
async function openFileSource(name: string): Promise<ByteSource> {
  const info = await stat(name).catch(() => undefined);
  if (!info?.isFile()) throw new LabError('not-found', { path: name });
  return { name: basename(name), size: info.size, chunks: () => createReadStream(name, { highWaterMark: CHUNK }) };
}
