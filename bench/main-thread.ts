import { loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import type { Bench, Figure } from './figure.js';
import { onSite, type BenchSite } from './on-site.js';
import { longestCpuTask } from './trace-tasks.js';

/** A long task, by the browser's own account, takes over 50 ms. */
const BOUND = 50;

/** Runs an act and gives the longest task of the page's main thread meanwhile, 0 when none was over 50 ms. */
async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
    Object.assign(globalThis, { longTasks: tasks });
  });
  await act();
  // Entries are told with a delay.
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks);
  });
}

/** Both figures of an act that can be done twice: on the clock, and in CPU time, which a busy machine does not spoil. */
async function* both(name: string, page: Page, first: () => Promise<void>, second: () => Promise<void>): AsyncGenerator<Figure> {
  const longest = await longestTask(page, first);
  yield { figure: name, value: longest, unit: 'ms, longest task over 50', bound: BOUND, note: `load ${loadavg()[0]!.toFixed(1)}` };
  yield { figure: `${name}, CPU`, value: await longestCpuTask(page, second), unit: 'CPU ms, longest task', bound: BOUND };
}

/** Lets the clock run by its button until its date has come. */
async function playUntil(page: Page, date: string): Promise<void> {
  await page.getByRole('button', { name: 'Let time pass' }).click();
  await page.waitForFunction((wanted) => (document.querySelector('main .date time')?.getAttribute('datetime') ?? '') >= wanted, date, { timeout: 600_000, polling: 200 });
  const pause = page.getByRole('button', { name: 'Pause' });
  if (await pause.isVisible()) await pause.click();
}

async function* watchThread({ page, url, run }: BenchSite): AsyncGenerator<Figure> {
  await page.goto(`${url}#/stage/train`);
  await page.locator('main h1').first().waitFor();
  const net = (): Promise<void> => run('lab train --model dense-net --set epochs=60');
  yield* both('main-thread while a dense net trains', page, net, net);
  await run('lab train --model linear && lab evaluate && lab register --name ridership --alias champion && lab deploy --service ridership');
  await page.goto(`${url}#/stage/monitor`);
  await page.locator('main h1').first().waitFor();
  const play = (date: string) => (): Promise<void> => playUntil(page, date);
  await page.getByTitle('Close the terminal').click();
  await page.getByText('as much as can be', { exact: true }).click();
  yield* both('main-thread while the clock runs at full speed', page, play('2010-12-31'), play('2016-08-28'));
}

/** The longest task of the page's main thread while the engine is busy, in the built site in Chromium. */
export const mainThread: Bench = { name: 'main-thread', measure: () => onSite(watchThread) };
