import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer, TestBrowser } from './browser.js';
import { openSite, type OpenSite } from './open-site.js';

const WAIT = { timeout: 60_000 };

describe('a search for settings', () => {
  let site: OpenSite;
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(5359, ['lab collect --dataset concrete', 'lab prepare --target compressive_strength --drop mix_id --split random']);
    ({ server, browser, page } = site);
  }, 180_000);
  afterAll(() => site.close());

  const open = async (): Promise<void> => {
    await page.goto(`${server.url}#/stage/train`);
    await page.reload();
    await page.getByRole('radio', { name: 'Decision tree' }).check();
    await page.getByText('Search for good settings').click();
  };

  test('is made trial by trial, and goes on after a reload', async () => {
    await open();
    await page.getByLabel('Trials', { exact: true }).fill('3');
    await page.getByRole('button', { name: 'Make 3 trials' }).click();
    await page.getByText(/Best of 3 trials of/).waitFor(WAIT);
    await open();
    await page.getByText(/Best of 3 trials of/).waitFor(WAIT);
    await page.getByLabel('Trials', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Make 1 trial' }).click();
    await page.getByText(/Best of 4 trials of/).waitFor(WAIT);
    await page.getByRole('link', { name: 'Judge the best on the test rows' }).click();
    await page.waitForURL(/#\/stage\/evaluate\/[0-9a-f]{8}$/);
    expect(browser.errors).toEqual([]);
  });

  test('stops after the trial that runs when asked to', async () => {
    await open();
    await page.getByLabel('Trials', { exact: true }).fill('50');
    await page.getByRole('button', { name: 'Make 50 trials' }).click();
    await page.getByRole('button', { name: 'Stop after this trial' }).click();
    await page.getByRole('button', { name: 'Make 50 trials' }).waitFor(WAIT);
    const sentence = await page.getByText(/Best of \d+ trials of/).innerText();
    const made = Number(/Best of (\d+) trials/.exec(sentence)![1]);
    expect(made).toBeGreaterThanOrEqual(4);
    expect(made).toBeLessThan(40);
  });
});
