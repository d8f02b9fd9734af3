import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BrowserPlatform } from '../../../src/platform/browser-platform.js';
import { claimProject } from '../../../src/platform/storage/ownership.js';
import { askToPersist } from '../../../src/platform/storage/ask-to-persist.js';
import { reportStorage } from '../../../src/platform/storage/durability.js';
import { installFakeBrowser } from './fake-browser.js';
import { noNets, START } from './made-platforms.js';
import { noSandbox } from '../no-sandbox.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const ID = '0123456789abcdef0123456789abcdef';

let opened: BrowserPlatform[];
const open = async (readOnly = false): Promise<BrowserPlatform> => {
  const { openBrowserPlatform } = await import('../../../src/platform/browser-platform.js');
  const platform = await openBrowserPlatform({ project: 'db', nets: noNets, sandbox: noSandbox, readOnly, base: 'http://localhost/', now: () => START });
  opened.push(platform);
  return platform;
};
beforeEach(() => {
  opened = [];
  installFakeBrowser();
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const platform of opened) await platform.close();
});

describe('one save is one strict transaction', () => {
  beforeEach(() => void installFakeBrowser({ buckets: false }));

  test('bodies, folders and objects of a verb go together', async () => {
    const p = await open();
    await p.git.init();
    await p.save();
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await p.files.write('a/b', '1');
    await p.objects.put(ID, new Uint8Array(5));
    await p.git.commitOnly(['a/b'], 'one');
    expect(transactions.mock.calls.filter(([, mode]) => mode === 'readwrite')).toEqual([]);
    await p.save();
    const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writes).toHaveLength(1);
    expect(writes[0]![0]).toEqual(['files', 'tree', 'objects', 'about']);
    expect(writes[0]![2]).toEqual({ durability: 'strict' });
  });

  test('nothing to save makes no transaction', async () => {
    const p = await open();
    await p.save();
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await p.save();
    expect(transactions).not.toHaveBeenCalled();
  });

  test('only folders that changed are written, however many there are', async () => {
    const p = await open();
    for (let i = 0; i < 50; i++) await p.files.write(`f${i}/x`, '1');
    await p.save();
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put');
    await p.files.write('f7/x', '2');
    await p.save();
    expect(puts.mock.calls.map(([, key]) => key)).toEqual([expect.any(Number), '/project/f7', 'stamp', 'last']);
  });
});

describe('a save that fails', () => {
  beforeEach(() => void installFakeBrowser({ buckets: false }));

  const failOnce = (name: string): void => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (this.name === name) {
        vi.restoreAllMocks();
        throw new DOMException('', 'QuotaExceededError');
      }
      return put.call(this, value, key);
    });
  };

  test.each(['files', 'tree', 'objects', 'about'])('at the store %s writes nothing, says quota-full, and can be tried again', async (store) => {
    const p = await open();
    await p.files.write('kept', '1');
    await p.save();
    await p.files.write('kept', '2');
    await p.files.write('new/file', '2');
    await p.objects.put(ID, new Uint8Array([1]));
    failOnce(store);
    await expect(p.save()).rejects.toMatchObject({ code: 'quota-full' });
    const disk = await open(true);
    expect(text(await disk.files.read('kept'))).toBe('1');
    expect(await disk.files.list('')).toEqual(['kept']);
    expect(await disk.objects.list()).toEqual([]);
    await p.save();
    await disk.reload();
    expect(text(await disk.files.read('kept'))).toBe('2');
    expect(await disk.files.list('')).toEqual(['kept', 'new']);
    expect(await disk.objects.list()).toEqual([{ id: ID, size: 1 }]);
  });

  test('can be forgotten', async () => {
    const p = await open();
    await p.files.write('kept', '1');
    await p.save();
    await p.files.write('kept', '2');
    failOnce('files');
    await expect(p.save()).rejects.toMatchObject({ code: 'quota-full' });
    await p.discard();
    expect(text(await p.files.read('kept'))).toBe('1');
    await p.save();
    expect(text(await (await open(true)).files.read('kept'))).toBe('1');
  });
});

describe('lightning-fs', () => {
  test('rests after half a second and then knows what was not saved', async () => {
    const p = await open();
    await p.files.write('saved', '1');
    await p.save();
    await p.files.write('waiting', '2');
    await new Promise((wait) => setTimeout(wait, 1200));
    expect(text(await p.files.read('waiting'))).toBe('2');
    expect(await (await open(true)).files.list('')).toEqual(['saved']);
    await p.files.write('more', '3');
    await p.discard();
    await new Promise((wait) => setTimeout(wait, 1200));
    expect(await p.files.list('')).toEqual(['saved']);
  });
});

describe('two claims', () => {
  test('the later one wins, even when the first has not heard of it', async () => {
    const [first, second] = [await open(), await open()];
    await second.files.write('f', 'second');
    await second.save();
    await first.files.write('f', 'first');
    await expect(first.save()).rejects.toMatchObject({ code: 'read-only' });
    expect(first.readOnly).toBe(true);
    await expect(first.files.write('f', 'again')).rejects.toMatchObject({ code: 'read-only' });
    await first.reload();
    expect(text(await first.files.read('f'))).toBe('second');
  });

  test('a reader changes nothing, not even in its own memory', async () => {
    const owner = await open();
    await owner.git.init();
    await owner.files.write('f', '1');
    await owner.git.commitOnly(['f'], 'one');
    await owner.save();
    const reader = await open(true);
    const refused = { code: 'read-only' };
    await expect(reader.files.write('f', '2')).rejects.toMatchObject(refused);
    await expect(reader.files.remove('f')).rejects.toMatchObject(refused);
    await expect(reader.files.makeFolder('g')).rejects.toMatchObject(refused);
    await expect(reader.git.createBranch('b')).rejects.toMatchObject(refused);
    await expect(reader.objects.put(ID, new Uint8Array())).rejects.toMatchObject(refused);
    await expect(reader.objects.remove(ID)).rejects.toMatchObject(refused);
    await expect(reader.save()).rejects.toMatchObject(refused);
    await expect(reader.wipe()).rejects.toMatchObject(refused);
    expect(await reader.files.list('')).toEqual(['.git', 'f']);
    expect(await reader.git.status()).toEqual([]);
  });

  test('locks: free, taken, taken over, given back', async () => {
    const a = await claimProject('locks');
    expect(a.owned).toBe(true);
    expect((await claimProject('locks')).owned).toBe(false);
    expect((await claimProject('other')).owned).toBe(true);
    const b = await claimProject('locks', { steal: true });
    expect(b.owned).toBe(true);
    await a.lost;
    expect((await claimProject('locks')).owned).toBe(false);
    b.release();
    await new Promise((wait) => setTimeout(wait));
    expect((await claimProject('locks')).owned).toBe(true);
  });
});

describe('durability', () => {
  const manager = (persisted: boolean, grants: boolean): StorageManager =>
    ({ persisted: async () => persisted, persist: async () => grants, estimate: async () => ({ usage: 5, quota: 10 }) }) as unknown as StorageManager;

  test.each([
    [true, false, true],
    [false, true, true],
    [false, false, false],
  ])('persisted %s, grants %s: %s', async (persisted, grants, kept) => {
    expect(await askToPersist(manager(persisted, grants))).toBe(kept);
    expect(await reportStorage(manager(persisted, grants))).toEqual({ used: 5, quota: 10, persistent: persisted });
  });

  test('a browser that knows nothing of it may wipe', async () => {
    expect(await askToPersist(undefined)).toBe(false);
    expect(await reportStorage(undefined)).toEqual({ used: 0, quota: 0, persistent: false });
  });
});
