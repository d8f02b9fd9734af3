import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/e2e/browser.js';
import { gotoStorage, serveStoragePage } from '../test/e2e/storage-page.js';

const PAIRS = 60;
const WARM_UP = 10;
const FILES = 40;

/** The same project for both: files in a few folders, of the size of a lab's own. */
const fileAt = (i: number): { path: string; content: string } => ({ path: `folder${i % 6}/file${i}.yaml`, content: `key${i}: value\n`.repeat(60) });
const contentOf = (round: number): string => `round: ${round}\n${'metric: 0.123456789\n'.repeat(60)}`;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const git = (dir: string, ...args: string[]): void =>
  void execFileSync('git', ['-c', 'user.name=N', '-c', 'user.email=n@n', ...args], { cwd: dir, stdio: 'ignore', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' } });

async function prepareNative(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'looplab-bench-'));
  git(dir, 'init', '-q');
  for (let i = 0; i < FILES; i++) {
    await mkdir(join(dir, dirname(fileAt(i).path)), { recursive: true });
    await writeFile(join(dir, fileAt(i).path), fileAt(i).content);
  }
  git(dir, 'add', '.');
  git(dir, 'commit', '-q', '-m', 'start');
  return dir;
}

async function prepareOurs(page: Page): Promise<void> {
  const files = Array.from({ length: FILES }, (_, i) => fileAt(i));
  await page.evaluate(async (given) => {
    const platform = await storage.open('bench');
    await platform.git.init();
    for (const { path, content } of given) await platform.files.write(path, content);
    await platform.git.commitOnly(given.map((f) => f.path), 'start');
    await platform.save();
    Object.assign(globalThis, { platform });
  }, files);
}

/** Write, add, commit and the strict transaction: milliseconds in the page. */
const ours = (page: Page, path: string, content: string): Promise<number> =>
  page.evaluate(
    async ([p, c]) => {
      const { platform } = globalThis as unknown as { platform: Awaited<ReturnType<typeof storage.open>> };
      const start = performance.now();
      await platform.files.write(p!, c!);
      await platform.git.commitOnly([p!], 'change');
      await platform.save();
      return performance.now() - start;
    },
    [path, content],
  );

/** Write, `git add`, `git commit`: milliseconds. */
async function native(dir: string, path: string, content: string): Promise<number> {
  const start = performance.now();
  await writeFile(join(dir, path), content);
  git(dir, 'add', path);
  git(dir, 'commit', '-q', '-m', 'change');
  return performance.now() - start;
}

const server = await serveStoragePage();
const browser = await launchBrowser();
const dir = await prepareNative();
try {
  const page = await browser.newPage();
  await gotoStorage(page, server.url);
  await prepareOurs(page);
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < PAIRS + WARM_UP; round++) {
    const { path } = fileAt(round % FILES);
    const pair = [await ours(page, path, contentOf(round)), await native(dir, path, contentOf(round))] as const;
    if (round < WARM_UP) continue;
    mine.push(pair[0]);
    theirs.push(pair[1]);
  }
  const [oursMs, peerMs] = [median(mine), median(theirs)];
  const round = (n: number): number => Math.round(n * 1000) / 1000;
  console.log(JSON.stringify({ bench: 'durable-commit', ours_ms: round(oursMs), peer_ms: round(peerMs), ratio: round(oursMs / peerMs), pairs: PAIRS, peer: 'git add + git commit' }));
} finally {
  await browser.close();
  await server.close();
  await rm(dir, { recursive: true, force: true });
}
