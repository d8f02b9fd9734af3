import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareContents, type ContentChange } from '../../../src/core/version/line-changes.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What native git says of the same two contents: lines added, lines removed, and the hunks' lines. */
function native(before: string, after: string): { counts: string; lines: string[] } {
  const dir = mkdtempSync(join(tmpdir(), 'changes-'));
  writeFileSync(join(dir, 'a'), before);
  writeFileSync(join(dir, 'b'), after);
  const run = (flag: string): string => {
    try {
      return execFileSync('git', ['diff', '--no-index', flag, 'a', 'b'], { cwd: dir, encoding: 'utf8' });
    } catch (cause) {
      return (cause as { stdout: string }).stdout;
    }
  };
  const [counts, patch] = [run('--numstat'), run('--minimal')];
  rmSync(dir, { recursive: true });
  return { counts: counts.split('\t').slice(0, 2).join(' '), lines: patch.split('\n').slice(0, -1).filter((line, i, all) => i > all.findIndex((l) => l.startsWith('@@')) && !line.startsWith('@@')) };
}
const linesOf = (change: ContentChange): readonly string[] => (change.kind === 'text' ? change.hunks.flatMap(({ lines }) => lines) : []);

describe('changed lines', () => {
  const numbers = (n: number): string => Array.from({ length: n }, (_, i) => `line ${i}\n`).join('');
  it.each([
    ['a changed line', numbers(20), numbers(20).replace('line 7\n', 'other\n')],
    ['two places', numbers(40), numbers(40).replace('line 3\n', '').replace('line 30\n', 'line 30\nmore\n')],
    ['no newline at the end', 'a\nb', 'a\nb\n'],
    ['letters of all kinds', 'سطر\nα\n', 'سطر آخر\nα\n'],
  ])('are those of native git: %s', (_name, before, after) => {
    const change = compareContents(bytes(before), bytes(after));
    const truth = native(before, after);
    expect(change.kind === 'text' && `${change.added} ${change.removed}`).toBe(truth.counts);
    expect(linesOf(change)).toEqual(truth.lines);
  });

  it('count a new and a removed file', () => {
    expect(compareContents(undefined, bytes('a\nb\n'))).toMatchObject({ kind: 'text', added: 2, removed: 0 });
    expect(compareContents(bytes('a\nb\n'), undefined)).toMatchObject({ kind: 'text', added: 0, removed: 2 });
    expect(compareContents(undefined, new Uint8Array())).toEqual({ kind: 'text', added: 0, removed: 0, hunks: [], left: 0 });
  });

  it('are not drawn for binary, large and wholly different content', () => {
    expect(compareContents(bytes('a\0b'), bytes('a'))).toEqual({ kind: 'binary', from: 3, to: 1 });
    expect(compareContents(undefined, new Uint8Array(500_000).fill(65))).toEqual({ kind: 'large', from: 0, to: 500_000 });
    const other = numbers(8000).replaceAll('line', 'word');
    expect(compareContents(bytes(numbers(8000)), bytes(other)).kind).toBe('large');
  });

  it('are cut after many, and say how many are left', () => {
    const change = compareContents(undefined, bytes(numbers(1000)));
    expect(change).toMatchObject({ kind: 'text', added: 1000, left: 400 });
    expect(linesOf(change)).toHaveLength(600);
  });
});
