import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ignoringRule, orderRules, parseIgnoreFile } from '../../../src/core/version/ignore-rules.js';

const PATHS = [
  'a', 'a.txt', 'b.log', 'build/a', 'build/x/y.o', 'src/build/a', 'src/a.txt', 'src/deep/a.txt', 'src/deep/er/b.log', 'data/keep.csv', 'data/raw.csv', 'data/sub/raw.csv', 'data/sub/keep.csv',
  'foo/bar', 'foo/x/bar', 'foo/x/y/bar', '#hash', '!bang', 'sp ace', 'trail ', 'x[1]', 'x1', 'x2', 'xa', 'xZ', 'back\\slash', 'star*', 'ünï', 'ün', 'logs/2020/a.log', 'logs/2021/b.log', 'docs/ignored/in.txt', 'tmp.d/f', '.hidden', 'dir/.hidden',
];

const FILES: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  ['names at any depth', { '': '*.txt\n*.log\n' }],
  ['anchored', { '': '/a\n/build\nsrc/a.txt\n' }],
  ['folders only', { '': 'build/\nx1/\nfoo/\n' }],
  ['taken back, but not inside an ignored folder', { '': '*.csv\n!keep.csv\ndata/sub/\n!data/sub/keep.csv\n' }],
  ['everything but', { '': '/*\n!/data\n/data/*\n!/data/sub\n' }],
  ['two stars', { '': '**/bar\nlogs/**/a.log\nbuild/**\n' }],
  ['two stars in the middle', { '': 'foo/**/bar\n' }],
  ['stars within a name', { '': 'fo**o\nb**g\nsrc/**.txt\n' }],
  ['one character and sets', { '': 'x?\n!x[12]\nxZ\n' }],
  ['sets that exclude, ranges and classes', { '': 'x[!a-z]\n[[:digit:]]*\n.[h-i]*\n' }],
  ['escapes', { '': '\\#hash\n\\!bang\nx\\[1\\]\nback\\\\slash\nstar\\*\n' }],
  ['comments, blanks and spaces', { '': '# a\n\n   \nsp ace   \ntrail\\ \n#hash\r\n' }],
  ['letters beyond ASCII', { '': 'ün*\n!ün\n' }],
  ['files of deeper folders have the last word', { '': '*.txt\n', src: '!a.txt\n', 'src/deep': 'a.txt\n/er\n' }],
  ['a deeper file is about its own folder', { data: '/raw.csv\nsub/keep.csv\n' }],
  ['a range that is none', { '': 'x[z-a]\na\n' }],
  ['a slash alone', { '': '/\n!\n' }],
];

describe('ignore rules, as native git judges them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ignore-'));
  beforeAll(() => {
    execFileSync('git', ['init', '-q', folder]);
    for (const path of PATHS) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(FILES)('%s', (_name, files) => {
    const rules = orderRules(Object.entries(files).flatMap(([at, text]) => parseIgnoreFile(text, at === '' ? '.gitignore' : `${at}/.gitignore`)));
    for (const [at, text] of Object.entries(files)) writeFileSync(join(folder, at, '.gitignore'), text);
    const asked = execFileSync('git', ['-C', folder, 'ls-files', '--others', '--exclude-standard', '-z'], { encoding: 'utf8' }).split('\0');
    for (const at of Object.keys(files)) rmSync(join(folder, at, '.gitignore'));
    expect(PATHS.filter((path) => !ignoringRule(rules, path))).toEqual(PATHS.filter((path) => asked.includes(path)));
  });
});

it('tells the rule: its file, its line and its words', () => {
  const rules = parseIgnoreFile('# one\n*.tmp\n', 'data/.dvcignore');
  expect(ignoringRule(rules, 'data/x.tmp')).toMatchObject({ file: 'data/.dvcignore', line: 2, pattern: '*.tmp' });
  expect(ignoringRule(rules, 'x.tmp')).toBeUndefined();
});
