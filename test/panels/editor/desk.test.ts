import { describe, expect, it } from 'vitest';
import { Desk } from '../../../src/panels/editor/desk.svelte.js';

describe('the desk', () => {
  it('reads the tree once more for all that asked while it was read, and again after a failure', async () => {
    const waiting: ((answer: unknown) => void)[] = [];
    const view = (): Promise<unknown> => new Promise((answer) => waiting.push(answer));
    const desk = new Desk({ view } as never, undefined);
    const first = desk.refresh();
    await new Promise((done) => setTimeout(done));
    const later = [desk.refresh(), desk.refresh(), desk.refresh()];
    expect(waiting).toHaveLength(1);
    waiting[0]!([{ path: 'a' }]);
    await first;
    await new Promise((done) => setTimeout(done));
    expect(waiting).toHaveLength(2);
    waiting[1]!(Promise.reject(new Error('gone')));
    await expect(Promise.all(later)).rejects.toThrow('gone');
    const again = desk.refresh();
    await new Promise((done) => setTimeout(done));
    waiting[2]!([{ path: 'b' }]);
    await again;
    expect(desk.files).toEqual([{ path: 'b' }]);
  });

  it('keeps its tabs on the shelf, the newest twelve, and opens with a broken one', () => {
    const kept = new Map<string, string>([['looplab.editor', '{"tabs":[1,"a"],"kind":"odd"}']]);
    const shelf = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
    const project = { view: () => new Promise(() => undefined) } as never;
    const desk = new Desk(project, shelf);
    expect([desk.tabs, desk.kind]).toEqual([['a'], undefined]);
    for (let n = 0; n < 14; n++) desk.open(`f${n}`);
    desk.choose('plain');
    const again = new Desk(project, shelf);
    expect([again.tabs.length, again.tabs.at(-1), again.kind]).toEqual([12, 'f13', 'plain']);
  });
});
