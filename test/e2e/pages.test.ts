import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const PLACES = ['lesson/why-mlops/0', 'stage/data', 'stage/train', 'stage/evaluate', 'stage/register', 'stage/deploy', 'stage/monitor', 'stage/retrain', 'stage/retire', 'lessons', 'datasets', 'datasets/chicago_ridership', 'history', 'runs', 'runs/hparams', 'project', 'nowhere'];

interface Looks {
  readonly locale: 'en' | 'ar';
  readonly theme: 'light' | 'dark';
  readonly width: number;
}

/** A page of the lab with these looks, at a lesson whose start brings a whole project along. */
async function open(browser: TestBrowser, url: string, { locale, theme, width }: Looks): Promise<Page> {
  const page = await browser.newPage();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 844 });
  await page.addInitScript((stored) => localStorage.getItem('looplab.preferences') ?? localStorage.setItem('looplab.preferences', stored), JSON.stringify({ locale, theme }));
  await page.goto(`${url}#/lesson/why-mlops/0`);
  await page.locator('header a[href$="stage/deploy"] .done').waitFor({ state: 'attached' });
  return page;
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((address) => (location.hash = `#/${address}`), place);
  await page.locator('main h1, main h2').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(700);
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } };
    return (await axe.run()).violations;
  });
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}

const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe('the pages', () => {
  let server: StaticServer;
  let browser: TestBrowser;
  beforeAll(async () => {
    server = await serveFolder('dist');
  });
  beforeEach(async () => {
    browser = await launchBrowser();
  });
  afterEach(() => browser.close());
  afterAll(() => server.close());

  test.each<Looks>([
    { locale: 'en', theme: 'light', width: 1280 },
    { locale: 'ar', theme: 'dark', width: 390 },
  ])('have no accessibility fault and never scroll sideways: $locale, $theme, $width px', async (looks) => {
    const page = await open(browser, server.url, looks);
    const found: Record<string, readonly string[]> = {};
    for (const place of PLACES) {
      await goTo(page, place);
      const wide = await overflow(page);
      const all = [...(await faults(page)), ...(wide > 0 ? [`${wide} px too wide`] : [])];
      if (all.length > 0) found[place] = all;
    }
    expect(found).toEqual({});
    expect(browser.errors).toEqual([]);
  });

  test('change language and theme at once, keep both, and mirror the ring', async () => {
    const page = await open(browser, server.url, { locale: 'en', theme: 'light', width: 1280 });
    await goTo(page, '');
    const start = () => page.evaluate(() => document.querySelector('main nav a[href$="stage/evaluate"]')!.getBoundingClientRect().left);
    const left = await start();
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Show the page in Arabic' }).click();
    await page.locator('html[dir="rtl"]').waitFor();
    expect(await start()).toBeLessThan(left);
    await page.getByRole('button', { name: 'استعمل المظهر الداكن' }).click();
    expect(await ground()).not.toBe(light);
    await page.reload();
    await page.locator('html[dir="rtl"][data-theme="dark"]').waitFor();
  });

  test('draw a chart under the page’s policy, with the table behind it', async () => {
    const page = await open(browser, server.url, { locale: 'en', theme: 'light', width: 1280 });
    await goTo(page, 'stage/evaluate');
    const figure = page.locator('figure', { has: page.getByRole('button', { name: /Show (as table|the chart)/ }) }).first();
    await figure.locator('svg.marks').waitFor();
    await figure.getByRole('button', { name: 'Show as table' }).click();
    expect(await figure.locator('tbody tr').count()).toBeGreaterThan(5);
    await figure.getByRole('button', { name: 'Show the chart' }).click();
    await figure.locator('svg.marks path').first().waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), figure.getByRole('button', { name: 'Download as SVG' }).click()]);
    expect(readFileSync((await file.path())!, 'utf8')).toMatch(/^<svg/);
  });

  test('take a new project back', async () => {
    const page = await open(browser, server.url, { locale: 'en', theme: 'light', width: 1280 });
    await goTo(page, 'project');
    const commit = () => page.locator('dd code').nth(1).textContent();
    const before = await commit();
    await page.getByRole('button', { name: 'Start a new project' }).click();
    await page.getByText('A new project is open').waitFor();
    expect(await commit()).not.toBe(before);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(commit, { timeout: 20_000 }).toBe(before);
  });

  test('lead a keyboard through: skip link, stations, terminal and back', async () => {
    const page = await open(browser, server.url, { locale: 'en', theme: 'light', width: 1280 });
    await goTo(page, '');
    await page.reload();
    await page.locator('main nav a').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.locator('a[href$="stage/train"]').last().focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#/stage/train');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    await page.getByRole('button', { name: /^Terminal/ }).press('Enter');
    await page.getByRole('separator').waitFor();
    const height = () => page.getByRole('separator').getAttribute('aria-valuenow');
    const before = Number(await height());
    await page.getByRole('separator').focus();
    for (let step = 1; step <= 2; step++) {
      await page.keyboard.press('ArrowUp');
      expect(Number(await height())).toBe(before + 40 * step);
    }
    await page.locator('.xterm').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('separator');
  });
});
