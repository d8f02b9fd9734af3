import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseJournal, verifyJournal } from '../../src/core/govern/journal.js';
import { parseDvcFile } from '../../src/core/version/dvc-file.js';
import { nativeGit, unpackTo } from '../platform/storage/native-git.js';
import { launchBrowser, serveFolder, type StaticServer } from './browser.js';
import { LabTerminal, typeLine } from './lab-terminal.js';

const KILLS = 20;
/** Every verb of the loop, over and over; each prints the number of journal steps once it is done. */
const WORK = [
  'lab collect --dataset chicago_ridership',
  'lab prepare',
  'lab train --model linear',
  'lab evaluate',
  'lab register --name ridership --alias champion',
  'lab deploy --service ridership',
  'lab advance --days 45',
  'lab monitor',
  'lab inject --column temp --kind fahrenheit-to-celsius',
  'lab retrain --window-days 365 --holdout-days 30',
];
const LOOP = `while true; do ${WORK.map((command) => `${command} > /dev/null 2>&1; echo "steps=$(lab status | grep -oE '[0-9]+ steps')"`).join('; ')}; done`;

let server: StaticServer;
let profile: string;
beforeAll(async () => {
  server = await serveFolder('dist', { port: 5348 });
  profile = await mkdtemp(join(tmpdir(), 'looplab-kill-verbs-'));
});
afterAll(async () => {
  await server.close();
  await rm(profile, { recursive: true, force: true });
});

test(
  `the lab that is killed ${KILLS} times in the middle of its verbs comes back whole, at the last step that was done`,
  async () => {
    let done = 0;
    const lengths: number[] = [];
    for (let kill = 0; kill <= KILLS; kill++) {
      const browser = await launchBrowser({ profile });
      try {
        const page = await browser.newPage();
        await page.goto(`${server.url}#/project`);
        const steps = await expectSoundExport(page);
        expect(steps, `after kill ${kill}`).toBeGreaterThanOrEqual(done);
        lengths.push(steps);
        done = steps;
        if (kill < KILLS) done = Math.max(done, await workUntilKilled(page, 1200 + Math.random() * 1500));
      } finally {
        await browser.kill();
      }
    }
    const grown = lengths.filter((length, i) => i > 0 && length > lengths[i - 1]!).length;
    expect(grown, lengths.join(' ')).toBeGreaterThan(KILLS * 0.6);
  },
  900_000,
);

/** What the Project page exports now is a sound repository with a whole journal and all data that it points at; gives its steps. */
async function expectSoundExport(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: 'Export the project' }).first();
  await button.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const dir = await unpackTo(new Uint8Array(await readFile(await download.path())));
  expect(await nativeGit(dir, 'fsck', '--strict', '--full')).toBe('');
  expect(await nativeGit(dir, 'status', '--porcelain')).toBe('');
  const journal = await readFile(join(dir, '.lab/journal.jsonl'), 'utf8').catch(() => '');
  expect(verifyJournal(journal)).toMatchObject({ ok: true });
  const last = parseJournal(journal).findLast((entry) => entry.commit !== undefined);
  if (last) expect(await nativeGit(dir, 'cat-file', '-t', last.commit!)).toBe('commit\n');
  for (const pointer of (await nativeGit(dir, 'ls-files', '*.dvc')).split('\n').filter(Boolean)) {
    const { md5 } = parseDvcFile(await readFile(join(dir, pointer), 'utf8'), pointer);
    await readFile(join(dir, '.dvc/cache/files/md5', md5.slice(0, 2), md5.slice(2)));
  }
  await rm(dir, { recursive: true, force: true });
  return parseJournal(journal).length;
}

/** Lets the terminal work and gives the number of steps that it had said were done when the time was up. */
async function workUntilKilled(page: Page, milliseconds: number): Promise<number> {
  await LabTerminal.open(page);
  await typeLine(page, LOOP);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(milliseconds);
  const text = await page.locator('.xterm-rows').textContent();
  return Math.max(0, ...[...(text ?? '').matchAll(/steps=(\d+) steps/g)].map((match) => Number(match[1])));
}
