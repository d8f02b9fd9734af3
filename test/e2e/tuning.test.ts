import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer, TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { LabTerminal } from './lab-terminal.js';
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

  const open = async (model: string): Promise<void> => {
    await page.goto(`${server.url}#/stage/train`);
    await page.reload();
    await page.getByRole('radio', { name: model }).check();
    await page.getByText('Search for good settings').click();
  };
  const fill = (label: string, value: string): Promise<void> => page.getByLabel(label, { exact: true }).fill(value);
  const kept = async (): Promise<number> => Number(/(\d+) trials? (is|are) kept/.exec(await page.getByText(/trials? (is|are) kept/).innerText(WAIT))![1]);

  test('whose page is closed in the middle has its ended trials, and goes on', async () => {
    await open('Gradient boosting');
    await fill('What is searched', 'iterations=200..300');
    await fill('Trials', '200');
    await fill('Trials at once', '2');
    await page.getByRole('button', { name: 'Make 200 trials' }).click();
    await page.getByText(/Trial \d+ · worker 1/).waitFor(WAIT);
    await page.getByText(/Trial \d+ · worker 2/).waitFor(WAIT);
    await page.getByText(/Best of [3-9] trials of/).waitFor(WAIT);
    await page.close();
    page = await browser.newPage();
    await open('Gradient boosting');
    const ended = await kept();
    expect(ended).toBeGreaterThanOrEqual(3);
    expect(ended).toBeLessThan(200);
    await fill('Trials', '2');
    await page.getByRole('button', { name: 'Go on with' }).click();
    await page.getByText(new RegExp(`Best of ${ended + 2} trials of`)).waitFor(WAIT);
    await page.getByText(/lab tune .*--name gradient-boosting-tpe/).first().waitFor(WAIT);
  });

  test('is paused after the trials that run, and cancelled without losing those that ended', async () => {
    await open('Decision tree');
    await fill('Trials', '400');
    await page.getByRole('button', { name: 'Make 400 trials' }).click();
    await page.getByText(/Best of \d+ trials? of .decision-tree-tpe/).waitFor(WAIT);
    await page.getByRole('button', { name: 'Pause' }).click();
    const paused = await kept();
    expect(paused).toBeLessThan(400);
    await page.getByRole('button', { name: 'Make 400 trials' }).click();
    await page.getByText(new RegExp(`Best of (?!${paused} )\\d+ trials of`)).waitFor(WAIT);
    await page.getByRole('article').getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText(/Trials that had ended are kept/).waitFor(WAIT);
    expect(await kept()).toBeGreaterThan(paused);
    await page.getByRole('link', { name: 'Judge the best on the test rows' }).click();
    await page.waitForURL(/#\/stage\/evaluate\/[0-9a-f]{8}$/);
    expect(browser.errors).toEqual([]);
  });

  test('shows what runs and what was found in both languages, on a phone too, without a fault that can be found', async () => {
    for (const [locale, theme, width] of [['en', 'light', 1280], ['ar', 'dark', 390]] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate((chosen) => localStorage.setItem('looplab.preferences', JSON.stringify(chosen)), { locale, theme });
      await page.goto(`${server.url}#/stage/train`);
      await page.reload();
      await page.locator('input[type=radio][value=gradient-boosting]').check();
      await page.getByText(locale === 'en' ? 'Search for good settings' : 'ابحث عن إعدادات جيدة').click();
      await fill(locale === 'en' ? 'Trials' : 'المحاولات', '400');
      await page.getByRole('button', { name: locale === 'en' ? 'Go on with' : 'تابع' }).click();
      await page.getByRole('progressbar').nth(1).waitFor(WAIT);
      await page.locator('figure svg').first().waitFor(WAIT);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect([locale, width, await findViolations(page), sideways]).toEqual([locale, width, [], 0]);
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/tuning-${locale}-${width}.png`, fullPage: true });
      await page.getByRole('article').getByRole('button', { name: locale === 'en' ? 'Stop' : 'أوقف' }).click();
      await page.getByRole('button', { name: locale === 'en' ? 'Go on with' : 'تابع' }).waitFor(WAIT);
      if (process.env['SHOTS']) {
        await page.setViewportSize({ width, height: 3600 });
        await page.screenshot({ path: `${process.env['SHOTS']}/tuning-${locale}-${width}-still.png` });
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => localStorage.setItem('looplab.preferences', JSON.stringify({ locale: 'en', theme: 'light' })));
    await page.reload();
  });

  test('trains nets in its workers, dense ones by the kernel and others on wasm', async () => {
    const terminal = await LabTerminal.open(page);
    expect(await terminal.run('lab tune --model dense-net --search epochs=2..3 --method grid --steps 2 --workers 2 --name nets')).toBe(0);
    expect(await terminal.text()).toMatch(/best of 2: rmse \d/);
    const by = (backend: string) => terminal.run(`grep -l '"backend": "${backend}"' .lab/runs/*.json | wc -l | grep -qx 2`);
    expect(await by('simd')).toBe(0);
    expect(await terminal.run('lab collect --dataset digits8x8 && lab prepare --split stratified && lab tune --model conv-net --search epochs=1..2 --method grid --steps 2 --folds 2 --workers 2 --name pictures', 60_000)).toBe(0);
    expect(await by('wasm')).toBe(0);
    expect(browser.errors).toEqual([]);
  });
});
