import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

export { serveFolder, type StaticServer } from './static-server.js';

export interface LaunchOptions {
  /** Profile folder to keep between launches; a fresh one that is deleted on close when missing. */
  readonly profile?: string;
  readonly args?: readonly string[];
}

export interface TestBrowser {
  readonly browser: Browser;
  /** The profile's own context: its storage is on disk. */
  readonly context: BrowserContext;
  /** A page whose errors are kept in `errors`. */
  newPage(): Promise<Page>;
  /** Uncaught errors and console errors of all pages made by `newPage`. */
  readonly errors: string[];
  /** Ends the whole browser at once (SIGKILL), as a crash or a power cut of the process would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-background-networking',
  '--enable-unsafe-webgpu',
  '--remote-debugging-port=0',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--password-store=basic',
];

/** As often as a hook's time allows, when each start hangs. */
const STARTS = 3;

/** Starts the system's Chromium (`CHROMIUM` or /usr/bin/chromium), headless, with a real profile on disk. */
export async function launchBrowser({ profile, args = [] }: LaunchOptions = {}): Promise<TestBrowser> {
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'looplab-browser-')));
  const dropProfile = async (): Promise<void> => {
    if (profile === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  for (let start = 1; ; start++) {
    await rm(join(folder, 'DevToolsActivePort'), { force: true });
    // a process group of its own, so that a kill takes the helpers along
    const child = spawn(EXECUTABLE, [...FLAGS, `--user-data-dir=${folder}`, ...args, 'about:blank'], { stdio: 'ignore', detached: true });
    try {
      const browser = await chromium.connectOverCDP(await endpoint(folder, child), { timeout: 10_000 });
      return control(browser, child, dropProfile);
    } catch (error) {
      await endGroup(child);
      // on a busy machine a start can fail before any page is open
      if (start < STARTS) continue;
      await dropProfile();
      throw error;
    }
  }
}

function control(browser: Browser, child: ChildProcess, dropProfile: () => Promise<void>): TestBrowser {
  const context = browser.contexts()[0]!;
  const errors: string[] = [];
  const kill = async (): Promise<void> => {
    await endGroup(child);
    await browser.close().catch(() => undefined);
  };
  return {
    browser,
    context,
    errors,
    kill,
    async newPage() {
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      return page;
    },
    async close() {
      await closePolitely(browser, child);
      await kill();
      await dropProfile();
    },
  };
}

async function closePolitely(browser: Browser, child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const session = await browser.newBrowserCDPSession().catch(() => undefined);
  await session?.send('Browser.close').catch(() => undefined);
  if (child.exitCode === null) await Promise.race([ended, pause(3000)]);
}

async function endpoint(folder: string, child: ChildProcess): Promise<string> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const text = await readFile(join(folder, 'DevToolsActivePort'), 'utf8').catch(() => '');
    const [port, path] = text.trim().split('\n');
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
    if (child.exitCode !== null) throw new Error(`${EXECUTABLE} ended with ${child.exitCode}`);
    await pause(50);
  }
  throw new Error(`${EXECUTABLE} did not open its debugging port`);
}

/** Kills the browser with its helpers and waits until the last of them is gone: one that lingers would still hold the profile's locks. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // the group has already ended
  }
  while ((await membersOf(child.pid)).length > 0) await pause(10);
}

/** Running processes of a group, by id; what has ended and waits for its parent does not count. */
async function membersOf(group: number): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')));
  return stats.flatMap((stat) => {
    const [, id, rest] = /^(\d+) \(.*\) (.*)$/s.exec(stat) ?? [];
    const [state, , processGroup] = rest?.split(' ') ?? [];
    return Number(processGroup) === group && state !== 'Z' && state !== 'X' ? [Number(id)] : [];
  });
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
