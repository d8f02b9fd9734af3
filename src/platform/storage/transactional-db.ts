import { LabError } from '../../core/lab-error.js';
import { createBodyCache } from './body-cache.js';
import { buildTree, emptyRoot, findFolder, renderFolder, type TreeNode } from './folder-records.js';
import { createFollower, makingRoom } from './follower.js';
import type { Mirror } from './mirror.js';
import { createPartedObjects, type PartedObjects } from './parted-objects.js';
import { STORES, type ProjectDb } from './project-db.js';
import { claimDb, explainQuota, writeBatch, type OwnerClaim } from './write-batch.js';

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
  /** Removes everything, as a commit of its own. */
  empty(): Promise<void>;
}

const CACHE_BYTES = 32 << 20;

/**
 * `owner` names this tab's claim: a commit is refused once another claim is on disk. Without it the db is for reading.
 * Each commit goes to `db` and then to `mirror`, and only then is done.
 */
export async function openTransactionalDb(db: ProjectDb, owner: string | undefined, mirror?: Mirror): Promise<TransactionalDb> {
  const bodies = new Map<number, Uint8Array | undefined>();
  const touched = new Set<string>();
  const cache = createBodyCache(CACHE_BYTES);
  const objects = createPartedObjects(db);
  // lightning-fs keeps this very map and changes it; filling it anew is how its view is turned back
  const top: TreeNode = new Map([['/', emptyRoot()]]);
  const records = new Map<string, string>();

  let stamp = 0;
  let claim: OwnerClaim | undefined;
  const second = owner === undefined || !mirror ? undefined : createFollower(db, mirror, owner);

  const load = async (): Promise<void> => {
    const saved = await readSaved(db);
    records.clear();
    for (const [path, text] of saved.folders) records.set(path, text);
    objects.load(saved.sizes);
    stamp = saved.stamp;
    cache.clear();
    revert();
  };
  const revert = (): void => {
    bodies.clear();
    touched.clear();
    objects.discard();
    top.set('/', buildTree(records));
  };
  await explainQuota(async () => {
    if (owner !== undefined) claim = await claimDb(db, owner);
    await second?.start();
    await load();
  });

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
      if (!claim) throw new LabError('read-only');
      const held = claim;
      const [batch, folders, parts] = [new Map(bodies), changedFolders(), objects.pending()];
      if (batch.size === 0 && folders.size === 0 && parts.size === 0) return;
      const asked = [...touched];
      const whole = { bodies: batch, folders, objects: parts, sizes: objects.sizesAfter(parts), stamp: stamp + 1 };
      touched.clear();
      try {
        await explainQuota(() => makingRoom(second, () => writeBatch(db, held, whole)));
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
      stamp += 1;
      await second?.follow(whole);
    },
    discard: async () => revert(),
    reload: load,
    async empty() {
      if (!claim) throw new LabError('read-only');
      const held = claim;
      await makingRoom(second, () => emptyDb(db, held, stamp + 1));
      await second?.start();
      await load();
    },
    wipe: async () => undefined,
    close: async () => undefined,
  };
}

async function readSaved(db: ProjectDb): Promise<{ folders: [string, string][]; sizes: string | undefined; stamp: number }> {
  const tx = db.transaction(['tree', 'about']);
  const [tree, about] = [tx.objectStore('tree'), tx.objectStore('about')];
  const [paths, texts, sizes, stamp] = await Promise.all([tree.getAllKeys(), tree.getAll(), about.get('sizes'), about.get('stamp')]);
  return { folders: paths.map((path, i) => [path, texts[i]!]), sizes, stamp: Number(stamp ?? 0) };
}

async function emptyDb(db: ProjectDb, owner: OwnerClaim, stamp: number): Promise<void> {
  const tx = db.transaction(STORES, 'readwrite', { durability: 'strict' });
  const about = tx.objectStore('about');
  await Promise.all([...STORES.map((store) => tx.objectStore(store).clear()), about.put(owner.name, 'owner'), about.put(String(stamp), 'stamp'), tx.done]);
  owner.onDisk = owner.name;
}
