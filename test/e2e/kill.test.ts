import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nativeGit, unpackTo } from '../platform/storage/native-git.js';
import { launchBrowser, type StaticServer } from './browser.js';
import { gotoStorage, serveStoragePage } from './storage-page.js';

const KILLS = 24;
let server: StaticServer;
let profile: string;
beforeAll(async () => {
  server = await serveStoragePage();
  profile = await mkdtemp(join(tmpdir(), 'looplab-kill-'));
});
afterAll(async () => {
  await server.close();
  await rm(profile, { recursive: true, force: true });
});

test(
  `a browser that is killed ${KILLS} times at random moments opens at the last act that said done, or at the one after it`,
  async () => {
    let done = 0;
    const progress: number[] = [];
    for (let kill = 0; kill <= KILLS; kill++) {
      const browser = await launchBrowser({ profile });
      try {
        const page = await browser.newPage();
        await page.exposeFunction('done', (n: number) => void (done = n));
        await gotoStorage(page, server.url);
        const { last, problems } = await openAndLook(page);
        expect(problems, `after kill ${kill}`).toEqual([]);
        expect([done, done + 1], `after kill ${kill}`).toContain(last);
        await expectSoundExport(page, last);
        progress.push(last);
        done = last;
        if (kill < KILLS) await workUntil(page, last, 60 + Math.random() * 400);
      } finally {
        await browser.kill();
      }
    }
    // every session but the first must have got some acts done, or the test proves nothing
    expect(progress.filter((n, i) => i > 0 && n > progress[i - 1]!).length).toBeGreaterThan(KILLS * 0.8);
  },
  600_000,
);

test('a database that the browser finds damaged and throws away comes back whole from the other', async () => {
  const own = await mkdtemp(join(tmpdir(), 'looplab-torn-'));
  let done = 0;
  for (const damaged of ['none', 'IndexedDB', 'WebStorage', 'IndexedDB']) {
    if (damaged !== 'none') expect(await flipBytes(join(own, 'Default', damaged))).toBeGreaterThan(0);
    const browser = await launchBrowser({ profile: own });
    try {
      const page = await browser.newPage();
      await gotoStorage(page, server.url);
      expect(await openAndLook(page), `after damage to ${damaged}`).toEqual({ last: done, problems: [] });
      await expectSoundExport(page, done);
      done = await page.evaluate(async (start) => {
        const { platform } = globalThis as unknown as { platform: Awaited<ReturnType<typeof storage.open>> };
        if (start === 0) await platform.git.init();
        for (let n = start + 1; n <= start + 5; n++) await storage.act(platform, n);
        return start + 5;
      }, done);
    } finally {
      await browser.kill();
    }
  }
  await rm(own, { recursive: true, force: true });
});

/** Changes bytes in the middle of each log of the databases below a folder, as a torn write leaves them; gives how many logs there were. */
async function flipBytes(folder: string): Promise<number> {
  const logs = (await readdir(folder, { recursive: true })).filter((name) => /leveldb\/\d+\.log$/.test(name));
  for (const log of logs) {
    const bytes = await readFile(join(folder, log));
    const middle = Math.floor(bytes.length / 2);
    bytes.fill(0x55, middle, middle + 64);
    await writeFile(join(folder, log), bytes);
  }
  return logs.length;
}

/** What would be exported at this moment is a whole repository at the last act. */
async function expectSoundExport(page: Page, last: number): Promise<void> {
  if (last === 0) return;
  const zip = await page.evaluate(() => storage.exportBase64((globalThis as unknown as { platform: never }).platform));
  const dir = await unpackTo(new Uint8Array(Buffer.from(zip, 'base64')));
  expect(await nativeGit(dir, 'fsck', '--strict', '--full')).toBe('');
  expect(await nativeGit(dir, 'status', '--porcelain')).toBe('');
  expect(await nativeGit(dir, 'log', '-1', '--format=%s')).toBe(`act ${last}\n`);
  await rm(dir, { recursive: true, force: true });
}

const openAndLook = (page: Page) =>
  page.evaluate(async () => {
    const platform = await storage.open('kill');
    Object.assign(globalThis, { platform });
    return storage.look(platform);
  });

/** Starts acts one after the other and leaves them running when the time is over. */
async function workUntil(page: Page, from: number, milliseconds: number): Promise<void> {
  page
    .evaluate(async (start) => {
      const { platform, done } = globalThis as unknown as { platform: never; done(n: number): Promise<void> };
      const { git } = platform as { git: { init(): Promise<void> } };
      if (start === 0) await git.init();
      for (let n = start + 1; ; n++) {
        await storage.act(platform, n);
        await done(n);
      }
    }, from)
    .catch(() => undefined);
  await new Promise((wait) => setTimeout(wait, milliseconds));
}
