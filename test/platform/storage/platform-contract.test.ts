import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Platform } from '../../../src/lab/platform.js';
import { openInBrowser, openInMemory, openOnDisk, type Opened } from './made-platforms.js';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);
const ID = '0123456789abcdef0123456789abcdef';

describe.each([
  ['memory', openInMemory],
  ['disk', openOnDisk],
  ['browser', openInBrowser],
])('a project in %s', (_name, open: () => Promise<Opened>) => {
  let opened: Opened;
  let p: Platform;
  beforeEach(async () => {
    opened = await open();
    p = opened.platform;
  });
  afterEach(() => opened.end());

  test('reads what was written, in folders that it makes', async () => {
    await p.files.write('a/b/c.txt', 'hello');
    await p.files.write('a/empty', new Uint8Array());
    expect(text(await p.files.read('a/b/c.txt'))).toBe('hello');
    expect(await p.files.read('a/empty')).toHaveLength(0);
    expect(await p.files.list('a')).toEqual(['b', 'empty']);
    expect(await p.files.list('none')).toEqual([]);
    expect(await p.files.stat('a/b')).toMatchObject({ type: 'directory' });
    expect(await p.files.stat('a/b/c.txt')).toMatchObject({ type: 'file', size: 5 });
    expect(await p.files.stat('a/x')).toBeUndefined();
  });

  test('what it gives and takes is not shared with the caller', async () => {
    const content = new Uint8Array([1, 2, 3]);
    await p.files.write('f', content);
    await p.objects.put(ID, content);
    content.fill(9);
    (await p.files.read('f')).fill(8);
    (await p.objects.get(ID)).fill(8);
    await p.save();
    (await p.files.read('f')).fill(7);
    (await p.objects.get(ID)).fill(7);
    expect([...(await p.files.read('f'))]).toEqual([1, 2, 3]);
    expect([...(await p.objects.get(ID))]).toEqual([1, 2, 3]);
  });

  test.each(['../out', '/etc/passwd', 'a/../../out', 'a\\b', 'a\0b', 'a//b', 'a/./b'])('refuses the path %j', async (path) => {
    await expect(p.files.write(path, 'x')).rejects.toMatchObject({ code: 'bad-path' });
    await expect(p.files.read(path)).rejects.toMatchObject({ code: 'bad-path' });
  });

  test('says what is not there', async () => {
    await expect(p.files.read('none')).rejects.toMatchObject({ code: 'not-found', data: { path: 'none' } });
    await expect(p.files.remove('none')).rejects.toMatchObject({ code: 'not-found' });
    await expect(p.objects.get(ID)).rejects.toMatchObject({ code: 'object-missing', data: { id: ID } });
    await expect(p.objects.put('../evil', new Uint8Array())).rejects.toMatchObject({ code: 'bad-object-id' });
    await expect(p.openSource('none.csv')).rejects.toMatchObject({ code: 'not-found' });
    await p.files.makeFolder('folder');
    await expect(p.files.read('folder')).rejects.toMatchObject({ code: 'is-folder' });
    await p.files.write('file', 'x');
    await expect(p.files.write('file/below', 'x')).rejects.toMatchObject({ code: 'not-folder' });
    await expect(p.files.makeFolder('file')).rejects.toMatchObject({ code: 'not-folder' });
    await expect(p.files.write('folder', 'x')).rejects.toMatchObject({ code: 'is-folder' });
    await expect(p.files.remove('')).rejects.toMatchObject({ code: 'bad-path' });
  });

  test('keeps what was saved and only that', async () => {
    await p.git.init();
    await p.files.write('kept', '1');
    await p.objects.put(ID, new Uint8Array([1]));
    const commit = await p.git.commitOnly(['kept'], 'one');
    await p.save();
    await p.files.write('kept', '2');
    await p.files.write('new/file', '2');
    await p.git.commitOnly(['kept', 'new/file'], 'two');
    await p.objects.remove(ID);
    const again = await opened.reopen();
    expect(text(await again.files.read('kept'))).toBe('1');
    expect(await again.files.list('')).toEqual(['.git', 'kept'].concat(_name === 'browser' ? [] : ['.dvc']).sort());
    expect((await again.git.log()).map((c) => c.id)).toEqual([commit]);
    expect(await again.objects.list()).toEqual([{ id: ID, size: 1 }]);
  });

  test('discard goes back to the last save, also for files, folders, objects and commits', async () => {
    await p.git.init();
    await p.files.write('a/kept', '1');
    const first = await p.git.commitOnly(['a/kept'], 'one');
    await p.save();
    await p.files.remove('a');
    await p.files.write('a', 'now a file');
    await p.files.write('b/c', 'x');
    await p.objects.put(ID, new Uint8Array(3));
    await p.git.commitOnly(['a', 'a/kept', 'b/c'], 'two');
    await p.discard();
    expect(text(await p.files.read('a/kept'))).toBe('1');
    expect(await p.files.stat('b')).toBeUndefined();
    expect(await p.objects.has(ID)).toBe(false);
    expect((await p.git.log()).map((c) => c.id)).toEqual([first]);
    expect(await p.git.status()).toEqual([]);
    await p.files.write('a/kept', '3');
    await p.git.commitOnly(['a/kept'], 'three');
    await p.save();
    const again = await opened.reopen();
    expect((await again.git.log()).map((c) => c.message)).toEqual(['three\n', 'one\n']);
    expect(text(await again.files.read('a/kept'))).toBe('3');
  });

  test('a discard before the first save leaves an empty project', async () => {
    await p.git.init();
    await p.files.write('x', 'y');
    await p.discard();
    expect(await p.files.list('')).toEqual([]);
    expect(await p.git.isRepository()).toBe(false);
    await p.files.write('z', 'y');
    await p.save();
    expect(await (await opened.reopen()).files.list('')).toEqual(['z']);
  });

  test('file over folder, folder over file, and back, across saves', async () => {
    const saveAndReopen = async (): Promise<void> => {
      await p.save();
      p = await opened.reopen();
    };
    await p.files.write('x/y', '1');
    await saveAndReopen();
    await p.files.remove('x');
    await p.files.write('x', 'file');
    await saveAndReopen();
    expect(text(await p.files.read('x'))).toBe('file');
    await p.files.remove('x');
    await p.files.write('x/y/z', '2');
    await saveAndReopen();
    expect(text(await p.files.read('x/y/z'))).toBe('2');
    await p.files.remove('x');
    await saveAndReopen();
    expect(await p.files.list('')).toEqual([]);
  });

  test('objects are content-addressed, any size, and removed for good', async () => {
    const big = new Uint8Array(40 << 20).map((_, i) => i * 31);
    await p.objects.put(ID, big);
    await p.objects.put(`${ID}.dir`, new Uint8Array());
    await p.save();
    const again = await opened.reopen();
    expect(Buffer.compare(await again.objects.get(ID), big)).toBe(0);
    expect(await again.objects.get(`${ID}.dir`)).toHaveLength(0);
    expect(await again.objects.list()).toEqual([{ id: ID, size: big.length }, { id: `${ID}.dir`, size: 0 }]);
    await again.objects.remove(ID);
    await again.save();
    expect(await (await opened.reopen()).objects.has(ID)).toBe(false);
  });
});
