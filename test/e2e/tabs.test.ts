import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Claim } from '../../src/platform/storage/ownership.js';
import { launchBrowser, type StaticServer, type TestBrowser } from './browser.js';
import { gotoStorage, serveStoragePage } from './storage-page.js';

declare global {
  // in the page under test
  var claim: Claim;
  var lost: boolean;
}

let server: StaticServer;
let browser: TestBrowser;
beforeAll(async () => {
  server = await serveStoragePage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Claims and opens the project in a tab, as the app does; gives whether the tab owns it. */
const open = (page: Page, steal = false): Promise<boolean> =>
  page.evaluate(async (take) => {
    await globalThis.platform?.close();
    globalThis.claim = await storage.claimProject('tabs', { steal: take });
    globalThis.platform = await storage.open('tabs', !claim.owned);
    globalThis.lost = false;
    void claim.lost.then(() => {
      globalThis.lost = true;
      return platform.becomeReadOnly();
    });
    return claim.owned;
  }, steal);

const act = (page: Page, n: number): Promise<string> =>
  page.evaluate((number) => storage.act(platform, number, 1000).then(() => 'done', (error: { code?: string }) => error.code ?? String(error)), n);

test('one tab owns a project; another reads, follows, and can take over', async () => {
  const [first, second] = [await browser.newPage(), await browser.newPage()];
  await gotoStorage(first, server.url);
  await gotoStorage(second, server.url);
  expect(await open(first)).toBe(true);
  await first.evaluate(() => platform.git.init());
  expect(await act(first, 1)).toBe('done');

  expect(await open(second)).toBe(false);
  expect(await second.evaluate(() => storage.look(platform))).toEqual({ last: 1, problems: [] });
  expect(await act(second, 2)).toBe('read-only');
  const refused = await second.evaluate(async () => {
    const tries = [platform.files.write('x', 'y'), platform.files.remove('log.txt'), platform.files.makeFolder('z'), platform.objects.put('0'.repeat(32), new Uint8Array()), platform.git.createBranch('b'), platform.git.add(['.']), platform.save(), platform.wipe()];
    return (await Promise.allSettled(tries)).map((t) => (t.status === 'rejected' ? (t.reason as { code: string }).code : 'done'));
  });
  expect(new Set(refused)).toEqual(new Set(['read-only']));
  expect(await second.evaluate(() => storage.look(platform))).toEqual({ last: 1, problems: [] });

  // what the owner saves is seen
  const followed = second.evaluate(() => new Promise<void>((seen) => void platform.onOwnerSaved(() => seen())));
  expect(await act(first, 2)).toBe('done');
  await followed;
  expect(await second.evaluate(() => storage.look(platform))).toEqual({ last: 2, problems: [] });

  // taking over while the owner is at work: it learns of it and writes nothing any more
  const writing = first.evaluate(async () => {
    let n = 3;
    try {
      for (; ; n++) await storage.act(platform, n, 1000);
    } catch (error) {
      return { code: (error as { code: string }).code, done: n - 1 };
    }
  });
  await second.waitForTimeout(150);
  expect(await open(second, true)).toBe(true);
  const { code, done } = await writing;
  expect(code).toBe('read-only');
  expect(await first.evaluate(() => lost)).toBe(true);
  expect(await second.evaluate(() => storage.look(platform))).toEqual({ last: done, problems: [] });
  expect(await act(second, done + 1)).toBe('done');
  expect(await act(first, done + 2)).toBe('read-only');

  // a tab that closes leaves the project to the next
  await second.close();
  await gotoStorage(first, server.url);
  expect(await open(first)).toBe(true);
  expect(await first.evaluate(() => storage.look(platform))).toEqual({ last: done + 1, problems: [] });
  expect(browser.errors).toEqual([]);
});

test('the space used and whether the browser keeps it are known; wipe empties the project', async () => {
  const page = await browser.newPage();
  await gotoStorage(page, server.url);
  await open(page, true);
  const before = await page.evaluate(() => platform.usage());
  expect(before.used).toBeGreaterThan(0);
  expect(before.quota).toBeGreaterThan(before.used);
  expect(typeof (await page.evaluate(() => storage.askToPersist()))).toBe('boolean');
  await page.evaluate(() => platform.wipe());
  expect(await page.evaluate(() => storage.look(platform))).toEqual({ last: 0, problems: [] });
  await page.evaluate(() => platform.git.init());
  expect(await act(page, 1)).toBe('done');
  await gotoStorage(page, server.url);
  await open(page);
  expect(await page.evaluate(() => storage.look(platform))).toEqual({ last: 1, problems: [] });
});

test('shipped files come from below the page, and what is not there is said', async () => {
  const page = await browser.newPage();
  await gotoStorage(page, server.url);
  await page.evaluate(async () => (globalThis.platform = await storage.open('assets')));
  const codes = await page.evaluate(async () => {
    const tries = ['index.html', 'none.csv', '../out', 'https://elsewhere.example/x'].map((path) => platform.asset(path));
    return (await Promise.allSettled(tries)).map((t) => (t.status === 'rejected' ? (t.reason as { code: string }).code : t.value.length > 0));
  });
  expect(codes).toEqual([true, 'not-found', 'bad-path', 'bad-path']);
  const chunks = await page.evaluate(async () => {
    platform.offer(new File([new Uint8Array(2_500_000)], 'mine.csv'));
    const source = await platform.openSource('mine.csv');
    const sizes: number[] = [];
    for await (const chunk of source.chunks()) sizes.push(chunk.length);
    return { name: source.name, size: source.size, sizes };
  });
  expect(chunks.sizes.reduce((a, b) => a + b, 0)).toBe(2_500_000);
  expect(Math.max(...chunks.sizes)).toBeLessThan(1_100_000);
});
