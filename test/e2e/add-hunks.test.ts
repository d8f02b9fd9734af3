import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabTerminal, typeLine } from './lab-terminal.js';
import { openSite, type OpenSite } from './open-site.js';

const SETUP = 'seq 1 30 > steps.txt; git add steps.txt; git commit -qm Steps; sed -i -e "s/^2$/two/" -e "s/^25$/XXV/" steps.txt';

describe('git add -p in the browser', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite(5361, [SETUP]);
  }, 90_000);
  afterAll(() => site?.close());

  it('asks hunk by hunk in the terminal, and stages what was chosen', async () => {
    const { page, browser } = site;
    const terminal = await LabTerminal.open(page);
    await terminal.run('clear');
    const answer = async (question: string, keys: readonly string[]): Promise<void> => {
      await expect.poll(() => terminal.text(), { timeout: 20_000 }).toContain(question);
      for (const key of keys) await page.keyboard.press(key);
    };
    await typeLine(page, 'git add -p');
    await page.keyboard.press('Enter');
    await answer('(1/2) Stage this hunk [y,n,q,a,d,j,J,g,/,?]?', ['x', 'Backspace', 'n', 'Enter']);
    await answer('(2/2) Stage this hunk [y,n,q,a,d,K,g,/,?]?', ['y', 'Enter']);
    expect(await terminal.run('git diff --cached --shortstat; git diff --cached | grep "^[-+][0-9X]"')).toBe(0);
    expect(await terminal.text()).toMatch(/1 file changed, 1 insertion\(\+\), 1 deletion\(-\)\s+-25\s+\+XXV/);
    await typeLine(page, 'git add -p');
    await page.keyboard.press('Enter');
    await answer('(1/1) Stage this hunk', ['Control+c']);
    expect(await terminal.run('git status --short')).toBe(0);
    expect(await terminal.text()).toContain('MM steps.txt');
    expect(browser.errors).toEqual([]);
  }, 60_000);
});
