import { LabError } from '../../core/lab-error.js';
import { createBodyCache } from './body-cache.js';
import { buildTree, emptyRoot, findFolder, renderFolder, type TreeNode } from './folder-records.js';
import { createPartedObjects, type PartedObjects } from './parted-objects.js';
import { STORES, type ProjectDb } from './project-db.js';

/** What lightning-fs asks of its `db`. */
export interface LightningDb {
  loadSuperblock(): Promise<TreeNode>;
  saveSuperblock(root: TreeNode): Promise<void>;
  readFile(inode: number): Promise<Uint8Array | undefined>;
  writeFile(inode: number, body: Uint8Array): Promise<void>;
  unlink(inode: number): Promise<void>;
  wipe(): Promise<void>;
  close(): Promise<void>;
}

/** The files, folders and data objects of a project: changes wait in memory until `commit` writes all of them in one strict transaction. */
export interface TransactionalDb extends LightningDb {
  readonly objects: PartedObjects;
  /** A folder whose entries changed; only such folders are written. */
  touch(folder: string): void;
  /**
   * Resolves when everything is on disk. Throws `quota-full` (nothing written, everything still waits) and
   * `read-only` when another tab has taken the project over.
   */
  commit(): Promise<void>;
  /** Forgets what waits, and goes back to the last commit. */
  discard(): Promise<void>;
  /** Reads what is on disk now; for a tab that does not own the project. */
  reload(): Promise<void>;
}

const CACHE_BYTES = 32 << 20;

/** `owner` names this tab's claim: a commit is refused once another claim is on disk. Without it the db is for reading. */
export async function openTransactionalDb(db: ProjectDb, owner: string | undefined): Promise<TransactionalDb> {
  const bodies = new Map<number, Uint8Array | undefined>();
  const touched = new Set<string>();
  const cache = createBodyCache(CACHE_BYTES);
  const objects = createPartedObjects(db);
  // lightning-fs keeps this very map and changes it; filling it anew is how its view is turned back
  const top: TreeNode = new Map([['/', emptyRoot()]]);
  const records = new Map<string, string>();

  const load = async (claim: boolean): Promise<void> => {
    if (claim) await claimDb(db, owner!);
    const saved = await readSaved(db);
    records.clear();
    for (const [path, text] of saved.folders) records.set(path, text);
    objects.load(saved.sizes);
    cache.clear();
    revert();
  };
  const revert = (): void => {
    bodies.clear();
    touched.clear();
    objects.discard();
    top.set('/', buildTree(records));
  };
  await explainQuota(() => load(owner !== undefined));

  const changedFolders = (): Map<string, string | undefined> => {
    const changed = new Map<string, string | undefined>();
    for (const path of touched) {
      const folder = findFolder(top.get('/') as TreeNode, path);
      const text = folder && renderFolder(folder);
      if (text !== records.get(path)) changed.set(path, text);
    }
    return changed;
  };

  return {
    objects,
    loadSuperblock: async () => top,
    saveSuperblock: async () => undefined,
    async readFile(inode) {
      if (bodies.has(inode)) return bodies.get(inode)?.slice();
      const cached = cache.get(inode);
      if (cached) return cached.slice();
      const body = await db.get('files', inode);
      if (body) cache.set(inode, body);
      return body?.slice();
    },
    // a copy, because the writer may use its array again before the commit
    writeFile: async (inode, body) => void bodies.set(inode, Uint8Array.from(body)),
    unlink: async (inode) => void bodies.set(inode, undefined),
    touch: (folder) => void touched.add(folder),
    async commit() {
      if (owner === undefined) throw new LabError('read-only');
      const [batch, folders, parts] = [new Map(bodies), changedFolders(), objects.pending()];
      if (batch.size === 0 && folders.size === 0 && parts.size === 0) return;
      const asked = [...touched];
      touched.clear();
      try {
        await explainQuota(() => writeAll(db, owner, batch, folders, objects));
      } catch (error) {
        asked.forEach((folder) => touched.add(folder));
        throw error;
      }
      for (const [inode, body] of batch) {
        if (bodies.get(inode) === body) bodies.delete(inode);
        if (body) cache.set(inode, body);
        else cache.delete(inode);
      }
      for (const [path, text] of folders) {
        if (text === undefined) records.delete(path);
        else records.set(path, text);
      }
      objects.settle(parts);
    },
    discard: async () => revert(),
    reload: () => load(false),
    wipe: async () => undefined,
    close: async () => undefined,
  };
}

/** Once this is on disk no commit of an earlier owner can succeed any more. */
async function claimDb(db: ProjectDb, owner: string): Promise<void> {
  const tx = db.transaction('about', 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put(owner, 'owner'), tx.done]);
}

async function readSaved(db: ProjectDb): Promise<{ folders: [string, string][]; sizes: string | undefined }> {
  const tx = db.transaction(['tree', 'about']);
  const tree = tx.objectStore('tree');
  const [paths, texts, sizes] = await Promise.all([tree.getAllKeys(), tree.getAll(), tx.objectStore('about').get('sizes')]);
  return { folders: paths.map((path, i) => [path, texts[i]!]), sizes };
}

async function writeAll(
  db: ProjectDb,
  owner: string,
  bodies: ReadonlyMap<number, Uint8Array | undefined>,
  folders: ReadonlyMap<string, string | undefined>,
  objects: PartedObjects,
): Promise<void> {
  const tx = db.transaction(STORES, 'readwrite', { durability: 'strict' });
  const [files, tree, about] = [tx.objectStore('files'), tx.objectStore('tree'), tx.objectStore('about')];
  let lost = false;
  const checkOwner = async (): Promise<void> => {
    if ((await about.get('owner')) === owner) return;
    lost = true;
    tx.abort();
  };
  const requests: Promise<unknown>[] = [tx.done, checkOwner()];
  try {
    for (const [inode, body] of bodies) requests.push(body ? files.put(body, inode) : files.delete(inode));
    for (const [path, text] of folders) requests.push(text === undefined ? tree.delete(path) : tree.put(text, path));
    objects.write(tx.objectStore('objects'), about, (request) => void requests.push(request));
  } catch (error) {
    // without this, what was asked for so far would be written
    tx.abort();
    requests.unshift(Promise.reject(error as Error));
  }
  const reasons: unknown[] = (await Promise.allSettled(requests)).filter((r) => r.status === 'rejected').map((r) => r.reason);
  if (lost) throw new LabError('read-only');
  // the transaction's own error says less than the request that failed
  if (reasons.length > 0) throw reasons.find(isQuota) ?? reasons[0];
}

const isQuota = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

async function explainQuota<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isQuota(error) ? new LabError('quota-full') : error;
  }
}
