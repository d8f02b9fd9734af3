import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { launchBrowser, serveFolder } from '../test/e2e/browser.js';
import { LabTerminal } from '../test/e2e/lab-terminal.js';
import type { Bench, Figure } from './figure.js';

/** A long task, by the browser's own account, takes over 50 ms. */
const BOUND = 50;

/** Runs an act and gives the longest task of the page's main thread meanwhile, 0 when none was over 50 ms, and its seconds. */
async function longestTask(page: Page, act: () => Promise<void>): Promise<{ longest: number; seconds: number }> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
    Object.assign(globalThis, { longTasks: tasks });
  });
  const started = performance.now();
  await act();
  // Entries are told with a delay.
  const longest = await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks);
  });
  return { longest, seconds: (performance.now() - started) / 1000 };
}

async function* measure(): AsyncGenerator<Figure> {
  if (!existsSync('dist/index.html')) throw new Error('there is no dist: run npm run build first');
  const server = await serveFolder('dist');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.locator('h1').first().waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const terminal = await LabTerminal.open(page);
    const run = async (line: string): Promise<void> => {
      if ((await terminal.run(line, 600_000)) !== 0) throw new Error(`${line} failed:\n${await terminal.text()}`);
    };
    await run('lab collect --dataset chicago_ridership && lab prepare');
    await page.goto(`${server.url}#/stage/train`);
    await page.locator('main h1').first().waitFor();
    const net = await longestTask(page, () => run('lab train --model dense-net --set epochs=60'));
    yield { figure: 'main-thread while a dense net trains', value: net.longest, unit: 'ms, longest task', bound: BOUND, note: `${net.seconds.toFixed(1)} s` };
    await run('lab train --model linear && lab evaluate && lab register --name ridership --alias champion && lab deploy --service ridership');
    await page.goto(`${server.url}#/stage/monitor`);
    await page.locator('main h1').first().waitFor();
    const clock = await longestTask(page, () => run('lab advance --to 2016-08-28'));
    yield { figure: 'main-thread while the clock runs at full speed', value: clock.longest, unit: 'ms, longest task', bound: BOUND, note: `${clock.seconds.toFixed(1)} s` };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** The longest task of the page's main thread while the engine is busy, in the built site in Chromium. */
export const mainThread: Bench = { name: 'main-thread', measure };
