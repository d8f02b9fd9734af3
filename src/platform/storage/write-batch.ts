import { LabError } from '../../core/lab-error.js';
import type { WrittenKeys } from './mirror.js';
import { writeParts } from './parted-objects.js';
import { STORES, type ProjectDb } from './project-db.js';

/** What one commit changes; undefined is a removal. */
export interface Batch {
  readonly bodies: ReadonlyMap<number, Uint8Array | undefined>;
  readonly folders: ReadonlyMap<string, string | undefined>;
  readonly objects: ReadonlyMap<string, Uint8Array | undefined>;
  /** JSON of the sizes of all objects after it. */
  readonly sizes: string;
  /** Its number; the database must be at the one before it. */
  readonly stamp: number;
}

/** A claim on a database: what is on disk as its owner, and what the next commit leaves there. */
export interface OwnerClaim {
  readonly name: string;
  onDisk: string | undefined;
}

/**
 * Makes a claim known, so that no commit of an earlier owner can succeed any more. On a full disk nothing can be put: then the
 * earlier owner is only struck out, and the first commit adds the name.
 */
export async function claimDb(db: ProjectDb, name: string): Promise<OwnerClaim> {
  const change = async (owner: string | undefined): Promise<OwnerClaim> => {
    const tx = db.transaction('about', 'readwrite', { durability: 'strict' });
    await Promise.all([owner === undefined ? tx.store.delete('owner') : tx.store.put(owner, 'owner'), tx.done]);
    return { name, onDisk: owner };
  };
  try {
    return await change(name);
  } catch (error) {
    if (!isQuota(error)) throw error;
    return change(undefined);
  }
}

/** Writes a batch in one strict transaction. Throws `read-only` when another claim is on disk or the database is at another commit. */
export async function writeBatch(db: ProjectDb, owner: OwnerClaim, batch: Batch): Promise<void> {
  const tx = db.transaction(STORES, 'readwrite', { durability: 'strict' });
  const [files, tree, about] = [tx.objectStore('files'), tx.objectStore('tree'), tx.objectStore('about')];
  let lost = false;
  const checkOwner = async (): Promise<void> => {
    const [now, stamp] = await Promise.all([about.get('owner'), about.get('stamp')]);
    if (now === owner.onDisk && Number(stamp ?? 0) === batch.stamp - 1) {
      const puts = [about.put(String(batch.stamp), 'stamp'), about.put(JSON.stringify(keysOf(batch)), 'last')];
      if (now !== owner.name) puts.push(about.put(owner.name, 'owner'));
      await Promise.all(puts);
      return;
    }
    lost = true;
    tx.abort();
  };
  const requests: Promise<unknown>[] = [tx.done, checkOwner()];
  try {
    for (const [inode, body] of batch.bodies) requests.push(body ? files.put(body, inode) : files.delete(inode));
    for (const [path, text] of batch.folders) requests.push(text === undefined ? tree.delete(path) : tree.put(text, path));
    for (const [id, content] of batch.objects) writeParts(tx.objectStore('objects'), id, content, (request) => void requests.push(request));
    if (batch.objects.size > 0) requests.push(about.put(batch.sizes, 'sizes'));
  } catch (error) {
    // without this, what was asked for so far would be written
    tx.abort();
    requests.unshift(Promise.reject(error as Error));
  }
  const reasons: unknown[] = (await Promise.allSettled(requests)).filter((r) => r.status === 'rejected').map((r) => r.reason);
  if (lost) throw new LabError('read-only');
  // the transaction's own error says less than the request that failed
  if (reasons.length > 0) throw reasons.find(isQuota) ?? reasons[0];
  owner.onDisk = owner.name;
}

const keysOf = ({ bodies, folders, objects }: Batch): WrittenKeys => ({ files: [...bodies.keys()], tree: [...folders.keys()], objects: [...objects.keys()] });

/** Whether the browser says that its disk is full. */
export const isQuota = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

/** Gives the browser's quota error as `quota-full`. */
export async function explainQuota<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isQuota(error) ? new LabError('quota-full') : error;
  }
}
