import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer, TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { openSite, type OpenSite } from './open-site.js';

/** Once around the loop, up to a retired first version. */
const LOOP = [
  'lab collect --dataset chicago_ridership',
  'lab prepare',
  'lab train --model linear',
  'lab evaluate',
  'lab register --name ridership --alias champion',
  'lab deploy --service ridership',
  'lab advance --to 2008-07-01',
  'lab retrain --service ridership',
  'lab promote --name ridership --version 2',
  'lab retire --name ridership --version 1 --reason decayed',
];
const PLACES = ['#/', '#/stage/data', '#/stage/train', '#/stage/evaluate', '#/stage/register', '#/stage/deploy', '#/stage/monitor', '#/stage/retrain', '#/stage/retire', '#/lessons', '#/datasets', '#/pipeline', '#/history', '#/project'];

describe('each place of a project that has been around the loop', () => {
  let site: OpenSite;
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(5347, LOOP);
    ({ server, browser, page } = site);
  }, 300_000);
  afterAll(() => site.close());

  /** Sets language, theme and width, and gives what is wrong at each place. */
  async function walk(locale: string, theme: string, width: number): Promise<Record<string, string[]>> {
    await page.setViewportSize({ width, height: 844 });
    await page.evaluate((chosen) => localStorage.setItem('looplab.preferences', JSON.stringify(chosen)), { locale, theme });
    await page.reload();
    const wrong: Record<string, string[]> = {};
    for (const place of PLACES) {
      await page.goto(`${server.url}${place}`);
      await page.locator('main h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const found = [...(await findViolations(page)), ...(sideways > 0 ? [`scrolls ${sideways} px sideways`] : []), ...browser.errors.splice(0)];
      if (found.length > 0) wrong[place] = found;
    }
    return wrong;
  }

  test.each([
    ['en', 'light', 1280],
    ['ar', 'dark', 390],
  ])('has no accessibility fault, no error and no sideways scroll: %s, %s, %i px', async (locale, theme, width) => {
    expect(await walk(locale, theme, width)).toEqual({});
  });
});
