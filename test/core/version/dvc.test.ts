import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { formatDvcFile, parseDvcFile } from '../../../src/core/version/dvc-file.js';
import { formatManifest, parseManifest } from '../../../src/core/version/manifest.js';
import { md5Hex } from '../../../src/core/version/md5.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('.dvc files are those of DVC itself', () => {
  it('writes the documented golden file', () => {
    expect(formatDvcFile({ md5: 'acbd18db4cc2f85cedef654fccc4a4d8', size: 3, path: 'foo' })).toBe('outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  size: 3\n  hash: md5\n  path: foo\n');
  });

  it('writes nfiles of a folder between size and hash', () => {
    expect(formatDvcFile({ md5: `${'a'.repeat(32)}.dir`, size: 20, nfiles: 2, path: 'data' })).toBe(`outs:\n- md5: ${'a'.repeat(32)}.dir\n  size: 20\n  nfiles: 2\n  hash: md5\n  path: data\n`);
  });

  it('reads what it wrote', () => {
    const pointer = { md5: 'acbd18db4cc2f85cedef654fccc4a4d8', size: 3, path: 'weird: name.csv' };
    expect(parseDvcFile(formatDvcFile(pointer), 'x.dvc')).toEqual(pointer);
  });

  test.each([
    ['nothing', ''],
    ['no output', 'outs: []\n'],
    ['two outputs', 'outs:\n- {md5: a, size: 1, path: a}\n- {md5: b, size: 1, path: b}\n'],
    ['a hash that is a path', 'outs:\n- md5: ../../../etc/passwd\n  size: 1\n  path: a\n'],
    ['a list', '- a\n'],
  ])('refuses %s', (_name, text) => {
    expect(() => parseDvcFile(text, 'x.dvc')).toThrow(expect.objectContaining({ code: 'bad-dvc-file' }));
  });
});

describe('manifests of folders', () => {
  const files: Record<string, Uint8Array> = { 'a.csv': bytes('x,y\n1,2\n'), 'sub/é.txt': bytes('héllo\n'), 'Z.bin': Uint8Array.of(0, 1), 'sub/b.csv': bytes('q\n') };
  const entries = Object.entries(files).map(([relpath, content]) => ({ relpath, md5: md5Hex(content) }));

  it('are the golden bytes and id of dvc-data', () => {
    const { id, content } = formatManifest(entries);
    expect(new TextDecoder().decode(content)).toBe(
      '[{"md5": "441077cc9e57554dd476bdfb8b8b8102", "relpath": "Z.bin"}, {"md5": "344fd2323dd33d5c058b7cf27de029e8", "relpath": "a.csv"}, {"md5": "c3be117041a113540deb0ff532b19543", "relpath": "sub/b.csv"}, {"md5": "1082e4bdaee22cfa4057c4f6a5e4c3da", "relpath": "sub/\\u00e9.txt"}]',
    );
    expect(id).toBe('04529693302fbbd56d64c222b8ffd4e7.dir');
  });

  it('sort by code point, not by UTF-16 unit', () => {
    const { content } = formatManifest([{ relpath: '\u{1f600}', md5: 'a' }, { relpath: '\uffee', md5: 'b' }]);
    expect(parseManifest(content, 'x').map((entry) => entry.relpath)).toEqual(['\uffee', '\u{1f600}']);
  });

  test.each(['{}', '[{"md5": 1}]'])('refuse %s', (text) => {
    expect(() => parseManifest(bytes(text), 'x')).toThrow(expect.objectContaining({ code: 'bad-manifest' }));
  });
});

test.each([0, 1, 55, 56, 64, 1000, 1_000_003])('md5 of %d bytes is that of OpenSSL', (length) => {
  const content = Uint8Array.from({ length }, (_, i) => (i * 31 + 7) & 255);
  expect(md5Hex(content)).toBe(createHash('md5').update(content).digest('hex'));
});
