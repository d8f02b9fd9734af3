import { describe, expect, it } from 'vitest';
import { ACTS } from '../../../src/world/colleague/acts.js';
import { clashingValue } from '../../../src/world/colleague/clashing-value.js';
import { reviewBranch } from '../../../src/world/colleague/review/index.js';
import type { ReviewedBranch } from '../../../src/world/colleague/review/review.js';

const act = (id: string) => ACTS.find((a) => a.id === id)!;

describe('the value that clashes', () => {
  it.each([
    ['a: 1\nb: 2\n', 'a: 1\nb: 3\n', 'b', '4'],
    ['a: 1\n', 'a: 2\n', 'a', '3'],
    ['x:\n  l2: 0.5\ny:\n  l2: 1\n', 'x:\n  l2: 0.5\ny:\n  l2: 7\n', 'y.l2', '2'],
    ['a: 0\n', 'a: 1\n', 'a', '2'],
    ['a: -3\n', 'a: 1\n', 'a', '-6'],
  ])('%j against %j', (mine, theirs, key, value) => {
    const clash = clashingValue(mine, theirs)!;
    expect([clash.key, clash.value]).toEqual([key, value]);
    const differing = clash.text.split('\n').filter((line, i) => line !== mine.split('\n')[i]);
    expect(differing).toEqual([expect.stringMatching(new RegExp(`: ${value}$`))]);
  });

  it('is none when no number was changed', () => {
    expect(clashingValue('a: 1\nb: x\n', 'a: 1\nb: y\nc: 5\n')).toBeUndefined();
    expect(clashingValue('- 1\n{', '')).toBeUndefined();
  });
});

describe('what the colleague does', () => {
  it('is nothing where there is no place for it', () => {
    expect(act('agreement').edit({ main: new Map([['README.md', '# x\n\n## Working together\n']]) })).toBeUndefined();
    expect(act('clash').edit({ main: new Map(), incoming: new Map() })).toBeUndefined();
    expect(act('describe').edit({ main: new Map([['src/a.ts', '/** Said. */\n'], ['docs/files.md', '']]) })).toBeUndefined();
  });

  it('touches the files that are there', () => {
    expect([...act('tend').edit({ main: new Map([['monitoring/a.yaml', 'drift:\n  threshold: 0.5\n']]) })!.changes]).toEqual([['monitoring/a.yaml', 'drift:\n  threshold: 0.4\n']]);
    expect([...act('describe').edit({ main: new Map([['src/train.ts', 'x;\n']]) })!.changes.keys()]).toEqual(['src/train.ts']);
    expect([...act('tend').edit({ main: new Map([['a', '']]) })!.changes.keys()]).toEqual(['docs/files.md']);
  });
});

describe('a review', () => {
  const branch = (before: Record<string, string>, after: Record<string, string>): ReviewedBranch => {
    const bytes = (text: string | undefined): Uint8Array | undefined => (text === undefined ? undefined : new TextEncoder().encode(text));
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]);
    return { changes: paths.map((path) => ({ path, before: bytes(before[path]), after: bytes(after[path]) })), read: (path) => bytes(after[path]) };
  };
  const kinds = (before: Record<string, string>, after: Record<string, string>): string[] => reviewBranch(branch(before, after)).map((c) => c.kind);

  it.each([
    ['nothing to say of words', { 'README.md': 'a' }, { 'README.md': 'b' }, []],
    ['nothing of a file that goes', { 'notes.md': '<<<<<<< a\n>>>>>>> b\n' }, {}, []],
    ['nothing of a line of equal signs', {}, { 'a.md': 'Title\n=======\n' }, []],
    ['metrics that came along', { 'params.yaml': 'train:\n  l2: 1\n', 'reports/metrics.json': '{"a": 1}' }, { 'params.yaml': 'train:\n  l2: 2\n', 'reports/metrics.json': '{"a": 2}' }, []],
    ['a first seed', {}, { 'params.yaml': 'seed: 1\n', 'reports/metrics.json': '{}' }, []],
    ['a changed seed', { 'params.yaml': 'seed: 1\n' }, { 'params.yaml': 'seed: 2\n' }, ['seed', 'no-metrics']],
    ['a changed split', { 'params.yaml': 'split:\n  kind: time\n' }, { 'params.yaml': 'split:\n  kind: random\n' }, ['test-rows', 'no-metrics']],
    ['YAML that cannot be read', { 'params.yaml': 'a: 1\n' }, { 'params.yaml': 'a: [1\n', 'metrics.json': '{}' }, ['broken-file']],
    ['a private key', {}, { 'k.pem': '-----BEGIN RSA PRIVATE KEY-----\n' }, ['secret']],
    ['a password that was there before', { 'a.yaml': 'password: abcdefghij\n' }, { 'a.yaml': 'password: abcdefghij\nb: 1\n' }, []],
    ['a name for a secret, not one', {}, { 'a.yaml': 'password: $PASSWORD_FROM_ENV\n' }, []],
    ['a binary file', {}, { 'a.bin': '\0<<<<<<< a\n>>>>>>> b\n' }, []],
    ['a large file', {}, { 'a.csv': 'x'.repeat(200_001) }, ['large-file']],
    ['a lock that fits', { 'src/a.ts': 'a' }, { 'src/a.ts': 'b', 'metrics.json': '{}', 'dvc.lock': "schema: '2.0'\nstages:\n  a:\n    cmd: x\n    deps:\n    - path: src/a.ts\n      md5: 92eb5ffee6ae2fec3ad71c777531578f\n" }, []],
    ['a lock with another hash', { 'src/a.ts': 'b' }, { 'src/a.ts': 'c', 'metrics.json': '{}', 'dvc.lock': "schema: '2.0'\nstages:\n  a:\n    cmd: x\n    deps:\n    - path: src/a.ts\n      md5: 92eb5ffee6ae2fec3ad71c777531578f\n" }, ['stale-lock']],
    ['a lock that is broken', {}, { 'dvc.lock': 'stages: 1\n', 'metrics.json': '{}' }, ['broken-file']],
  ] as const)('%s', (_, before, after, expected) => {
    expect(kinds(before, after)).toEqual(expected);
  });
});
