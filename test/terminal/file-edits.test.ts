import { beforeEach, describe, expect, it } from 'vitest';
import { md5Hex } from '../../src/core/version/md5.js';
import { editable, projectFiles } from '../../src/lab/views/file-views.js';
import { Session } from '../../src/lab/project/session.js';
import { openMemoryPlatform, type MemoryPlatform } from '../../src/platform/memory-platform.js';
import { editFile, type FileEdit } from '../../src/terminal/file-edits.js';
import { noSandbox } from '../platform/no-sandbox.js';
import { fakeEngine, NO_NETS } from './open-shell.js';

const digest = (text: string): string => md5Hex(new TextEncoder().encode(text));

describe('a file changed by hand', () => {
  let platform: MemoryPlatform;
  let engine: ReturnType<typeof fakeEngine>;
  const edit = (change: FileEdit) => editFile(engine, platform, change);
  const read = async (path: string) => new TextDecoder().decode(await platform.files.read(path));

  beforeEach(async () => {
    platform = openMemoryPlatform({ nets: NO_NETS, sandbox: noSandbox, asset: () => Promise.reject(new Error('no assets in this test')) });
    engine = fakeEngine(platform, () => ({ status: 200, body: '' }));
    await platform.git.init();
    await platform.files.write('params.yaml', 'lr: 1\n');
    await platform.save();
  });

  it('is durable when it is answered, and tells its md5', async () => {
    expect(await edit({ kind: 'write', path: 'src/a/b.ts', text: 'let x = 1;\n' })).toEqual({ digest: digest('let x = 1;\n') });
    await platform.discard();
    expect(await read('src/a/b.ts')).toBe('let x = 1;\n');
    expect(engine.reloads).toBe(1);
  });
  it('is not written over what came from elsewhere', async () => {
    await edit({ kind: 'write', path: 'params.yaml', text: 'lr: 2\n', expected: digest('lr: 1\n') });
    await expect(edit({ kind: 'write', path: 'params.yaml', text: 'lr: 3\n', expected: digest('lr: 1\n') })).rejects.toMatchObject({ code: 'file-changed', data: { path: 'params.yaml' } });
    expect(await read('params.yaml')).toBe('lr: 2\n');
    await platform.files.remove('params.yaml');
    await platform.save();
    await expect(edit({ kind: 'write', path: 'params.yaml', text: 'x', expected: digest('lr: 2\n') })).rejects.toMatchObject({ code: 'file-changed' });
    expect(await edit({ kind: 'write', path: 'params.yaml', text: 'x', expected: '' })).toEqual({ digest: digest('x') });
  });
  it('is made, renamed with its folders, and removed; a name that is taken is refused', async () => {
    await edit({ kind: 'make', path: 'notes.md', text: '# hi\n' });
    await expect(edit({ kind: 'make', path: 'notes.md', text: '' })).rejects.toMatchObject({ code: 'file-exists' });
    await expect(edit({ kind: 'rename', path: 'notes.md', to: 'params.yaml' })).rejects.toMatchObject({ code: 'file-exists' });
    await edit({ kind: 'rename', path: 'notes.md', to: 'docs/deep/notes.md' });
    expect(await read('docs/deep/notes.md')).toBe('# hi\n');
    expect(await platform.files.stat('notes.md')).toBeUndefined();
    expect(await edit({ kind: 'remove', path: 'docs/deep/notes.md' })).toEqual({ digest: '' });
    await expect(edit({ kind: 'remove', path: 'docs/deep/notes.md' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(edit({ kind: 'rename', path: 'gone', to: 'b' })).rejects.toMatchObject({ code: 'not-found' });
  });
  it.each(['', '/', '../x', 'a/../../x', 'a//b', './a', 'a/.', 'C:\\x', 'a\u0000b', 'nul ', 'x.', 'a'.repeat(401)])('is not made under the name %j', async (path) => {
    await expect(edit({ kind: 'make', path, text: '' })).rejects.toMatchObject({ code: 'bad-path' });
  });
  it.each([['.git/config', 'git-folder-protected'], ['.git/hooks/x', 'git-folder-protected'], ['.lab/journal.jsonl', 'lab-folder-protected'], ['data/raw.csv', 'tracked-data-protected']])('is refused at %s', async (path, code) => {
    await platform.files.write('data/raw.csv.dvc', 'outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  size: 0\n  hash: md5\n  path: raw.csv\n');
    await platform.save();
    await expect(edit({ kind: 'write', path, text: 'x' })).rejects.toMatchObject({ code });
    await expect(edit({ kind: 'make', path: 'params.yaml/x', text: 'x' })).rejects.toMatchObject({ code: 'file-exists' });
  });
  it('leaves everything as it was when there is no room', async () => {
    const full = { ...platform, files: platform.files, save: () => Promise.reject(new DOMException('full', 'QuotaExceededError')), discard: () => platform.discard() };
    await expect(editFile(engine, full, { kind: 'write', path: 'params.yaml', text: 'lr: 9\n' })).rejects.toThrow();
    expect(await read('params.yaml')).toBe('lr: 1\n');
    await edit({ kind: 'write', path: 'params.yaml', text: 'lr: 9\n' });
    expect(await read('params.yaml')).toBe('lr: 9\n');
  });

  describe('as the editor reads it', () => {
    const view = (path: string) => editable(new Session(platform), { path });
    it('has text and md5, or the reason why it cannot be edited', async () => {
      await platform.files.write('a.bin', Uint8Array.of(1, 0, 2));
      await platform.files.write('latin.txt', Uint8Array.of(0xe9, 0x74, 0xe9));
      await platform.files.write('big.txt', 'x'.repeat((1 << 20) + 1));
      expect(await view('params.yaml')).toEqual({ path: 'params.yaml', kind: 'text', text: 'lr: 1\n', digest: digest('lr: 1\n'), size: 6 });
      expect([(await view('a.bin')).kind, (await view('latin.txt')).kind, (await view('big.txt')).kind, (await view('none')).kind, (await view('src')).kind]).toEqual(['binary', 'binary', 'large', 'missing', 'missing']);
      expect((await view('big.txt')).text).toBeUndefined();
    });
    it('does not show what git and the lab keep', async () => {
      expect((await view('.git/HEAD')).kind).toBe('missing');
      await platform.files.write('.lab/x', 'x');
      expect((await projectFiles(new Session(platform))).map(({ path }) => path)).toEqual(['params.yaml']);
    });
    it('stands in the tree with what git says of it, and data with its pointer', async () => {
      await platform.files.write('data/raw.csv.dvc', 'outs: []\n');
      await platform.git.add(['.']);
      await platform.git.commit('all');
      await platform.files.write('params.yaml', 'lr: 2\n');
      await platform.files.write('new.ts', '');
      expect(await projectFiles(new Session(platform))).toEqual([
        { path: 'data/raw.csv', state: 'data' }, { path: 'data/raw.csv.dvc' }, { path: 'new.ts', state: 'new' }, { path: 'params.yaml', state: 'changed' },
      ]);
    });
  });
});
