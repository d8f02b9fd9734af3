import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';
import { LabTerminal, typeLine } from './lab-terminal.js';

describe('the terminal in the browser', () => {
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;
  let terminal: LabTerminal;

  beforeAll(async () => {
    server = await serveFolder(process.env['DIST'] ?? 'dist', { base: '/lab/' });
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(server.url);
    terminal = await LabTerminal.open(page);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const type = async (text: string, ...keys: string[]): Promise<void> => {
    if (text === '') await page.locator('.xterm-helper-textarea').focus();
    else await typeLine(page, text);
    for (const key of keys) await page.keyboard.press(key);
  };
  const shows = (words: string): Promise<unknown> => page.waitForFunction((w) => (document.querySelector('.xterm-rows')?.textContent ?? '').includes(w), words).catch(async (cause: unknown) => {
    throw new Error(`${words} is not on the screen:\n${await terminal.text()}`, { cause });
  });

  test('keeps what a line wrote, through a reload', async () => {
    expect(await terminal.run('echo kept > note.txt && git add . && git commit -qm Note')).toBe(0);
    await page.reload();
    terminal = await LabTerminal.open(page);
    expect(await terminal.run('grep -q kept note.txt && git log -1 --format=%s | grep -q Note && git status -s | wc -l | grep -q 0')).toBe(0);
  });

  test('packs and unpacks with the stand-in for zlib', async () => {
    expect(await terminal.run('echo squeezed | gzip | gunzip | grep -q squeezed')).toBe(0);
  });

  test('completes, recalls and searches', async () => {
    await terminal.run('clear');
    await type('git stat', 'Tab', 'Enter');
    await shows('git status ');
    await shows('On branch main');
    await type('', 'Control+r');
    await page.keyboard.insertText('squeez');
    await shows("(reverse-i-search)`squeez': echo squeezed");
    await page.keyboard.press('Escape');
    expect(await terminal.run('true')).toBe(0);
  });

  test('stops a running command with Ctrl+C', async () => {
    await type('sleep 100', 'Enter');
    await page.getByRole('button', { name: 'Stop the command' }).waitFor();
    await page.keyboard.press('Control+c');
    await page.getByRole('button', { name: 'Stop the command' }).waitFor({ state: 'detached' });
    expect(await terminal.run('test $? -eq 130')).toBe(0);
  });

  test('lets no output touch the page or the screen', async () => {
    const title = await page.title();
    expect(await terminal.run(String.raw`printf 'be\033[2Jfo\033]0;evil\007re\n'`)).toBe(0);
    expect(await terminal.text()).toContain('before');
    expect(await page.title()).toBe(title);
  });

  test('is no trap for the keyboard: Escape, then Tab or Shift+Tab leaves', async () => {
    for (const key of ['Tab', 'Shift+Tab']) {
      await page.locator('.xterm-helper-textarea').focus();
      await page.keyboard.press('Escape');
      await page.getByText('Tab now leaves the terminal.').waitFor();
      await page.keyboard.press(key);
      expect(await page.evaluate(() => document.activeElement?.classList.contains('xterm-helper-textarea'))).toBe(false);
    }
  });

  test('follows the size of the page', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => page.locator('.xterm-screen').evaluate((screen) => screen.getBoundingClientRect().right), { timeout: 20_000 }).toBeLessThanOrEqual(390);
    const [rows, room] = await Promise.all(['.xterm-rows', '.terminal .screen'].map((part) => page.locator(part).evaluate((e) => e.getBoundingClientRect().bottom)));
    expect(rows).toBeLessThanOrEqual(room!);
    // The key that left was let go elsewhere; xterm takes inserted text again only after a whole key press.
    await type('', 'Control+u');
    expect(await terminal.run('true', 10_000)).toBe(0);
  });

  test('raises no error', () => {
    expect(browser.errors).toEqual([]);
  });
});
