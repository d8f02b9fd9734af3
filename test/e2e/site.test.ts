import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';

/** What the page's own thread may not load before anything is asked of it. */
const HEAVY = /@tensorflow|isomorphic-git|just-bash|xterm-|vega\.github\.io\/schema|monaco-editor/;

/** Opens an address and gives the page with all that it asked for and every breach of its policy. */
async function open(browser: TestBrowser, url: string): Promise<{ page: Page; requests: string[]; breaches: string[] }> {
  const page = await browser.newPage();
  const requests: string[] = [];
  const breaches: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.exposeFunction('reportBreach', (words: string) => breaches.push(words));
  await page.addInitScript(() => {
    const { reportBreach } = globalThis as unknown as { reportBreach: (words: string) => void };
    addEventListener('securitypolicyviolation', (event) => reportBreach(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  return { page, requests, breaches };
}

describe('the built site', () => {
  let server: StaticServer;
  let browser: TestBrowser;
  beforeAll(async () => {
    server = await serveFolder('dist', { base: '/some/where/' });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  test('opens under a sub-path, without an error, asking nobody else', async () => {
    const { page, requests, breaches } = await open(browser, server.url);
    expect(await page.title()).toContain('Looplab');
    expect(requests.length).toBeGreaterThan(3);
    expect(requests.filter((url) => !url.startsWith(server.url) && !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);
    expect(breaches).toEqual([]);
    expect(browser.errors).toEqual([]);
    await page.close();
  });

  test('loads at most 80 KiB of JS and CSS for the first screen, and nothing heavy', async () => {
    const page = await browser.newPage();
    const loaded = new Set<string>();
    page.on('request', (request) => {
      if (request.frame() === page.mainFrame() && ['script', 'stylesheet'].includes(request.resourceType())) loaded.add(request.url());
    });
    await page.route('**/service-worker.js', (route) => route.abort());
    // what is fetched some time after the first picture is none of it, however slow the machine: later times never come
    await page.addInitScript(() => {
      const real = window.setTimeout.bind(window);
      Object.assign(window, { setTimeout: (work: () => void, ms = 0) => (ms >= 250 ? 0 : real(work, ms)) });
    });
    await page.goto(server.url);
    await page.locator('h1').first().waitFor();
    const files = [...loaded].filter((url) => !/\/(engine|dense-net-trainer)[^/]*\.js$/.test(url)).map((url) => `dist/${url.slice(server.url.length)}`);
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter((file) => HEAVY.test(readFileSync(file, 'utf8')))).toEqual([]);
    const kib = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length / 1024, 0);
    expect(kib).toBeLessThanOrEqual(80);
    await page.close();
  });

  test.each([
    ['light', 'en', 1280],
    ['dark', 'en', 1280],
    ['light', 'ar', 390],
    ['dark', 'ar', 390],
  ] as const)('home has no accessibility fault: %s, %s, %i px', async (colorScheme, locale, width) => {
    const page = await browser.newPage();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 844 });
    await page.addInitScript((chosen) => localStorage.setItem('looplab.preferences', JSON.stringify({ locale: chosen })), locale);
    await page.goto(server.url);
    await page.locator('h1').first().waitFor();
    expect(await page.getAttribute('html', 'dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr');
    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'no sideways scrolling').toBeLessThanOrEqual(0);
    await page.close();
  });

  test('is installable: a manifest with relative addresses and icons of the sizes it names', async () => {
    const manifest = JSON.parse(readFileSync('dist/manifest.webmanifest', 'utf8')) as { start_url: string; scope: string; display: string; icons: { src: string; sizes: string; purpose?: string }[] };
    expect(manifest).toMatchObject({ start_url: './', scope: './', display: 'standalone' });
    expect(manifest.icons.some((icon) => icon.purpose === 'maskable')).toBe(true);
    for (const { src, sizes } of manifest.icons.filter((icon) => icon.src.endsWith('.png'))) {
      const png = readFileSync(`dist/${src}`);
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
  });
});
