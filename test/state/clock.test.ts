import { describe, expect, it, test } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import type { VerbArgs } from '../../src/lab/verb.js';
import type { Snapshot } from '../../src/lab/views/snapshot.js';
import { Clock, monthsLater, nextDate, type ClockProject } from '../../src/state/clock.svelte.js';
import { Notices } from '../../src/state/notices.svelte.js';

/** A project whose world only has a date; `advance` moves it, and `before` may interfere. */
function makeProject(now: string, end: string, before: (to: string, date: { now: string }) => void = () => undefined, alertsAt: readonly string[] = []) {
  const date = { now };
  const asked: string[] = [];
  const advance = async ({ to }: VerbArgs): Promise<{ result: { alerts: unknown[] } }> => {
    await Promise.resolve();
    asked.push(String(to));
    before(String(to), date);
    date.now = String(to);
    return { result: { alerts: alertsAt.includes(String(to)) ? [{}] : [] } };
  };
  const project = {
    get snapshot() {
      return { world: { now: date.now, start: now, end, labelDelay: 14, injections: [] } } as unknown as Snapshot;
    },
    readOnly: false,
    notices: new Notices(),
    client: { call: (_name: string, { args }: { args: VerbArgs }) => advance(args) },
    run: (_verb: string, args: VerbArgs) => advance(args),
  };
  return { project: project as unknown as ClockProject & { readOnly: boolean }, date, asked };
}
const atOnce = (): Promise<void> => Promise.resolve();

describe('the clock', () => {
  it('plays month by month to the end and says so', async () => {
    const { project, asked } = makeProject('2005-01-01', '2005-04-10');
    const clock = new Clock(project, atOnce);
    await clock.play();
    expect(asked).toEqual(['2005-02-01', '2005-03-01', '2005-04-01', '2005-04-10']);
    expect(clock).toMatchObject({ playing: false, stopped: 'end', canPlay: false });
    await clock.play();
    expect(asked).toHaveLength(4);
  });

  it('waits out the second at a pace, and hardly at full speed', async () => {
    const waits: number[] = [];
    const { project } = makeProject('2005-01-01', '2005-03-01');
    const clock = new Clock(project, async (ms) => void waits.push(ms));
    clock.speed = 'full';
    await clock.play();
    const slow = new Clock(makeProject('2005-01-01', '2005-01-03').project, async (ms) => void waits.push(ms));
    slow.speed = 'day';
    await slow.play();
    expect(waits[0]).toBe(16);
    expect(waits[1]).toBeGreaterThan(900);
  });

  it('pauses after the tick under way and goes on from there', async () => {
    let pause: () => unknown = () => undefined;
    const { project, asked } = makeProject('2005-01-01', '2005-12-31', () => void pause());
    const clock = new Clock(project, atOnce);
    pause = () => clock.pause();
    await clock.play();
    expect(asked).toEqual(['2005-02-01']);
    expect(clock).toMatchObject({ playing: false, stopped: undefined });
    await clock.skip(3);
    expect(asked).toEqual(['2005-02-01', '2005-05-01']);
  });

  it('stops at an alert when asked to', async () => {
    const { project, date } = makeProject('2005-01-01', '2006-01-01', undefined, ['2005-03-01']);
    const clock = new Clock(project, atOnce);
    clock.stopAtAlert = true;
    await clock.play();
    expect([date.now, clock.stopped]).toEqual(['2005-03-01', 'alert']);
    clock.stopAtAlert = false;
    await clock.play();
    expect([date.now, clock.stopped]).toEqual(['2006-01-01', 'end']);
  });

  it('stops on an error and tells it once', async () => {
    const { project, date } = makeProject('2005-01-01', '2006-01-01', (to) => {
      if (to === '2005-03-01') throw new LabError('quota-full');
    });
    const clock = new Clock(project, atOnce);
    await clock.play();
    expect([date.now, clock.stopped, clock.playing]).toEqual(['2005-02-01', 'error', false]);
    expect(project.notices.list.map(({ error }) => error?.code)).toEqual(['quota-full']);
  });

  it('goes on when somebody else has moved the date meanwhile', async () => {
    let once = true;
    const { project, asked } = makeProject('2005-01-01', '2005-06-01', (_to, date) => {
      if (!once) return;
      once = false;
      date.now = '2005-04-15';
      throw new LabError('clock-goes-forward');
    });
    await new Clock(project, atOnce).play();
    expect(asked).toEqual(['2005-02-01', '2005-05-01', '2005-06-01']);
  });

  it('stops in silence when another tab takes the project', async () => {
    const { project, asked } = makeProject('2005-01-01', '2006-01-01', (to) => {
      if (to !== '2005-03-01') return;
      project.readOnly = true;
      throw new LabError('read-only');
    });
    const clock = new Clock(project, atOnce);
    await clock.play();
    expect(asked).toHaveLength(2);
    expect(clock.playing).toBe(false);
    expect(project.notices.list).toEqual([]);
  });
});

test.each([
  ['2005-01-01', 'day', '2005-01-02'],
  ['2004-12-28', 'week', '2005-01-04'],
  ['2005-01-20', 'month', '2005-02-01'],
  ['2005-12-31', 'full', '2006-01-01'],
  ['2016-08-20', 'month', '2016-08-28'],
] as const)('%s, a %s later, is %s', (now, speed, next) => expect(nextDate(now, '2016-08-28', speed)).toBe(next));

test.each([
  ['2005-01-01', 12, '2006-01-01'],
  ['2005-01-31', 1, '2005-02-28'],
  ['2007-11-30', 3, '2008-02-29'],
  ['2016-07-15', 3, '2016-08-28'],
] as const)('%s and %i months is %s', (now, months, later) => expect(monthsLater(now, '2016-08-28', months)).toBe(later));
