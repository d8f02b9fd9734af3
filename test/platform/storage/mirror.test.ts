import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBrowserPlatform, type BrowserPlatform } from '../../../src/platform/browser-platform.js';
import { openProjectDb, STORES } from '../../../src/platform/storage/project-db.js';
import { noSandbox } from '../no-sandbox.js';
import { installFakeBrowser } from './fake-browser.js';
import { noNets, START } from './made-platforms.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const idOf = (n: number): string => String(n).padStart(32, '0');

let disks: ReturnType<typeof installFakeBrowser>;
let opened: BrowserPlatform[];
beforeEach(() => {
  opened = [];
  disks = installFakeBrowser();
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const platform of opened) await platform.close();
});

async function open(): Promise<BrowserPlatform> {
  const platform = await openBrowserPlatform({ project: 'm', nets: noNets, sandbox: noSandbox, readOnly: false, base: 'http://localhost/', now: () => START });
  opened.push(platform);
  return platform;
}

async function closeAll(): Promise<void> {
  for (const platform of opened.splice(0)) await platform.close();
}

async function act(p: BrowserPlatform, n: number): Promise<void> {
  if (n === 1) await p.git.init();
  await p.files.write('n', String(n));
  await p.files.write(`folder${n}/f`, String(n));
  await p.objects.put(idOf(n), new Uint8Array(n));
  if (n > 2) await p.objects.remove(idOf(n - 2));
  await p.git.commitOnly(['n', `folder${n}/f`], `act ${n}`);
  await p.save();
}

/** All that a database holds, without who owns it. */
async function dump(factory: IDBFactory): Promise<Record<string, unknown>> {
  const db = await openProjectDb('m', () => undefined, factory);
  const content: Record<string, unknown> = {};
  for (const store of STORES)
    for (const key of await db.getAllKeys(store)) if (key !== 'owner') content[`${store} ${String(key)}`] = await db.get(store, key as never);
  db.close();
  return content;
}

/** Empties a database, as a browser does that finds it damaged. */
const throwAway = (factory: IDBFactory): Promise<void> =>
  new Promise((done, failed) => {
    const request = factory.deleteDatabase('looplab-m');
    request.onsuccess = () => done();
    request.onerror = () => failed(request.error ?? new Error('delete'));
  });

async function expectWhole(n: number): Promise<void> {
  const p = await open();
  expect(text(await p.files.read('n'))).toBe(String(n));
  expect((await p.git.log()).map((c) => c.message)).toHaveLength(n);
  expect(await p.git.status()).toEqual([]);
  const kept = [n - 1, n].filter((k) => k > 0).map((k) => ({ id: idOf(k), size: k }));
  expect(await p.objects.list()).toEqual(kept);
  for (const { id, size } of kept) expect(await p.objects.get(id)).toHaveLength(size);
  expect(await dump(disks.indexedDB)).toEqual(await dump(disks.mirror));
}

describe('a project is in two databases', () => {
  test('that hold the same after every save', async () => {
    const p = await open();
    for (let n = 1; n <= 4; n++) {
      await act(p, n);
      const [main, mirror] = [await dump(disks.indexedDB), await dump(disks.mirror)];
      expect(Object.keys(main).length).toBeGreaterThan(10);
      expect(mirror).toEqual(main);
    }
  });

  test.each(['indexedDB', 'mirror'] as const)('when the browser throws %s away, it is made again', async (which) => {
    const p = await open();
    for (let n = 1; n <= 3; n++) await act(p, n);
    await closeAll();
    await throwAway(disks[which]);
    await expectWhole(3);
    await act(opened[0]!, 4);
    await closeAll();
    await throwAway(disks[which === 'mirror' ? 'indexedDB' : 'mirror']);
    await expectWhole(4);
  });

  test('a copy that was interrupted is made again from the whole one', async () => {
    const p = await open();
    for (let n = 1; n <= 3; n++) await act(p, n);
    await closeAll();
    await throwAway(disks.indexedDB);
    // the last write of a copy is the stamp
    const put = IDBObjectStore.prototype.put;
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (key === 'stamp') throw new Error('killed');
      return put.call(this, value, key);
    });
    await expect(open()).rejects.toThrow('killed');
    spy.mockRestore();
    await expectWhole(3);
  });

  test('a kill between the two writes leaves the mirror one behind; only that commit is copied', async () => {
    const p = await open();
    for (let n = 1; n <= 3; n++) await act(p, n);
    const behind = await dump(disks.mirror);
    await act(p, 4);
    await closeAll();
    const db = await openProjectDb('m', () => undefined, disks.mirror);
    for (const store of STORES) {
      await db.clear(store);
      for (const [name, value] of Object.entries(behind)) {
        if (!name.startsWith(`${store} `)) continue;
        const key = name.slice(store.length + 1);
        await db.put(store, value as never, (store === 'files' ? Number(key) : store === 'objects' ? [key.split(',')[0], Number(key.split(',')[1])] : key) as never);
      }
    }
    db.close();
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put');
    await open();
    expect(puts.mock.calls.length).toBeLessThan(Object.keys(behind).length);
    vi.restoreAllMocks();
    await closeAll();
    await expectWhole(4);
  });

  test('a mirror that cannot be written takes nothing from the project, and is repaired later', async () => {
    const p = await open();
    await act(p, 1);
    let calls = 0;
    const transaction = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args: Parameters<typeof transaction>) {
      if (args[1] === 'readwrite' && ++calls === 2) throw new DOMException('', 'QuotaExceededError');
      return transaction.apply(this, args);
    });
    await act(p, 2);
    vi.restoreAllMocks();
    await act(p, 3);
    expect(await dump(disks.mirror)).not.toEqual(await dump(disks.indexedDB));
    await closeAll();
    await expectWhole(3);
  });

  /** From now on nothing can be put into the main database while the mirror holds anything; gives the way to end it. */
  const fillDisk = (always = false): (() => void) => {
    const put = IDBObjectStore.prototype.put;
    const first = disks.mirror;
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (always || disks.mirror === first) throw new DOMException('', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    return () => spy.mockRestore();
  };

  test('a full disk costs the mirror first, and the project gets a new one when there is room', async () => {
    const p = await open();
    for (let n = 1; n <= 3; n++) await act(p, n);
    const free = fillDisk();
    await act(p, 4);
    free();
    expect(await dump(disks.mirror)).toEqual({});
    await act(p, 5);
    await closeAll();
    await expectWhole(5);
  });

  test('a project on a full disk can be opened, and an earlier owner can write no more', async () => {
    const p = await open();
    for (let n = 1; n <= 3; n++) await act(p, n);
    const free = fillDisk(true);
    const later = await open();
    expect(text(await later.files.read('n'))).toBe('3');
    await expect(act(later, 4)).rejects.toMatchObject({ code: 'quota-full' });
    await later.discard();
    free();
    await expect(act(p, 4)).rejects.toMatchObject({ code: 'read-only' });
    await act(later, 4);
    await closeAll();
    await expectWhole(4);
  });

  test('a mirror that is all there is, is never given up for room', async () => {
    const p = await open();
    for (let n = 1; n <= 3; n++) await act(p, n);
    await closeAll();
    await throwAway(disks.indexedDB);
    const free = fillDisk(true);
    await expect(open()).rejects.toMatchObject({ code: 'quota-full' });
    free();
    await expectWhole(3);
  });

  test('a project that was emptied stays empty', async () => {
    const p = await open();
    for (let n = 1; n <= 3; n++) await act(p, n);
    await p.wipe();
    await closeAll();
    const again = await open();
    expect(await again.files.list('')).toEqual([]);
    expect(await again.objects.list()).toEqual([]);
    await closeAll();
    await throwAway(disks.indexedDB);
    expect(await (await open()).files.list('')).toEqual([]);
  });

  test('a project from before there was a mirror gets one', async () => {
    const p = await open();
    for (let n = 1; n <= 2; n++) await act(p, n);
    await closeAll();
    await throwAway(disks.mirror);
    const db = await openProjectDb('m', () => undefined, disks.indexedDB);
    await db.delete('about', 'stamp');
    await db.delete('about', 'last');
    db.close();
    await expectWhole(2);
  });
});
