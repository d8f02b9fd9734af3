import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/core/govern/journal.js';
import { mergeTimeline } from '../../src/panels/history/timeline.js';
import { labelSide, stationPoint, walkedShare } from '../../src/panels/shell/ring-geometry.js';
import { runningStage } from '../../src/panels/shell/running-stage.js';

describe('the ring', () => {
  it('begins at the top and runs clockwise', () => {
    const points = [0, 2, 4, 6].map((index) => stationPoint(index, 40)).map(({ x, y }) => [Math.round(x), Math.round(y)]);
    expect(points).toEqual([[50, 10], [90, 50], [50, 90], [10, 50]]);
  });
  it('writes labels outside', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((index) => labelSide(index))).toEqual(['above', 'end', 'end', 'end', 'below', 'start', 'start', 'start']);
  });
  it.each([['done', 'done', 1], ['done', 'attention', 1], ['attention', 'ready', 0.5], ['done', 'empty', 0], ['ready', 'empty', 0], ['empty', 'done', 0]] as const)('from %s to %s is walked %d', (from, to, share) => {
    expect(walkedShare(from, to)).toBe(share);
  });
  it('shows a running act at its station', () => {
    const task = (verb: string, done: number, total: number) => ({ verb, started: 0, cancel: () => {}, progress: { done, total, note: 'x' } });
    expect(runningStage(task('advance', 5, 20))).toEqual({ stage: 'monitor', share: 0.25 });
    expect(runningStage(task('train', 5, 0))).toEqual({ stage: 'train', share: undefined });
    expect([runningStage(task('export', 1, 2)), runningStage(undefined)]).toEqual([undefined, undefined]);
  });
});

describe('the timeline', () => {
  const commit = (id: string, seconds: number) => ({ id, message: id, author: { name: 'L', email: 'l@x', timestamp: seconds, timezoneOffset: 0 }, parents: [] });
  const step = (seq: number, seconds: number, made?: string): JournalEntry => ({ seq, ts: new Date(seconds * 1000).toISOString(), actor: 'learner', action: 'train', object: { type: 'run', id: 'r' }, command: 'lab train', commit: made, prev_hash: '', hash: '' });
  it('shows a commit with the step that made it, a commit by hand alone, newest first', () => {
    const merged = mergeTimeline({ commits: [commit('hand', 30), commit('made', 20)], steps: [step(1, 10), step(2, 20, 'made')], tags: { v1: 'made' } });
    expect(merged.map(({ step: entry, commit: kept, tags }) => [entry?.seq, kept?.id, tags])).toEqual([[undefined, 'hand', []], [2, 'made', ['v1']], [1, undefined, []]]);
  });
  it('keeps the journal’s order within one moment, and survives a commit that is gone', () => {
    const merged = mergeTimeline({ commits: [], steps: [step(1, 10), step(2, 10), step(3, 10, 'gone')] });
    expect(merged.map((entry) => entry.step?.seq)).toEqual([3, 2, 1]);
  });
});
