import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { launchBrowser, serveFolder } from '../test/e2e/browser.js';
import { LabTerminal } from '../test/e2e/lab-terminal.js';
import type { Figure } from './figure.js';

/** The built site in Chromium, with a line of its terminal that throws when it fails. */
export interface BenchSite {
  readonly page: Page;
  readonly url: string;
  run(line: string): Promise<void>;
}

/** Measures on the built site, with the days of Chicago prepared. Throws when there is no `dist`. */
export async function* onSite(measure: (site: BenchSite) => AsyncGenerator<Figure>): AsyncGenerator<Figure> {
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
    yield* measure({ page, url: server.url, run });
  } finally {
    await browser.close();
    await server.close();
  }
}
