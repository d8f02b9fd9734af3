import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/e2e/browser.js';
import { gotoStorage, serveStoragePage } from '../test/e2e/storage-page.js';
import type { Bench } from './figure.js';

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

/** A durable commit of one changed file in the browser against native `git add` and `git commit`, in pairs. */
export const durableCommit: Bench = {
  name: 'durable-commit',
  async *measure() {
    const { oursMs, peerMs } = await measurePairs();
    yield { figure: 'durable-commit', value: oursMs / peerMs, unit: 'of the time of git add + git commit', bound: 1, note: `median of ${PAIRS} pairs` };
    yield { figure: 'durable-commit in the browser', value: oursMs, unit: 'ms', reference: peerMs, note: 'write, commit, strict transaction; reference: native git' };
  },
};

async function measurePairs(): Promise<{ oursMs: number; peerMs: number }> {
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
    return { oursMs: median(mine), peerMs: median(theirs) };
  } finally {
    await browser.close();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  }
}
