import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer, TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { openSite, type OpenSite } from './open-site.js';

const WAIT = { timeout: 30_000 };

describe('the board of runs', () => {
  let site: OpenSite;
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(5371, [
      'lab collect --dataset concrete',
      'lab prepare --target compressive_strength --drop mix_id --split random',
      'lab train --model linear --name ridge --set l2=1',
      'lab train --model gradient-boosting --name trees --set iterations=30',
      'lab train --model gradient-boosting --name "<img src=x onerror=alert(1)>" --set iterations=20,learningRate=0.3',
      'lab note --run ridge --text "# Start <script>alert(1)</script>, **plain**"',
    ]);
    ({ server, browser, page } = site);
  }, 180_000);
  afterAll(() => site.close());

  const open = async (place: string): Promise<void> => {
    await page.evaluate((address) => (location.hash = `#/${address}`), place);
    await page.locator('main h1').first().waitFor(WAIT);
  };
  const rows = () => page.locator('tbody tr[aria-rowindex]').count();

  test('finds runs by a filter that the address keeps, and says where one cannot be read', async () => {
    await open('runs');
    await expect.poll(rows).toBe(3);
    await page.getByLabel('Filter').fill("params.model = 'linear'");
    await expect.poll(rows).toBe(1);
    expect(decodeURIComponent(page.url())).toContain("#/runs?filter=params.model = 'linear'");
    await page.getByLabel('Filter').fill('metrics.train.rmse <');
    await page.getByText('Not readable at character 21').waitFor(WAIT);
    expect(await rows()).toBe(1);
    await page.reload();
    await page.getByText('Not readable at character 21').waitFor(WAIT);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(rows).toBe(3);
    expect(await findViolations(page)).toEqual([]);
  });

  test('lays chosen runs side by side, with curves and what differs between them', async () => {
    await open('runs');
    await page.getByLabel('Choose trees to compare').check();
    await page.getByLabel('Choose <img src=x onerror=alert(1)> to compare').check();
    await page.getByRole('link', { name: 'Compare 2 runs' }).click();
    await page.waitForURL(/#\/runs\/compare\/[0-9a-f]{12},[0-9a-f]{12}$/);
    await page.getByText(/values differ/).waitFor(WAIT);
    expect(await page.locator('tr', { hasText: 'params.learningRate' }).innerText()).toContain('≠ differs');
    await page.getByRole('tab', { name: 'Curves' }).click();
    await page.locator('[aria-busy=false] svg path').first().waitFor(WAIT);
    await page.getByLabel('Logarithmic scale').check();
    await page.getByLabel('Smoothing').fill('0.6');
    await page.getByText('smoothed by 60').waitFor(WAIT);
    await page.getByRole('tab', { name: 'Difference' }).click();
    await page.locator('summary', { hasText: 'params.yaml' }).waitFor(WAIT);
    await page.getByRole('tab', { name: 'Hyperparameters' }).click();
    await page.getByText(/2 of 2 runs lie within/).waitFor(WAIT);
    await page.getByLabel(/learningRate.*, from/).fill('1');
    await page.getByText(/1 of 2 runs lie within/).waitFor(WAIT);
    expect(await findViolations(page)).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
  });

  test('shows one run: its note without harm, a tag, its model, and trains it again', async () => {
    await open('runs');
    await page.getByRole('button', { name: 'ridge', exact: true }).click();
    await page.waitForURL(/#\/runs\/run\/[0-9a-f]{12}$/);
    await page.locator('strong', { hasText: 'plain' }).waitFor(WAIT);
    expect(await page.locator('main script').count()).toBe(0);
    await page.getByLabel('Key').fill('stage');
    await page.getByLabel('Value').fill('tried');
    await page.getByRole('button', { name: 'Set the tag' }).click();
    await page.getByRole('button', { name: /Remove the tag/ }).waitFor(WAIT);
    await page.getByRole('button', { name: /Show .*model\.json/ }).click();
    await page.getByRole('dialog').getByText('"kind": "linear"').waitFor(WAIT);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Train it again and compare' }).click();
    await page.getByText('The same model came out, bit for bit.').waitFor(WAIT);
    expect(await findViolations(page)).toEqual([]);
    await page.goto(`${server.url}#/runs/run/ffffffff`);
    await page.getByText('These runs are not in the project').waitFor(WAIT);
    expect(browser.errors).toEqual([]);
  });
});
