import { LabError } from '../core/lab-error.js';
import type { ByteSource, NetTrainer, Platform, Sandbox } from '../lab/platform.js';
import { createGit } from './git/git-adapter.js';
import type { Author } from './git/repository.js';
import { createNodeSql } from './sql/node-sql.js';
import { createFileObjects } from './storage/file-objects.js';
import { createMemoryDisk, type MemoryDisk } from './storage/memory-disk.js';
import { createProjectFiles } from './storage/project-files.js';
import { stageOver } from './storage/staged-fs.js';

export interface MemoryPlatformOptions {
  readonly nets: NetTrainer;
  readonly sandbox: Sandbox;
  /** A shipped file by its path under `public/`; must throw `not-found` for any other. */
  asset(path: string): Promise<Uint8Array>;
  readonly now?: () => number;
  readonly author?: Partial<Author>;
}

/** A project in memory, for tests and for the gate of the lessons. */
export interface MemoryPlatform extends Platform {
  /** Makes a learner's own file known by its name. */
  offer(name: string, content: Uint8Array | string): void;
  /** An independent copy of the saved project; cheap, for trying alternatives from one state. */
  fork(): MemoryPlatform;
}

const DIR = '/project';

/** Opens an empty project in memory. */
export const openMemoryPlatform = (options: MemoryPlatformOptions): MemoryPlatform => openOver(createMemoryDisk(DIR), new Map(), options);

function openOver(disk: MemoryDisk, sources: Map<string, Uint8Array>, options: MemoryPlatformOptions): MemoryPlatform {
  const { nets, sandbox, asset, now = Date.now, author = {} } = options;
  const fs = stageOver(disk, now);
  return {
    files: createProjectFiles(fs, DIR),
    objects: createFileObjects(fs, DIR),
    git: createGit(fs, DIR, { now, author }),
    nets,
    sandbox,
    sql: createNodeSql(),
    asset,
    now,
    async openSource(name) {
      const content = sources.get(name);
      if (!content) throw new LabError('not-found', { path: name });
      return bytesSource(name, content);
    },
    async save() {
      disk.apply(fs.changes());
      fs.settle();
    },
    async discard() {
      fs.discard();
    },
    offer: (name, content) => void sources.set(name, typeof content === 'string' ? new TextEncoder().encode(content) : content),
    fork: () => openOver(disk.copy(), new Map(sources), options),
  };
}

const CHUNK = 1 << 16;

function bytesSource(name: string, content: Uint8Array): ByteSource {
  return {
    name,
    size: content.length,
    async *chunks() {
      for (let at = 0; at < content.length; at += CHUNK) yield content.subarray(at, at + CHUNK);
    },
  };
}
