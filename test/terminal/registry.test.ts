import { readdirSync } from 'node:fs';
import { gunzipSync, gzipSync as nodeGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SUBCOMMANDS } from '../../src/terminal/commands/git/index.js';
import { COMMANDS } from '../../src/terminal/commands/index.js';
import { READS } from '../../src/terminal/commands/lab/index.js';
import { editDistance, nearNames } from '../../src/terminal/near-names.js';
import { signed } from '../../src/terminal/signed-message.js';
import * as zlib from '../../src/terminal/zlib-shim.js';

const filesOf = (folder: string): string[] =>
  readdirSync(new URL(`../../src/terminal/commands/${folder}`, import.meta.url), { withFileTypes: true })
    .filter((f) => f.isFile() && f.name !== 'index.ts')
    .map((f) => f.name.replace('.ts', ''))
    .sort();

describe('registries', () => {
  it.each([
    ['', COMMANDS.map((c) => c.name)],
    ['git', [...SUBCOMMANDS.keys()]],
    ['lab', [...READS.keys()]],
  ])('hold every file of commands/%s', (folder, names) => {
    expect([...names].sort()).toEqual(filesOf(folder));
  });
});

describe('the sender of a message', () => {
  it.each([
    ['There is none.', 'lab: There is none.'],
    ['“x” is unknown', 'lab: “x” is unknown'],
    ['لا يوجد lab', 'لا يوجد lab'],
    ['لا يوجد --foo و -n في a-b', 'لا يوجد \u200e--foo و \u200e-n في a-b'],
    ['«x» هنا', 'lab: «x» هنا'],
    ['', 'lab: '],
  ])('%j', (message, want) => expect(signed('lab', message)).toBe(want));
});

describe('near names', () => {
  it.each([
    ['sl', 'ls', 1], ['comit', 'commit', 1], ['', 'ab', 2], ['abc', 'abc', 0], ['kitten', 'sitting', 3],
  ])('%j to %j takes %d edits', (a, b, want) => expect(editDistance(a, b)).toBe(want));

  it('suggests near names only', () => {
    expect(nearNames('trian', ['train', 'retrain', 'deploy'])).toEqual(['train']);
    expect(nearNames('xyzzy', ['train'])).toEqual([]);
    expect(nearNames('a', ['ls', 'wc'])).toEqual([]);
  });
});

describe('the stand-in for node:zlib', () => {
  const text = new TextEncoder().encode('hello '.repeat(1000));
  it('reads what node writes and writes what node reads', () => {
    expect(new Uint8Array(gunzipSync(zlib.gzipSync(text, { level: 9 })))).toEqual(text);
    expect(zlib.gunzipSync(nodeGzip(text))).toEqual(text);
    expect(zlib.gunzipSync(zlib.gzipSync(text, { level: zlib.constants.Z_DEFAULT_COMPRESSION }))).toEqual(text);
  });
  it('refuses to expand beyond a bound, and what is no gzip', () => {
    expect(() => zlib.gunzipSync(nodeGzip(text), { maxOutputLength: 100 })).toThrow(expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }));
    expect(() => zlib.gunzipSync(text)).toThrow();
  });
});
