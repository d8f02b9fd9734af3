import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { findViolations } from './find-violations.js';
import { LabTerminal } from './lab-terminal.js';
import { openSite, type OpenSite } from './open-site.js';

const COMMANDS = [
  'lab collect --dataset penguins; lab prepare --target species --split stratified; lab train --model decision-tree --name first',
  'git switch -qc idea; echo one > notes.md; git add notes.md; git commit -qm "Write an idea down"; echo two >> notes.md; git commit -qam "Say more of it"; git switch -q main; git tag v0.1',
  'lab evaluate; git merge -q idea -m "Merge branch idea"; git switch -qc trial; lab train --model random-forest --set trees=5 --name second; git switch -q main; printf "draft\\n" > draft.txt',
];

describe('the history of commits', () => {
  let site: OpenSite;
  let page: Page;
  beforeAll(async () => {
    site = await openSite(5361, COMMANDS);
    page = site.page;
    await page.goto(`${site.server.url}#/history/commits`);
    await rows().first().waitFor();
  }, 120_000);
  afterAll(() => site.close());

  const detail = () => page.locator('article article');
  const rows = () => page.locator('ol a[data-commit]');
  const subjects = () => rows().locator('.subject').allTextContents();
  const inTerminal = async (line: string): Promise<void> => {
    const terminal = await LabTerminal.open(page);
    expect(await terminal.run(line)).toBe(0);
    await page.getByTitle('Close the terminal').click();
  };

  test('shows every branch, follows a command, and opens a commit by keyboard', async () => {
    expect(await page.locator('.ref').allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining('trial'), expect.stringContaining('main'), expect.stringContaining('v0.1'), expect.stringContaining('idea')]));
    expect(await page.locator('.ref.current').textContent()).toContain('main');
    expect(await page.getByText('1 file that git does not know').count()).toBe(1);
    expect(await rows().locator('path').count()).toBeGreaterThan(await rows().count());
    await inTerminal('git add draft.txt; git commit -qm "Keep the draft"');
    await expect.poll(subjects).toContain('Keep the draft');
    expect(await page.locator('li.fresh .subject').allTextContents()).toEqual(['Keep the draft']);
    await rows().first().focus();
    await page.keyboard.press('ArrowDown');
    const second = await page.evaluate(() => document.activeElement?.getAttribute('data-commit'));
    await page.keyboard.press('Enter');
    await detail().locator('h2').waitFor();
    expect(page.url()).toContain(`#/history/commits/${second}`);
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-commit'))).toBe(second);
  }, 30_000);

  test('draws what a commit changed, with signs, its parents and its step', async () => {
    await rows().filter({ hasText: 'Say more of it' }).click();
    await detail().locator('.subject', { hasText: 'Say more of it' }).waitFor();
    expect(await detail().locator('tr.plus .mark').allTextContents()).toEqual(['+']);
    expect(await detail().locator('tr.plus .code').allTextContents()).toEqual(['two']);
    await detail().locator('dd a').click();
    await detail().locator('.subject', { hasText: 'Write an idea down' }).waitFor();
    await rows().filter({ hasText: 'evaluate: first' }).click();
    await detail().locator('dd', { hasText: 'lab evaluate' }).waitFor();
  }, 30_000);

  test('undoes the last act as it was announced, and brings it back', async () => {
    await page.getByRole('button', { name: 'Undo: commit: Keep the draft' }).click();
    await expect.poll(subjects).not.toContain('Keep the draft');
    await page.getByRole('button', { name: 'Bring back: commit: Keep the draft' }).click();
    await expect.poll(subjects).toContain('Keep the draft');
    await inTerminal('lab train --model dummy --name third');
    await page.getByRole('button', { name: /^Undo: lab train --model dummy --name third \(run [0-9a-f]{8}\)$/ }).click();
    await expect.poll(subjects).toContain('Revert "train: dummy (third)"');
    await inTerminal('test "$(lab runs | grep -c third)" = 0; git status --short; lab verify');
    expect(site.browser.errors).toEqual([]);
  }, 60_000);

  test('is sound for keyboard and readers, wide and narrow, in both languages', async () => {
    await page.goto(`${site.server.url}#/history/commits`);
    const id = await rows().filter({ hasText: 'Say more of it' }).getAttribute('data-commit');
    for (const [locale, theme, width] of [['en', 'light', 1280], ['ar', 'dark', 390], ['ar', 'light', 1280], ['en', 'dark', 390]] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.evaluate((chosen) => localStorage.setItem('looplab.preferences', JSON.stringify(chosen)), { locale, theme });
      await page.goto(`${site.server.url}#/history/commits/${id}`);
      await page.reload();
      await detail().locator('h2').waitFor();
      if (process.env['SHOTS']) {
        await page.setViewportSize({ width, height: 1900 });
        await page.screenshot({ path: `${process.env['SHOTS']}/history-${locale}-${width}.png` });
        await page.setViewportSize({ width, height: 844 });
      }
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([locale, width, await findViolations(page), sideways]).toEqual([locale, width, [], 0]);
    }
    expect(site.browser.errors).toEqual([]);
  }, 60_000);
});
