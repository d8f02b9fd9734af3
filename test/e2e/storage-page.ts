import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { StoragePage } from './fixtures/storage/main.js';
import { serveFolder, type StaticServer } from './static-server.js';

declare global {
  // in the page under test
  var storage: StoragePage;
}

/** Builds the page that only holds the storage, as the app is built, and serves it from a plain host. */
export async function serveStoragePage(port = 0): Promise<StaticServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'looplab-page-'));
  const root = fileURLToPath(new URL('fixtures/storage', import.meta.url));
  await build({ root, base: './', configFile: false, logLevel: 'error', build: { outDir, emptyOutDir: true, target: 'chrome125' } });
  const server = await serveFolder(outDir, { port, base: '/lab/' });
  return { ...server, close: async () => (await server.close(), await rm(outDir, { recursive: true, force: true })) };
}

/** Goes to the page and waits until it can be called. */
export async function gotoStorage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => 'storage' in globalThis);
}
