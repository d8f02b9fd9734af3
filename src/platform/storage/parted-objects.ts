import type { IDBPObjectStore } from 'idb';
import { LabError } from '../../core/lab-error.js';
import type { ObjectStore } from '../../lab/platform.js';
import { objectPath } from '../../lab/archive/object-path.js';
import type { ProjectDb, ProjectSchema, STORES } from './project-db.js';

type Store = IDBPObjectStore<ProjectSchema, typeof STORES, 'objects', 'readwrite'>;
type Pending = ReadonlyMap<string, Uint8Array | undefined>;

/** The data objects of a project; puts and removals wait until they are written with the rest. */
export interface PartedObjects extends ObjectStore {
  /** Takes over the saved sizes: JSON of id to bytes. */
  load(sizes: string | undefined): void;
  pending(): Pending;
  /** JSON of the sizes as they will be once `pending` is written. */
  sizesAfter(pending: Pending): string;
  /** What was written need not wait any more. */
  settle(written: Pending): void;
  discard(): void;
}

// Chromium refuses one value of more than 127 MiB
const PART = 16 << 20;

/** Objects of any size in the store `objects`, in parts of 16 MiB. */
export function createPartedObjects(db: ProjectDb): PartedObjects {
  let saved = new Map<string, number>();
  const waiting = new Map<string, Uint8Array | undefined>();
  const has = (id: string): boolean => (waiting.has(id) ? waiting.get(id) !== undefined : saved.has(id));
  const sizesAfter = (pending: Pending): Map<string, number> => {
    const sizes = new Map(saved);
    for (const [id, content] of pending) {
      if (content) sizes.set(id, content.length);
      else sizes.delete(id);
    }
    return sizes;
  };
  return {
    async put(id, content) {
      objectPath(id);
      if (!has(id)) waiting.set(id, Uint8Array.from(content));
    },
    async get(id) {
      const content = waiting.get(id);
      if (content) return content.slice();
      if (!has(id)) throw new LabError('object-missing', { id });
      return joinParts(await db.getAll('objects', rangeOf(id)), saved.get(id)!, id);
    },
    has: async (id) => has(id),
    async remove(id) {
      if (has(id)) waiting.set(id, undefined);
    },
    list: async () => [...sizesAfter(waiting)].map(([id, size]) => ({ id, size })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    load(sizes) {
      saved = new Map(Object.entries(JSON.parse(sizes ?? '{}') as Record<string, number>));
    },
    pending: () => new Map(waiting),
    sizesAfter: (pending) => JSON.stringify(Object.fromEntries(sizesAfter(pending))),
    settle(written) {
      saved = sizesAfter(written);
      for (const [id, content] of written) if (waiting.get(id) === content) waiting.delete(id);
    },
    discard: () => waiting.clear(),
  };
}

/** Asks a running transaction to hold an object, or to forget it, and hands on each request. */
export function writeParts(objects: Store, id: string, content: Uint8Array | undefined, asked: (request: Promise<unknown>) => void): void {
  asked(objects.delete(rangeOf(id)));
  for (let part = 0; content && part * PART < content.length; part++) asked(objects.put(content.slice(part * PART, (part + 1) * PART), [id, part]));
}

const rangeOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);

function joinParts(parts: readonly Uint8Array[], size: number, id: string): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    if (at + part.length > size) throw new LabError('object-missing', { id });
    whole.set(part, at);
    at += part.length;
  }
  if (at !== size) throw new LabError('object-missing', { id });
  return whole;
}
