import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listFiles } from '../checks/files.js';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';

const PORT = 5345;
const BASE = '/deep/lab/';
const STAGES = ['data', 'train', 'evaluate', 'register', 'deploy', 'monitor', 'retrain', 'retire'];
const PLACES = [...STAGES.map((stage) => `#/stage/${stage}`), '#/lessons', '#/datasets', '#/history', '#/project', '#/lesson/why-mlops/0'];

const md5 = (content: Buffer | string): string => createHash('md5').update(content).digest('hex');

/** Opens the lab and waits until the service worker has kept the whole site. */
async function visit(browser: TestBrowser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return page;
}

/** A second version of the site: another title, and the service worker that knows its new checksum. */
function makeNextVersion(folder: string): void {
  cpSync('dist', folder, { recursive: true });
  const before = readFileSync(`${folder}/index.html`, 'utf8');
  const after = before.replace('<head>', '<head><meta name="looplab-version" content="next">');
  const worker = readFileSync(`${folder}/service-worker.js`, 'utf8');
  expect(worker).toContain(md5(before));
  writeFileSync(`${folder}/index.html`, after);
  writeFileSync(`${folder}/service-worker.js`, worker.replace(md5(before), md5(after)));
}

describe('offline', () => {
  let server: StaticServer;
  let browser: TestBrowser;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'looplab-next-'));
    server = await serveFolder('dist', { base: BASE, port: PORT });
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('after the first visit the lab opens and every file of it is there with the server stopped', async () => {
    const first = await visit(browser, server.url);
    await first.close();
    await server.close();
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.locator('h1').first().waitFor();
    const files = listFiles('dist', ['']).map((path) => path.slice('dist/'.length)).filter((path) => /\.\w+$/.test(path) && !/(^|\/)\.|service-worker\.js$|\.map$/.test(path));
    expect(files.length).toBeGreaterThan(30);
    const broken: string[] = [];
    for (const file of files) {
      const digest = await page.evaluate(async (path) => {
        const response = await fetch(`./${path}`).catch(() => undefined);
        if (!response?.ok) return 'missing';
        const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
        return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      }, file);
      if (digest !== createHash('sha256').update(readFileSync(`dist/${file}`)).digest('hex')) broken.push(`${file}: ${digest}`);
    }
    expect(broken).toEqual([]);
    expect(browser.errors).toEqual([]);
  });

  test('every address of the lab opens with the server stopped', async () => {
    const page = await visit(browser, server.url);
    await server.close();
    const closed: string[] = [];
    for (const place of PLACES) {
      await page.goto(`${server.url}${place}`);
      await page.reload();
      const heading = page.locator('main h1, main h2').first();
      await heading.waitFor({ timeout: 10_000 }).catch(() => closed.push(place));
    }
    expect(closed).toEqual([]);
    expect(browser.errors).toEqual([]);
  });

  test('a new version asks first, and comes in when the reader agrees', async () => {
    const page = await visit(browser, server.url);
    const other = await visit(browser, server.url);
    const version = (of: Page): Promise<string | null> => of.evaluate(() => document.querySelector('meta[name=looplab-version]')?.getAttribute('content') ?? null);
    await server.close();
    makeNextVersion(folder);
    server = await serveFolder(folder, { base: BASE, port: PORT });
    await page.reload();
    const reload = page.getByRole('button', { name: 'Use it now' });
    await reload.waitFor();
    await page.reload();
    await reload.waitFor();
    expect(await version(page)).toBeNull();
    await Promise.all([page.waitForEvent('load'), reload.click()]);
    await page.locator('h1').first().waitFor();
    expect(await version(page)).toBe('next');
    expect(await page.getByRole('button', { name: 'Use it now' }).count()).toBe(0);
    await other.getByText('was started in another tab').waitFor();
    expect(await version(other)).toBeNull();
  });
});
