import { describe, expect, it } from 'vitest';
import { findConflicts, settleConflict } from '../../../src/core/version/conflict-markers.js';

const TEXT = ['a', '<<<<<<< HEAD', 'ours 1', 'ours 2', '=======', 'theirs', '>>>>>>> mona', 'b', '<<<<<<< HEAD', '||||||| 1234567', 'base', '=======', 'new', '>>>>>>> topic/x', ''].join('\n');

describe('conflict markers', () => {
  it('name both sides and leave the common ancestor out', () => {
    expect(findConflicts(TEXT)).toEqual([
      { from: 1, to: 7, ourName: 'HEAD', theirName: 'mona', ours: ['ours 1', 'ours 2'], theirs: ['theirs'] },
      { from: 8, to: 14, ourName: 'HEAD', theirName: 'topic/x', ours: [], theirs: ['new'] },
    ]);
  });
  it.each(['', 'a\nb', '<<<<<<< HEAD\nno end', '=======\n>>>>>>> x', '<<<<<<< a\n>>>>>>> b', 'a\n=======\nb'])('%j holds none', (text) => {
    expect(findConflicts(text)).toEqual([]);
    expect(settleConflict(text, 0, 'ours')).toBe(text);
  });
  it('reads the inner of two begun ones', () => {
    expect(findConflicts('<<<<<<< lost\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> t').map(({ from }) => from)).toEqual([1]);
  });
  it('are settled one by one', () => {
    const first = settleConflict(TEXT, 0, 'both');
    expect(first.startsWith('a\nours 1\nours 2\ntheirs\nb\n<<<<<<<')).toBe(true);
    expect(settleConflict(first, 0, 'theirs')).toBe('a\nours 1\nours 2\ntheirs\nb\nnew\n');
    expect(settleConflict(first, 0, 'ours')).toBe('a\nours 1\nours 2\ntheirs\nb\n');
  });
  it('hold for lines that end as Windows ends them', () => {
    expect(settleConflict('<<<<<<< HEAD\r\nx\r\n=======\r\ny\r\n>>>>>>> t\r\nz', 0, 'theirs')).toBe('y\r\nz');
  });
});
