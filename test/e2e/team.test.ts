import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOGIN, openGitServer } from '../terminal/git-http-server.js';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { LabTerminal } from './lab-terminal.js';

describe('the team panel', () => {
  let server: StaticServer;
  let remote: Awaited<ReturnType<typeof openGitServer>>;
  let browser: TestBrowser;
  let page: Page;
  const elsewhere: string[] = [];

  beforeAll(async () => {
    [server, remote] = await Promise.all([serveFolder('dist', { port: 4312 }), openGitServer()]);
    browser = await launchBrowser();
    page = await browser.newPage();
    page.context().on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
    });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${server.url}#/team`);
    await page.getByRole('button', { name: 'Share the project with a colleague' }).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
    await remote.close();
  });

  const act = (name: string) => page.getByRole('button', { name, exact: true });
  const log = () => page.getByRole('log').textContent();
  const inTerminal = async (...lines: string[]): Promise<void> => {
    const terminal = await LabTerminal.open(page);
    for (const line of lines) expect([line, await terminal.run(line)]).toEqual([line, 0]);
    await page.getByTitle('Close the terminal').click();
  };

  test('goes from the first push through a refusal to a merge, each button with its command', async () => {
    await act('Share the project with a colleague').click();
    await act('Connect to the shared repository').click();
    await act('Push for the first time').click();
    await expect.poll(log).toContain('* [new branch]      main -> main');
    await expect.poll(() => page.locator('li.new').textContent()).toContain('Say in the README how we work together');
    await inTerminal('echo mine > notes.txt; git add notes.txt; git commit -qm "My note"');
    await expect.poll(() => page.locator('tr.current').textContent()).toContain('1 commit ahead');
    expect(await page.locator('li', { has: act('Push') }).textContent()).toContain('git push');
    await act('Push').click();
    await expect.poll(log).toContain('! [rejected]        main -> main (fetch first)');
    await act('Bring it in').click();
    await expect.poll(log).toContain("Merge made by the 'ort' strategy.");
    await act('Push').click();
    await expect.poll(() => page.locator('tr.current').textContent()).toContain('up to date');
  }, 60_000);

  test('shows what the colleague says of a branch, and the approval when it is mended', async () => {
    await inTerminal('git switch -qc idea; printf "<<<<<<< HEAD\\na\\n=======\\nb\\n>>>>>>> x\\n" > idea.md; git add idea.md; git commit -qm "An idea"; git push -q -u origin idea');
    await act('Ask for a review').click();
    await expect.poll(() => page.locator('article article').textContent()).toContain('The markers of a merge were left in here.');
    await inTerminal('echo an idea > idea.md; git commit -qam "Settle it"; git push -q');
    await act('Ask for a review').click();
    await expect.poll(() => page.locator('article article').textContent()).toContain('Approved, and merged into main');
    expect(elsewhere).toEqual([]);
  }, 60_000);

  test('speaks to a server of another origin, asks who it is, and stores no password', async () => {
    await page.getByText('Add a remote').first().click();
    await page.getByLabel('Address').fill(remote.url);
    await page.locator('form').getByRole('button', { name: 'Add a remote' }).click();
    await page.locator('dt', { hasText: 'upstream' }).waitFor();
    const terminal = await LabTerminal.open(page);
    const pushed = terminal.run('git push upstream main');
    await page.getByRole('dialog').getByLabel('Name').fill(LOGIN.username);
    await page.getByLabel('Password or token').fill(LOGIN.password);
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    expect(await pushed).toBe(0);
    expect(await terminal.run('test "$(git rev-parse main)" = "$(git ls-remote upstream main | cut -f1)"')).toBe(0);
    remote.native('git clone -q team.git peer; cd peer; echo p > p; git add p; git commit -qm peer; git push -q');
    expect(await terminal.run(`git clone -q ${remote.url} copy; grep -q p copy/p`)).toBe(0);
    expect(remote.native('git -C team.git fsck --strict --full 2>&1')).toBe('');
    expect(new Set(elsewhere.map((url) => new URL(url).origin))).toEqual(new Set([new URL(remote.url).origin]));
    const stored = await page.evaluate(async (secret) => {
      const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.documentElement.outerHTML];
      for (const { name } of await indexedDB.databases()) {
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const open = indexedDB.open(name!);
          open.onsuccess = () => resolve(open.result);
          open.onerror = () => reject(open.error!);
        });
        for (const store of db.objectStoreNames) {
          const all = await new Promise<unknown[]>((resolve) => {
            const read = db.transaction(store).objectStore(store).getAll();
            read.onsuccess = () => resolve(read.result as unknown[]);
          });
          for (const value of all) texts.push(value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value, (_, v: unknown) => (v instanceof Uint8Array ? new TextDecoder().decode(v) : v)));
        }
        db.close();
      }
      return { secret: texts.some((text) => text.includes(secret)), known: texts.some((text) => text.includes('git push upstream main')) };
    }, LOGIN.password);
    expect(stored).toEqual({ secret: false, known: true });
    await page.getByTitle('Close the terminal').click();
  }, 60_000);

  test('is sound for keyboard and readers, wide and narrow, in both languages', async () => {
    for (const [locale, width] of [['en', 1280], ['ar', 390]] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.evaluate((chosen) => localStorage.setItem('looplab.preferences', JSON.stringify(chosen)), { locale, theme: 'light' });
      await page.reload();
      await page.locator('article article').first().waitFor({ timeout: 20_000 });
      if (process.env['SHOTS']) {
        await page.setViewportSize({ width, height: 2600 });
        await page.screenshot({ path: `${process.env['SHOTS']}/team-${locale}-${width}.png` });
        await page.setViewportSize({ width, height: 844 });
      }
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([await findViolations(page), sideways]).toEqual([[], 0]);
    }
    expect(browser.errors).toEqual([]);
  }, 60_000);
});
