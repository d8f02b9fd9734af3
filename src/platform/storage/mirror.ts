import { md5Hex } from '../../core/version/md5.js';
import { openProjectDb, STORES, type ProjectDb } from './project-db.js';

/** The part of the Storage Buckets API that is used; only Chromium has it. */
interface StorageBuckets {
  open(name: string, options?: { durability?: 'strict' | 'relaxed' }): Promise<{ readonly indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}

/** The second database of a project. */
export interface Mirror {
  readonly db: ProjectDb;
  /** Deletes it with its files, to make room. */
  drop(): Promise<void>;
}

/**
 * A second database for the same project, in files of its own. Chromium keeps IndexedDB in a LevelDB log; when it is killed in the middle of a
 * write, the next session appends to the torn log, and the one after that finds a checksum that does not fit and throws the whole database
 * away. A kill can tear only one of two databases that are written one after the other, so each can be made again from the other.
 * Undefined in browsers that have no storage buckets; they keep IndexedDB in SQLite, which drops a torn write.
 */
export async function openMirror(project: string): Promise<Mirror | undefined> {
  const { storageBuckets } = navigator as { storageBuckets?: StorageBuckets };
  if (!storageBuckets) return undefined;
  // names of buckets allow less than names of projects
  const name = `looplab-${md5Hex(new TextEncoder().encode(project))}`;
  try {
    const bucket = await storageBuckets.open(name, { durability: 'strict' });
    const db = await openProjectDb(project, () => undefined, bucket.indexedDB);
    return {
      db,
      async drop() {
        db.close();
        await storageBuckets.delete(name);
      },
    };
  } catch {
    // the project works without; it is only less safe
    return undefined;
  }
}

/** Keys that a commit wrote, as `about.last` holds them. */
export interface WrittenKeys {
  readonly files: readonly number[];
  readonly tree: readonly string[];
  readonly objects: readonly string[];
}

const BATCH = 64;

/** Number of the last commit; 0 when there is none. */
export const stampOf = async (db: ProjectDb): Promise<number> => Number((await db.get('about', 'stamp')) ?? 0);

/** Brings the one of two databases that is behind (or was thrown away) to the other. A copy that is interrupted starts again next time. */
export async function alignDbs(main: ProjectDb, mirror: ProjectDb): Promise<void> {
  if ((await stampOf(main)) === 0 && (await main.count('tree')) > 0) await main.put('about', '1', 'stamp');
  const [a, b] = [await stampOf(main), await stampOf(mirror)];
  if (a === b) return;
  const [from, to] = a > b ? [main, mirror] : [mirror, main];
  const last = await from.get('about', 'last');
  if (Math.abs(a - b) === 1 && Math.min(a, b) > 0 && last !== undefined) await copyKeys(from, to, JSON.parse(last) as WrittenKeys);
  else await copyAll(from, to);
}

/** Copies what the last commit wrote, in one transaction. */
async function copyKeys(from: ProjectDb, to: ProjectDb, keys: WrittenKeys): Promise<void> {
  const parts = await Promise.all(keys.objects.map((id) => from.getAllKeys('objects', partsOf(id))));
  const read = async <K, V>(list: readonly K[], get: (key: K) => Promise<V | undefined>) => Promise.all(list.map(async (key) => [key, await get(key)] as const));
  const files = await read(keys.files, (key) => from.get('files', key));
  const tree = await read(keys.tree, (key) => from.get('tree', key));
  const objects = await read(parts.flat(), (key) => from.get('objects', key));
  const about = await read(['sizes', 'stamp', 'last'] as const, (key) => from.get('about', key));
  const tx = to.transaction(STORES, 'readwrite', { durability: 'strict' });
  const requests: Promise<unknown>[] = [tx.done, ...keys.objects.map((id) => tx.objectStore('objects').delete(partsOf(id)))];
  for (const [key, value] of files) requests.push(value ? tx.objectStore('files').put(value, key) : tx.objectStore('files').delete(key));
  for (const [key, value] of tree) requests.push(value === undefined ? tx.objectStore('tree').delete(key) : tx.objectStore('tree').put(value, key));
  for (const [key, value] of objects) if (value) requests.push(tx.objectStore('objects').put(value, key));
  for (const [key, value] of about) if (value !== undefined) requests.push(tx.objectStore('about').put(value, key));
  await Promise.all(requests);
}

/** Copies everything; the stamp goes last, so that a part is never taken for the whole. */
async function copyAll(from: ProjectDb, to: ProjectDb): Promise<void> {
  const clear = to.transaction(STORES, 'readwrite');
  await Promise.all([...(['files', 'tree', 'objects'] as const).map((store) => clear.objectStore(store).clear()), clear.objectStore('about').delete('stamp'), clear.done]);
  for (const store of ['files', 'tree', 'objects'] as const) {
    const keys = await from.getAllKeys(store);
    // objects come in parts of up to 16 MiB, so one at a time
    const size = store === 'objects' ? 1 : BATCH;
    for (let at = 0; at < keys.length; at += size) await copyBatch(from, to, store, keys.slice(at, at + size));
  }
  const about = await Promise.all((['sizes', 'last', 'stamp'] as const).map(async (key) => [key, await from.get('about', key)] as const));
  const tx = to.transaction('about', 'readwrite', { durability: 'strict' });
  await Promise.all([...about.map(([key, value]) => (value === undefined ? tx.store.delete(key) : tx.store.put(value, key))), tx.done]);
}

async function copyBatch(from: ProjectDb, to: ProjectDb, store: 'files' | 'tree' | 'objects', keys: readonly IDBValidKey[]): Promise<void> {
  const values = await Promise.all(keys.map((key) => from.get(store, key as never)));
  const tx = to.transaction(store, 'readwrite');
  await Promise.all([...values.map((value, i) => tx.store.put(value!, keys[i] as never)), tx.done]);
}

const partsOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
