import { describe, expect, it } from 'vitest';
import { describeAct } from '../../src/panels/history/describe-act.js';
import { labelsOf, laneX, linePath, rowForKey, sizeOf } from '../../src/panels/history/graph-rows.js';
import { numberLines } from '../../src/core/version/line-changes.js';
import { openFiles } from '../../src/panels/history/open-files.js';

describe('the drawing of commits', () => {
  it('fits any number of lanes into its room', () => {
    for (const narrow of [true, false]) {
      for (const count of [1, 2, 5, 12, 80]) {
        const size = sizeOf(count, narrow);
        expect(size.width).toBeLessThanOrEqual(narrow ? 82 : 174);
        expect(laneX(size, count - 1) + 4.5).toBeLessThanOrEqual(size.width);
      }
    }
  });
  it('draws straight within a lane and bends between two', () => {
    const size = sizeOf(2, false);
    expect(linePath(size, { from: 0, to: 0, colour: 0 })).toBe('M11 18V54');
    expect(linePath(size, { from: 0, to: 1, colour: 1 })).toBe('M11 18C11 36,27 36,27 54');
  });
  it('puts the current branch first, and HEAD by itself when it is on none', () => {
    const refs = [{ name: 'origin/main', kind: 'remote', id: 'a' }, { name: 'v1', kind: 'tag', id: 'a' }, { name: 'main', kind: 'branch', id: 'a' }, { name: 'idea', kind: 'branch', id: 'a' }] as const;
    expect(labelsOf({ refs, head: 'a', branch: 'main' }).get('a')!.map(({ name, current }) => `${name}${current ? '*' : ''}`)).toEqual(['main*', 'idea', 'v1', 'origin/main']);
    expect(labelsOf({ refs, head: 'b' }).get('b')).toMatchObject([{ name: 'HEAD', kind: 'head', current: true }]);
  });
  it('goes through the rows by keys and stops at the ends', () => {
    expect(['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp', 'a', 'toString'].map((key) => rowForKey(key, 5, 10, 8))).toEqual([6, 4, 0, 9, 9, 0, undefined, undefined]);
  });
});

describe('the lines of a commit', () => {
  it('get their numbers', () => {
    expect(numberLines({ oldStart: 4, newStart: 6, lines: [' a', '-b', '+c', '+d', '\\ No newline at end of file'] })).toEqual([
      { old: 4, now: 6, mark: ' ', text: 'a' }, { old: 5, mark: '-', text: 'b' }, { now: 7, mark: '+', text: 'c' }, { now: 8, mark: '+', text: 'd' }, { mark: '\\', text: ' No newline at end of file' },
    ]);
  });
  it('are shown at once while they are few', () => {
    const file = (path: string, lines: number) => ({ path, state: 'changed' as const, change: { kind: 'text' as const, added: lines, removed: 0, left: 0, hunks: [{ oldStart: 1, newStart: 1, lines: Array<string>(lines).fill('+') }] } });
    expect([...openFiles([file('a', 100), file('b', 50), file('c', 50), file('d', 1)])]).toEqual(['a', 'b']);
    expect([...openFiles([file('a', 500)])]).toEqual(['a']);
  });
});

describe('the last act', () => {
  it('is told by its command, and by what it made when the command does not name it', () => {
    const words = { run: 'run' };
    expect(describeAct({ text: 'lab train --model linear', object: { type: 'run', id: '3f2a9c0123456789' } }, words)).toBe('lab train --model linear (run 3f2a9c01)');
    expect(describeAct({ text: 'lab undeploy --service a', object: { type: 'service', id: 'a' } }, words)).toBe('lab undeploy --service a');
    expect(describeAct({ text: 'commit: Mine' }, words)).toBe('commit: Mine');
  });
});
