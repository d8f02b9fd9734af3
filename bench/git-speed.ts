import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { launchBrowser } from '../test/e2e/browser.js';
import { gotoStorage, serveStoragePage } from '../test/e2e/storage-page.js';
import { LabError } from '../src/core/lab-error.js';
import { openEngine } from '../src/lab/engine.js';
import type { Platform } from '../src/lab/platform.js';
import { openNodePlatform } from '../src/platform/node-platform.js';
import { createShell, type Shell } from '../src/terminal/shell.js';
import { cpuSeconds, type Bench, type Figure } from './figure.js';

const COMMITS = 500;
const FILES = 200;
const WARM_UP = 5;
const ROUNDS = 40;
const COMMANDS = ['git status', 'git log', 'git log --oneline', 'git status --short'] as const;
const none = (): Promise<never> => Promise.reject(new LabError('not-found'));
const ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_PAGER: 'cat', GIT_OPTIONAL_LOCKS: '1' };

const pathOf = (i: number): string => `folder${i % 12}/part${i % 3}/file${i}.yaml`;

/** The paths that each commit after the first changes. */
const CHANGES = Array.from({ length: COMMITS - 1 }, (_, i) => (i === 0 ? Array.from({ length: FILES }, (_path, n) => pathOf(n)) : [...new Set([pathOf(i % FILES), pathOf((i * 7) % FILES)])]));

/** Makes the commits; it also runs in the page, and so knows only what it is given. */
async function makeCommits(platform: Platform, changes: readonly (readonly string[])[]): Promise<void> {
  for (const [i, paths] of changes.entries()) {
    for (const path of paths) await platform.files.write(path, `round: ${i}\n${`key: ${path}\n`.repeat(60)}`);
    await platform.git.commitOnly(paths, `Change ${i}\n\nWith a line of body text.\n`);
  }
  await platform.save();
}

/** A project of a learner after months: the lab's own files, 200 others, and 500 commits that each change some of them. */
async function makeProject(dir: string): Promise<void> {
  let now = Date.UTC(2026, 0, 1);
  const platform = await openNodePlatform({ dir, nets: { train: none }, sandbox: { run: none }, assets: dir, now: () => (now += 1000) });
  await openEngine(platform);
  await makeCommits(platform, CHANGES);
  // an edited file and a new one, so that status has something to say
  writeFileSync(join(dir, pathOf(3)), 'edited: true\n');
  mkdirSync(dirname(join(dir, 'new/note.txt')), { recursive: true });
  writeFileSync(join(dir, 'new/note.txt'), 'new\n');
}

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** One line in our shell, as it is typed: milliseconds of wall and of CPU of this process. */
async function ours(shell: Shell, line: string): Promise<Cost & { text: string }> {
  let text = '';
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await shell.run(line, { onOutput: (t) => void (text += t) });
  return { wall: performance.now() - start, cpu: cpuSeconds(cpu) * 1000, text };
}

/** The same line as a process of its own, which is what typing it costs: wall from start to end, CPU as `time` gives it. */
function native(dir: string, line: string): Cost & { text: string } {
  const start = performance.now();
  const { stdout } = spawnSync('git', line.split(' ').slice(1), { cwd: dir, env: ENV, maxBuffer: 1 << 26 });
  return { wall: performance.now() - start, cpu: 0, text: stdout.toString() };
}

/** CPU milliseconds of one native run, as the mean of many in one child shell, whose own cost is taken off. */
function nativeCpu(dir: string, line: string): number {
  const loop = (command: string): number => {
    const script = `for i in $(seq ${ROUNDS}); do ${command} >/dev/null 2>&1; done; times`;
    const out = execFileSync('bash', ['-c', script], { cwd: dir, env: ENV, encoding: 'utf8' }).trim().split('\n').at(-1)!;
    return [...out.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0) * 1000;
  };
  return loop(line) / ROUNDS;
}

async function* measure(): AsyncGenerator<Figure> {
  const dir = mkdtempSync(join(tmpdir(), 'looplab-git-speed-'));
  try {
    await makeProject(dir);
    const opening = performance.now();
    const platform = await openNodePlatform({ dir, nets: { train: none }, sandbox: { run: none }, assets: dir });
    const engine = await openEngine(platform);
    yield { figure: `opening a project of ${COMMITS} commits and ${FILES} files`, value: (performance.now() - opening) / 1000, unit: 's', bound: 1, note: 'openEngine on Node' };
    const shell = createShell({ engine, platform, serve: (request) => engine.serve(request), formatError: (error) => error.code, now: Date.now });
    for (const line of COMMANDS) yield* compare(shell, dir, line);
    yield* measureBrowser(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The same project in the browser's storage, opened in a fresh page; then status and log there, without a terminal. */
async function* measureBrowser(dir: string): AsyncGenerator<Figure> {
  const server = await serveStoragePage();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    // the compiler gives functions their names by this one, which the page does not have
    await page.addInitScript('globalThis.__name = (f) => f');
    await gotoStorage(page, server.url);
    await page.evaluate(`globalThis.makeCommits = ${makeCommits.toString()}`);
    await page.evaluate(async (changes) => {
      const { platform } = await storage.openTimed('bench');
      await (globalThis as unknown as { makeCommits: typeof makeCommits }).makeCommits(platform, changes);
      await platform.close();
    }, CHANGES);
    await gotoStorage(page, server.url);
    const seen = await page.evaluate(async (rounds) => {
      const { platform, milliseconds } = await storage.openTimed('bench');
      await platform.files.write('new/note.txt', 'new\n');
      const time = async (work: () => Promise<unknown[]>): Promise<{ first: number; median: number; length: number }> => {
        const times: number[] = [];
        let length = 0;
        for (let i = 0; i < rounds; i++) {
          const start = performance.now();
          length = (await work()).length;
          times.push(performance.now() - start);
        }
        return { first: times[0]!, median: times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!, length };
      };
      return { milliseconds, status: await time(() => platform.git.status()), log: await time(() => platform.git.log()) };
    }, ROUNDS);
    if (seen.log.length !== COMMITS || seen.status.length !== 1) throw new Error(`wrong work: ${seen.log.length} commits, ${seen.status.length} entries`);
    yield { figure: `opening a project of ${COMMITS} commits and ${FILES} files in the browser`, value: seen.milliseconds / 1000, unit: 's', bound: 1, note: 'storage and openEngine in a fresh page' };
    for (const name of ['status', 'log'] as const) {
      const peer = median(Array.from({ length: ROUNDS }, () => native(dir, `git ${name}`).wall));
      yield { figure: `git ${name} in the browser, wall`, value: seen[name].median / peer, unit: 'of native git', bound: 3, note: `${seen[name].median.toFixed(1)} ms against ${peer.toFixed(1)} ms; first time ${seen[name].first.toFixed(0)} ms; without the terminal` };
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

async function* compare(shell: Shell, dir: string, line: string): AsyncGenerator<Figure> {
  const first = await ours(shell, line);
  const [mine, theirs]: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const pair = [await ours(shell, line), native(dir, line)] as const;
    if (line !== 'git log' && line !== 'git log --oneline' && pair[0].text !== pair[1].text) throw new Error(`${line}: ours says\n${pair[0].text}\nnative git says\n${pair[1].text}`);
    if (round < WARM_UP) continue;
    mine.push(pair[0]);
    theirs.push(pair[1]);
  }
  const [wall, cpu] = [median(mine.map((c) => c.wall)), mine.reduce((sum, c) => sum + c.cpu, 0) / ROUNDS];
  const [peerWall, peerCpu] = [median(theirs.map((c) => c.wall)), nativeCpu(dir, line)];
  yield { figure: `${line}, wall`, value: wall / peerWall, unit: 'of native git', bound: 3, note: `${wall.toFixed(1)} ms against ${peerWall.toFixed(1)} ms (median of ${ROUNDS} pairs, native with its process start); first time ${first.wall.toFixed(0)} ms` };
  yield { figure: `${line}, CPU`, value: cpu / peerCpu, unit: 'of native git', bound: 3, note: `${cpu.toFixed(1)} ms against ${peerCpu.toFixed(1)} ms` };
}

/** `git status` and `git log` typed again and again in one terminal, against native git in the same folder. */
export const gitSpeed: Bench = { name: 'git-speed', measure };
