import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer, TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { openSite, type OpenSite } from './open-site.js';
import { LabTerminal } from './lab-terminal.js';

describe('the pipeline panel', () => {
  let site: OpenSite;
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(5353, ['lab collect --dataset chicago_ridership']);
    ({ server, browser, page } = site);
    await page.goto(`${server.url}#/pipeline`);
    await page.locator('main h1').first().waitFor();
    expect(await page.getByRole('navigation').getByRole('link', { name: 'Pipeline' }).getAttribute('aria-current')).toBe('page');
  }, 120_000);
  afterAll(() => site.close());

  const stage = (name: string) => page.locator('button.stage', { hasText: name });
  const log = () => page.getByRole('log').textContent();

  test('writes the starter pipeline and runs it with live output', async () => {
    await page.getByRole('button', { name: 'Write the starter pipeline' }).click();
    await expect.poll(() => stage('train').textContent(), { timeout: 20_000 }).toContain('Never run');
    await page.getByRole('button', { name: 'Run what changed' }).click();
    await expect.poll(log, { timeout: 60_000 }).toMatch(/Running stage 'prepare':[\s\S]*training rows[\s\S]*Running stage 'evaluate':[\s\S]*dvc push/);
    await expect.poll(() => stage('evaluate').textContent()).toContain('Just ran');
    await expect.poll(() => page.getByRole('region', { name: 'Metrics against the last commit' }).textContent()).toContain('rmse');
    await page.locator('figure svg').first().waitFor({ timeout: 20_000 });
  }, 120_000);

  test('pushes to a second store, and says why a stage would run again', async () => {
    await page.getByRole('button', { name: 'Make a remote' }).click();
    await page.getByRole('button', { name: 'Push data' }).click();
    await expect.poll(log, { timeout: 20_000 }).toMatch(/\d+ files pushed/);
    await expect.poll(() => page.locator('main').textContent()).toContain('Cache and remote hold the same.');
    const terminal = await LabTerminal.open(page);
    expect(await terminal.run("sed -i 's/model: linear/model: dummy/' params.yaml")).toBe(0);
    await page.getByTitle('Close the terminal').click();
    await expect.poll(() => stage('train').textContent()).toContain('Changed: 1 reason');
    await stage('train').click();
    await expect.poll(() => page.locator('tr.marked').first().textContent()).toMatch(/pipeline\.train.*modified/);
  }, 60_000);

  test('is sound for keyboard and readers, wide and narrow, in both languages', async () => {
    for (const [locale, width] of [['en', 1280], ['ar', 390]] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.evaluate((chosen) => localStorage.setItem('looplab.preferences', JSON.stringify(chosen)), { locale, theme: 'light' });
      await page.reload();
      await page.locator('figure svg').first().waitFor({ timeout: 20_000 });
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([await findViolations(page), sideways]).toEqual([[], 0]);
    }
    expect(browser.errors).toEqual([]);
  }, 60_000);
});
