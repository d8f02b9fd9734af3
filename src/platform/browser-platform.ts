import './git/buffer-global.js';
import LightningFS from '@isomorphic-git/lightning-fs';
import { LabError } from '../core/lab-error.js';
import type { ByteSource, NetTrainer, Platform, Sandbox } from '../lab/platform.js';
import type { TrialRunner } from '../lab/trial-port.js';
import type { StorageReport } from '../lab/project-info.js';
import { createGit } from './git/git-adapter.js';
import type { PromisesFs } from './git/promises-fs.js';
import type { Author } from './git/repository.js';
import { createBrowserSql } from './sql/browser-sql.js';
import { fetchAsset } from './storage/fetch-asset.js';
import { reportStorage } from './storage/durability.js';
import { guardFs } from './storage/guarded-fs.js';
import { openMirror } from './storage/mirror.js';
import { openProjectDb } from './storage/project-db.js';
import { createProjectFiles } from './storage/project-files.js';
import { openTransactionalDb } from './storage/transactional-db.js';

export interface BrowserPlatformOptions {
  readonly project: string;
  readonly nets: NetTrainer;
  readonly sandbox: Sandbox;
  readonly trials?: TrialRunner;
  /** True in a tab that does not own the project (`claimProject`). */
  readonly readOnly: boolean;
  /** The app's own address, such as `new URL('./', document.baseURI)`; assets lie below it. */
  readonly base: string | URL;
  readonly now?: () => number;
  readonly author?: Partial<Author>;
}

export interface BrowserExtras {
  readonly readOnly: boolean;
  /** From now on every change throws `read-only`; what was not saved is forgotten. For a tab that lost its claim. */
  becomeReadOnly(): Promise<void>;
  /** Makes a picked or dropped file known by its name. */
  offer(file: File): void;
  /** Reads what the owning tab has saved since. */
  reload(): Promise<void>;
  /** Reloads and calls back after each save of the owning tab; gives the way to stop. For a tab that does not own the project. */
  onOwnerSaved(callback: () => void): () => void;
  usage(): Promise<StorageReport>;
  /** Empties the project, in one transaction. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

export type BrowserPlatform = Platform & BrowserExtras;

const DIR = '/project';

/** A project in this browser's IndexedDB. Nothing is on disk before `save`, and then all of it is. */
export async function openBrowserPlatform(options: BrowserPlatformOptions): Promise<BrowserPlatform> {
  const { project, nets, trials, sandbox, base, now = Date.now, author = {} } = options;
  const state = { readOnly: options.readOnly };
  const database = await openProjectDb(project, () => (state.readOnly = true));
  const owner = options.readOnly ? undefined : crypto.randomUUID();
  const mirror = options.readOnly ? undefined : await openMirror(project);
  const db = await openTransactionalDb(database, owner, mirror);
  const guard = (): void => {
    if (state.readOnly) throw new LabError('read-only');
  };
  // the name is only that of lightning-fs's own lock, which must not clash with other tabs: claimProject decides who writes
  const lightning = new LightningFS(`looplab-${crypto.randomUUID()}`, { db: db as never });
  let losses = 0;
  const lose = <T>(work: Promise<T>): Promise<T> => {
    losses++;
    return work.finally(() => losses++);
  };
  const fs: PromisesFs = { ...guardFs(lightning.promises as unknown as PromisesFs, guard, db.touch, () => losses++), losses: () => losses };
  const channel = new BroadcastChannel(`looplab:${project}`);
  const sources = new Map<string, File>();
  const ensureFolder = async (): Promise<void> => {
    if (!state.readOnly) await fs.mkdir(DIR).catch(() => undefined);
  };
  await ensureFolder();

  const save = async (): Promise<void> => {
    guard();
    await lightning.promises.flush();
    await db.commit().catch((error: unknown) => {
      if (error instanceof LabError && error.code === 'read-only') state.readOnly = true;
      throw error;
    });
    channel.postMessage('saved');
  };

  return {
    files: createProjectFiles(fs, DIR, guard),
    objects: {
      ...db.objects,
      put: async (id, content) => (guard(), db.objects.put(id, content)),
      remove: async (id) => (guard(), db.objects.remove(id)),
    },
    git: createGit(fs, DIR, { now, author }),
    nets,
    ...(trials ? { trials } : {}),
    sandbox,
    place: { runtime: 'browser', browser: navigator.userAgent, cores: String(navigator.hardwareConcurrency) },
    sql: createBrowserSql(),
    now,
    asset: (path) => fetchAsset(path, base),
    openSource: async (name) => fileSource(sources.get(name), name),
    save,
    async discard() {
      await lose(db.discard());
      await ensureFolder();
    },
    get readOnly() {
      return state.readOnly;
    },
    async becomeReadOnly() {
      state.readOnly = true;
      await lose(db.reload());
    },
    offer: (file) => void sources.set(file.name, file),
    reload: () => lose(db.reload()),
    onOwnerSaved(callback) {
      const listener = (): void => void lose(db.reload()).then(callback);
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
    usage: () => reportStorage(),
    async wipe() {
      guard();
      await lose(db.empty());
      await ensureFolder();
    },
    async close() {
      state.readOnly = true;
      channel.close();
      database.close();
      mirror?.db.close();
    },
  };
}

const CHUNK = 1 << 20;

function fileSource(file: File | undefined, name: string): ByteSource {
  if (!file) throw new LabError('not-found', { path: name });
  return {
    name: file.name,
    size: file.size,
    async *chunks() {
      for (let at = 0; at < file.size; at += CHUNK) yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
    },
  };
}
