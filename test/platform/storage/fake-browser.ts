import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';

interface Holder {
  readonly name: string;
  end(error?: Error): void;
}

/** `navigator.locks` in its plainest form: exclusive, `ifAvailable`, `steal`, waiting. */
export function createLocks(): LockManager {
  const holders = new Map<string, Holder>();
  const waiting = new Map<string, (() => void)[]>();
  const hold = async (name: string, work: (lock: Lock | null) => unknown): Promise<unknown> => {
    let fail = (_: Error): void => undefined;
    const stolen = new Promise<never>((_, reject) => (fail = reject));
    const holder: Holder = { name, end: (error) => error && fail(error) };
    holders.set(name, holder);
    try {
      return await Promise.race([stolen, Promise.resolve(work({ name, mode: 'exclusive' }))]);
    } finally {
      if (holders.get(name) === holder) {
        holders.delete(name);
        waiting.get(name)?.shift()?.();
      }
    }
  };
  const request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
    const work = rest.at(-1) as (lock: Lock | null) => unknown;
    const options = (rest.length > 1 ? rest[0] : {}) as LockOptions;
    const held = holders.get(name);
    if (held && options.ifAvailable) return work(null);
    if (held && options.steal) held.end(new DOMException('stolen', 'AbortError'));
    else if (held) await new Promise<void>((turn) => waiting.set(name, [...(waiting.get(name) ?? []), turn]));
    return hold(name, work);
  };
  return { request, query: async () => ({}) } as unknown as LockManager;
}

/** The disks of a fake browser: that of the site, and that of its one storage bucket. */
export interface FakeDisks {
  readonly indexedDB: IDBFactory;
  mirror: IDBFactory;
}

/** Gives this process the parts of a browser that storage needs; each call starts with empty disks. */
export function installFakeBrowser({ buckets = true } = {}): FakeDisks {
  const disks: FakeDisks = { indexedDB: new IDBFactory(), mirror: new IDBFactory() };
  Object.assign(globalThis, { indexedDB: disks.indexedDB });
  const storageBuckets = {
    open: async () => ({ indexedDB: disks.mirror }),
    delete: async () => void (disks.mirror = new IDBFactory()),
  };
  Object.defineProperty(globalThis, 'navigator', { value: { locks: createLocks(), ...(buckets && { storageBuckets }) }, configurable: true, writable: true });
  return disks;
}
