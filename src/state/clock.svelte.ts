import { dateOf, dayOf, monthStart } from '../core/calendar.js';
import { LabError } from '../core/lab-error.js';
import type { Project } from './project.svelte.js';

/** How much virtual time passes in a second; `full` lives a month as soon as the one before is over. */
export const SPEEDS = ['day', 'week', 'month', 'full'] as const;
export type Speed = (typeof SPEEDS)[number];

/** Why the clock stopped by itself. */
export type ClockStop = 'end' | 'alert' | 'error';

/** What the clock needs of the project. */
export type ClockProject = Pick<Project, 'snapshot' | 'readOnly' | 'client' | 'notices' | 'run'>;

const SECOND = 1000;
/** Time for the page between two months at full speed, so that the reader's clicks come first. */
const REST = 16;

/** The world's clock: while it plays, each tick is one `advance`. It belongs to the page, so it goes on when the panel changes. */
export class Clock {
  playing = $state(false);
  speed = $state<Speed>('month');
  /** Pauses when the monitor raises an alert. */
  stopAtAlert = $state(false);
  stopped = $state<ClockStop>();
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly project: ClockProject,
    private readonly wait: (milliseconds: number) => Promise<void> = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  ) {}

  /** Whether time can pass at all. */
  get canPlay(): boolean {
    const { now, end } = this.project.snapshot?.world ?? {};
    return !this.project.readOnly && now !== undefined && end !== undefined && now < end;
  }

  /** Lets time pass until it is paused, ends, fails or the tab loses the project. */
  async play(): Promise<void> {
    if (this.playing || !this.canPlay) return;
    this.playing = true;
    this.stopped = undefined;
    // A loop that was paused in the middle of its last tick goes on by itself.
    await this.#loop;
    if (this.playing) await (this.#loop = this.#run());
  }

  /** Pauses; resolves when the tick under way is over and saved. */
  pause(): Promise<void> {
    this.playing = false;
    return this.#loop;
  }

  /** Pauses, then goes some months ahead in one act. */
  async skip(months: number): Promise<void> {
    await this.pause();
    const { now, end } = this.project.snapshot?.world ?? {};
    if (now !== undefined && end !== undefined && this.canPlay) await this.project.run('advance', { to: monthsLater(now, end, months) });
  }

  async #run(): Promise<void> {
    while (this.playing) {
      const started = performance.now();
      this.stopped = await this.#advance();
      if (this.stopped === undefined && !this.canPlay && !this.project.readOnly) this.stopped = 'end';
      if (this.stopped !== undefined || this.project.readOnly) this.playing = false;
      else if (this.playing) await this.wait(this.speed === 'full' ? REST : Math.max(REST, SECOND - (performance.now() - started)));
    }
  }

  async #advance(): Promise<ClockStop | undefined> {
    const { now, end } = this.project.snapshot?.world ?? {};
    if (now === undefined || end === undefined) return 'error';
    const to = nextDate(now, end, this.speed);
    try {
      const { result } = await this.project.client.call('verb', { name: 'advance', args: { to } });
      return this.stopAtAlert && (result as { alerts: readonly unknown[] }).alerts.length > 0 ? 'alert' : undefined;
    } catch (cause) {
      return this.#failed(LabError.from(cause));
    }
  }

  /** Somebody else (the terminal, a lesson) may have moved the date meanwhile: then the next tick starts from there. */
  #failed(error: LabError): ClockStop | undefined {
    if (error.code === 'clock-goes-forward') return undefined;
    if (error.code === 'world-ended') return 'end';
    if (!this.project.readOnly) this.project.notices.add({ tone: 'bad', error });
    return 'error';
  }
}

/** The date after one tick, never beyond the end of the world. */
export function nextDate(now: string, end: string, speed: Speed): string {
  const day = dayOf(now);
  const next = speed === 'day' ? day + 1 : speed === 'week' ? day + 7 : monthStart(day, 1);
  return dateOf(Math.min(next, dayOf(end)));
}

/** The same day some months later, or the last of that month, never beyond the end of the world. */
export function monthsLater(now: string, end: string, months: number): string {
  const first = monthStart(dayOf(now), months);
  const length = monthStart(first, 1) - first;
  const day = Math.min(Number(now.slice(8)), length);
  return dateOf(Math.min(first + day - 1, dayOf(end)));
}
