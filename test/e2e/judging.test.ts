import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer, TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { openSite, type OpenSite } from './open-site.js';

const WAIT = { timeout: 60_000 };

describe('a run judged in more than one way', () => {
  let site: OpenSite;
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(5357, ['lab collect --dataset hmda_boston', 'lab prepare --target denied --drop mortgage_insurance_denied,african_american --split stratified', 'lab train --model decision-tree --name tree', 'lab train --model logistic --name logit', 'lab evaluate']);
    ({ server, browser, page } = site);
    await page.goto(`${server.url}#/stage/evaluate`);
  }, 120_000);
  afterAll(() => site.close());

  const tab = (name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click();
  const report = (at = 0): Promise<void> => page.locator('main .report').nth(at).waitFor(WAIT);

  test('on folds, and against a rival', async () => {
    await tab('Folds and rivals');
    await page.getByRole('button', { name: 'Judge on each fold' }).click();
    await report();
    await page.getByText(/Log loss is 0\.\d+ on average/).waitFor();
    await page.getByRole('button', { name: /^Compare .*logit.* with .*tree/ }).click();
    await page.getByText(/logit.* is better than .*tree/).waitFor(WAIT);
  });

  test('by its weak spots', async () => {
    await tab('Where it fails');
    await page.getByRole('button', { name: 'Look for weak spots' }).click();
    await report();
    await page.getByRole('region', { name: 'Rows it gets most wrong' }).waitFor();
  });

  test('by how it treats groups, which has an address of its own', async () => {
    await tab('Fairness');
    await page.getByLabel('african_american').check();
    await page.getByLabel('Being chosen means').selectOption('no');
    await page.getByLabel('Try to make it fairer').selectOption('threshold');
    await page.getByRole('button', { name: 'Compare the groups' }).click();
    await report();
    await page.getByText(/Accuracy changes by/).waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#\/stage\/evaluate\/[0-9a-f]{8}-fairness$/);
    await page.reload();
    await page.getByText(/Accuracy changes by/).waitFor(WAIT);
  });

  test('by its reasons', async () => {
    await tab('Why');
    await page.getByRole('textbox', { name: 'Test row' }).fill('3');
    await page.getByRole('textbox', { name: 'Test row' }).press('Tab');
    await page.getByRole('button', { name: 'Explain test row 3' }).click();
    await report();
    await page.getByText(/denied = yes.*: 0\.\d+/).waitFor();
  });

  test('on a phone in Arabic without a fault that can be found', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => localStorage.setItem('looplab.preferences', JSON.stringify({ locale: 'ar', theme: 'dark' })));
    for (const part of ['folds', 'weaknesses', 'fairness', 'explain']) {
      await page.goto(`${server.url}#/stage/evaluate/${(await page.evaluate(() => location.hash)).split('/').at(-1)!.split('-')[0]}-${part}`);
      await page.reload();
      await report();
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ part, sideways, violations: await findViolations(page), errors: browser.errors.splice(0) }).toEqual({ part, sideways: 0, violations: [], errors: [] });
    }
  });
});
