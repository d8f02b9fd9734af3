import { describe, expect, it } from 'vitest';
import { hrefOf, parsePlace, type Place } from '../../src/state/route.svelte.js';
import { Preferences } from '../../src/state/preferences.svelte.js';
import { Workbench } from '../../src/state/workbench.svelte.js';

describe('addresses', () => {
  it.each<[string, Place]>([
    ['', { name: 'home' }],
    ['#', { name: 'home' }],
    ['#/', { name: 'home' }],
    ['#/stage/train', { name: 'stage', stage: 'train', tab: undefined }],
    ['#/stage/data/prepare/', { name: 'stage', stage: 'data', tab: 'prepare' }],
    ['#/lesson/why-mlops/3', { name: 'lesson', lesson: 'why-mlops', step: 3 }],
    ['#/lesson/why-mlops', { name: 'lesson', lesson: 'why-mlops', step: 0 }],
    ['#/lessons', { name: 'lessons' }],
    ['#/datasets', { name: 'datasets', dataset: undefined }],
    ['#/datasets/a%2Fb', { name: 'datasets', dataset: 'a/b' }],
    ['#/pipeline', { name: 'pipeline' }],
    ['#/history', { name: 'history' }],
    ['#/history/commits', { name: 'history', tab: 'commits' }],
    ['#/history/commits/0a1b2c3', { name: 'history', tab: 'commits', commit: '0a1b2c3' }],
    ['#/runs', { name: 'runs' }],
    ['#/runs?filter=metrics.rmse%20%3C%203', { name: 'runs', filter: 'metrics.rmse < 3' }],
    ['#/runs/hparams', { name: 'runs', view: 'hparams' }],
    ['#/runs/run/0a1b2c3d', { name: 'runs', view: 'run', runs: ['0a1b2c3d'] }],
    ['#/runs/compare/0a1b2c3d,ffffffff?filter=run_name%20%3D%20%27a%2Fb%3F%27', { name: 'runs', view: 'compare', runs: ['0a1b2c3d', 'ffffffff'], filter: "run_name = 'a/b?'" }],
    ['#/team', { name: 'team' }],
    ['#/editor', { name: 'editor', path: undefined }],
    ['#/editor/src/train.ts', { name: 'editor', path: 'src/train.ts' }],
    ['#/project', { name: 'project' }],
  ])('%s leads to its place', (hash, place) => {
    expect(parsePlace(hash)).toEqual(place);
  });
  it.each(['#/stage', '#/stage/dance', '#/stage/train/a/b', '#/lesson/x/-1', '#/lesson/x/1e9', '#/lesson', '#/history/2', '#/runs/compare', '#/runs/compare/<b>', '#/runs/run/0a1b, 0a1c', '#/runs/run/0a1b2c/x', '#/runs/dance', '#/runs/hparams/x', '#/history/commits/xyz', '#/history/commits/0a1b2c3/x', '#/%E0%A4%A', '#/__proto__', '#main'])('%s is not found and does not throw', (hash) => {
    expect(parsePlace(hash).name).toBe('not-found');
  });
  it('is the same place after a round trip', () => {
    const places: Place[] = [{ name: 'home' }, { name: 'stage', stage: 'monitor', tab: 'drift' }, { name: 'lesson', lesson: 'دَرس', step: 2 }, { name: 'datasets', dataset: 'a b/c' }, { name: 'history' }, { name: 'runs', filter: "tags.`a b` = '%/?&#'" }, { name: 'runs', view: 'compare', runs: ['0a1b', '2c3d'] }, { name: 'history', tab: 'commits', commit: '0a1b2c3d' }, { name: 'editor', path: 'src/a b/ü.ts' }];
    expect(places.map((place) => parsePlace(hrefOf(place)))).toEqual(places);
  });
});

class MemoryShelf {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
}

describe('preferences', () => {
  it('come back in the next visit', () => {
    const shelf = new MemoryShelf();
    const first = new Preferences(shelf);
    first.theme = 'dark';
    first.locale = 'ar';
    first.lesson = { id: 'why-mlops', step: 4 };
    const next = new Preferences(shelf);
    expect([next.theme, next.locale, next.lesson]).toEqual(['dark', 'ar', { id: 'why-mlops', step: 4 }]);
  });
  it.each(['', '{', 'null', '7', '{"theme":"pink","drawerHeight":"tall","lesson":{"id":5}}', '{"lesson":null}'])('are the defaults when the shelf holds %s', (text) => {
    const shelf = new MemoryShelf();
    shelf.setItem('looplab.preferences', text);
    const preferences = new Preferences(shelf);
    expect([preferences.theme, preferences.drawerHeight, preferences.lesson]).toEqual(['system', 280, undefined]);
  });
  it('work for this visit when the shelf is full or forbidden', () => {
    const full = { getItem: () => null, setItem: () => { throw new DOMException('', 'QuotaExceededError'); } };
    for (const shelf of [full, undefined]) {
      const preferences = new Preferences(shelf);
      preferences.theme = 'dark';
      expect(preferences.theme).toBe('dark');
    }
  });
});

describe('the workbench', () => {
  it('keeps the lesson open on the way to a stage, and shows the right sheet', () => {
    const bench = new Workbench(new Preferences(new MemoryShelf()));
    bench.arrive({ name: 'lesson', lesson: 'why-mlops', step: 1 });
    bench.showStage('train');
    bench.arrive({ name: 'lesson', lesson: 'why-mlops', step: 2 });
    expect([bench.lesson, bench.stage, bench.sheet]).toEqual([{ id: 'why-mlops', step: 2 }, 'train', 'lesson']);
    bench.arrive({ name: 'stage', stage: 'data' });
    expect([bench.lesson?.id, bench.sheet]).toEqual(['why-mlops', 'panel']);
    bench.arrive({ name: 'lesson', lesson: 'devops-and-mlops', step: 0 });
    expect(bench.stage).toBeUndefined();
    bench.closeLesson();
    expect(bench.lesson).toBeUndefined();
  });
});
