import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrowserPlatform } from '../../src/platform/browser-platform.js';
import { nativeGit, unpackTo } from '../platform/storage/native-git.js';
import { launchBrowser, type StaticServer, type TestBrowser } from './browser.js';
import { gotoStorage, serveStoragePage } from './storage-page.js';

declare global {
  // in the page under test
  var platform: BrowserPlatform;
}

const QUOTA = 20_000_000;
const ACT = 1_000_000;
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

/** Does one act and gives the code of what it throws. */
const tryAct = (page: Page, n: number): Promise<string> =>
  page.evaluate(
    async ([number, size]) => {
      try {
        await storage.act(platform, number!, size);
        return 'done';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    },
    [n, ACT],
  );

const open = (page: Page) =>
  page.evaluate(async () => {
    globalThis.platform = await storage.open('quota');
    return storage.look(platform);
  });

test('a full disk is said, nothing that was saved is lost, and after freeing space the same act works', async () => {
  const page = await browser.newPage();
  await gotoStorage(page, server.url);
  const session = await browser.context.newCDPSession(page);
  // has to come before the first use of the database
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: QUOTA });
  await open(page);
  await page.evaluate(() => platform.git.init());

  let n = 1;
  let outcome = await tryAct(page, n);
  while (outcome === 'done' && n < 40) outcome = await tryAct(page, ++n);
  expect(outcome).toBe('quota-full');
  expect(n).toBeGreaterThan(5);

  // a save that is tried again must fail again, not lose a part and say done
  expect(await page.evaluate(() => platform.save().then(() => 'saved', (error: { code: string }) => error.code))).toBe('quota-full');
  await page.evaluate(() => platform.discard());
  expect(await page.evaluate(() => storage.look(platform))).toEqual({ last: n - 1, problems: [] });
  expect(await tryAct(page, n)).toBe('quota-full');
  await page.evaluate(() => platform.discard());

  await gotoStorage(page, server.url);
  expect(await open(page)).toEqual({ last: n - 1, problems: [] });

  await page.evaluate(async () => {
    for (const { id } of (await platform.objects.list()).slice(0, 5)) await platform.objects.remove(id);
    await platform.save();
  });
  expect(await tryAct(page, n)).toBe('done');

  await gotoStorage(page, server.url);
  const { last, problems } = await open(page);
  expect(last).toBe(n);
  expect(problems.filter((p) => !p.endsWith(' objects'))).toEqual([]);
  const dir = await unpackTo(new Uint8Array(Buffer.from(await page.evaluate(() => storage.exportBase64(platform)), 'base64')));
  expect(await nativeGit(dir, 'fsck', '--strict', '--full')).toBe('');
  expect(await nativeGit(dir, 'status', '--porcelain')).toBe('');
  await rm(dir, { recursive: true });
  expect(browser.errors).toEqual([]);
});
