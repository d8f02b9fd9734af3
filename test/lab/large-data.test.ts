import { beforeAll, describe, expect, it } from 'vitest';
import type { Progress } from '../../src/lab/verb.js';
import { openLab } from './open-lab.js';

const ROWS = 200_000;

function csv(): Uint8Array {
  const lines = Array.from({ length: ROWS }, (_, i) => `${i},${(i * 7919) % 1009},${(i % 13) / 3},${['a ', 'b', ' c'][i % 3]},${i % 2}`);
  return new TextEncoder().encode(`key,a,b,w,y\n${lines.join('\n')}\n`);
}

describe('many rows', () => {
  let lab: Awaited<ReturnType<typeof openLab>>;

  beforeAll(async () => {
    lab = await openLab();
    lab.platform.offer('large.csv', csv());
    await lab.act('collect', { file: 'large.csv' });
  }, 60_000);

  /** Runs with a stop at the third report; gives what was reported. */
  async function stopped(run: (signal: AbortSignal, progress: (p: Progress) => void) => Promise<unknown>): Promise<Progress[]> {
    const [stop, seen] = [new AbortController(), [] as Progress[]];
    const work = run(stop.signal, (p) => {
      seen.push(p);
      if (seen.length === 3) stop.abort();
    });
    await expect(work).rejects.toThrow(/cancelled|abort/i);
    return seen;
  }
  const rising = (seen: readonly Progress[]): boolean => seen.every(({ done }, i) => i === 0 || done >= seen[i - 1]!.done);

  it.each([
    ['a step on words', { step: 'trim', columns: ['w'] }],
    ['a step that compares rows', { step: 'deduplicate', keep: 'first' }],
  ])('cleaning reports and stops in %s, and nothing is kept of it', async (_name, args) => {
    const seen = await stopped((signal, progress) => lab.engine.run('clean', args, { signal, progress }));
    expect(seen[0]).toMatchObject({ note: 'clean', total: 100 });
    expect(seen.at(-1)!.done).toBeLessThan(100);
    expect(rising(seen)).toBe(true);
    expect((await lab.engine.view('cleaning')).steps).toEqual([]);
  });

  it('goes on to the end when it is let', async () => {
    const seen: Progress[] = [];
    await lab.engine.run('clean', { step: 'trim', columns: ['w'] }, { progress: (p) => seen.push(p) });
    expect(seen.length).toBeGreaterThan(5);
    expect(rising(seen)).toBe(true);
    expect((await lab.engine.view('cleaning')).steps[0]!.outcome).toMatchObject({ changed: { w: expect.closeTo((ROWS * 2) / 3, -1) as number } });
  });

  it('so does preparing, and nothing is kept of it', async () => {
    const seen = await stopped((signal, progress) => lab.engine.run('prepare', { target: 'y', transform: ['a=bins:4', 'b=power'] }, { signal, progress }));
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(lab.engine.snapshot.prepared).toBeUndefined();
    const whole: Progress[] = [];
    await lab.engine.run('prepare', { target: 'y', drop: ['key'] }, { progress: (p) => whole.push(p) });
    expect(whole.filter(({ note }) => note === 'prepare').map(({ done }) => done)).toEqual([0, 33, 67]);
  });

  it('validation and the profile do too', async () => {
    await lab.act('contract', { infer: true });
    const checks = await stopped((signal, progress) => lab.engine.run('validate', { on: 'raw' }, { signal, progress }));
    expect(checks.some(({ note }) => note === 'validate')).toBe(true);
    const columns = await stopped((signal, progress) => lab.engine.view('profile', {}, signal, progress));
    expect(columns.map(({ note, done }) => `${note} ${done}`)).toEqual(['profile 0', 'profile 20', 'profile 40']);
    expect(await lab.engine.view('profile')).toHaveLength(5);
  });
});
