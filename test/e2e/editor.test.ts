import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findViolations } from './find-violations.js';
import { LabTerminal } from './lab-terminal.js';
import { openSite, type OpenSite } from './open-site.js';

describe('the project in the editor', () => {
  let site: OpenSite;
  let page: Page;
  const main = () => page.getByRole('main');
  const open = (path: string) => page.goto(`${site.server.url}#/editor/${path}`);
  const saved = () => main().getByText('Saved', { exact: true }).waitFor();
  const run = async (line: string): Promise<string> => {
    const terminal = await LabTerminal.open(page);
    await terminal.run(`clear; ${line}`);
    const text = await terminal.text();
    await page.getByTitle('Close the terminal').click();
    return text;
  };

  beforeAll(async () => {
    site = await openSite(4321, ['lab collect --dataset penguins', 'lab prepare --target species', 'lab pipeline']);
    ({ page } = site);
    page.setDefaultTimeout(30_000);
    await page.setViewportSize({ width: 1280, height: 900 });
  }, 90_000);
  afterAll(() => site.close());

  test('checks and completes TypeScript of the lab, and keeps what is typed', async () => {
    await page.goto(`${site.server.url}#/pipeline`);
    await main().getByRole('link', { name: 'Open the source' }).first().click();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await main().getByText('No problem found').waitFor();
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('fitRecipe(3);\n');
    await main().getByRole('list', { name: 'Problems' }).getByText(/Expected \d(-\d)? arguments/).waitFor();
    await page.keyboard.type('const t = fitReci');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget').getByLabel(/^fitRecipe/).first().waitFor();
    await page.keyboard.press('Escape');
    await saved();
    expect(await run('tail -2 src/prepare.ts')).toContain('const t = fitReci');
  });

  test('lets the keyboard in and out', async () => {
    await page.locator('.monaco-editor .view-line').first().click();
    const inside = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
    expect(await inside()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await inside()).toBe(false);
    await page.keyboard.press('Shift+Tab');
    expect(await inside()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await inside(), 'a Tab without Escape indents').toBe(true);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Tab');
    expect(await inside()).toBe(false);
    await saved();
  });

  test('shows what changed, as code and as plain text', async () => {
    await main().getByText('Changes', { exact: true }).click();
    await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    await main().getByText('Plain text', { exact: true }).click();
    await main().getByRole('group', { name: /Changes of src\/prepare\.ts/ }).getByText('fitRecipe(3);').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await main().getByText('Text', { exact: true }).click();
    await main().getByRole('textbox', { name: 'Text of src/prepare.ts' }).fill('// mine\n');
    await saved();
    expect(await run('cat src/prepare.ts; git restore src/prepare.ts; grep -c . src/prepare.ts')).toContain('// mine');
    await expect.poll(() => main().getByRole('textbox', { name: 'Text of src/prepare.ts' }).inputValue()).toContain("from 'looplab'");
  });

  test('settles a conflict with both sides named', async () => {
    await run('git switch -qc topic; printf "lr: topic\\n" > notes.yaml; git add -A; git commit -qm T; git switch -q main; printf "lr: main\\n" > notes.yaml; git add -A; git commit -qm M; git merge topic');
    await open('notes.yaml');
    const list = main().getByRole('region', { name: /1 place where both sides/ });
    await list.getByText('lr: main').waitFor();
    await list.getByText('lr: topic').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await list.getByRole('button', { name: 'Take topic' }).click();
    await main().getByRole('button', { name: 'Mark as settled' }).click();
    await main().getByLabel('Message of the commit').fill('Merge topic');
    await expect.poll(() => main().getByRole('button', { name: 'Commit' }).isEnabled()).toBe(true);
    await main().getByRole('button', { name: 'Commit' }).click();
    await main().getByText(/\[main [0-9a-f]{7}\] Merge topic/).waitFor();
    expect(await run('cat notes.yaml; git status -s; git log --format=%s%p -1')).toMatch(/lr: topic\nMerge topic[0-9a-f]{7} [0-9a-f]{7}/);
  });

  test('makes, renames and removes a file, and says why it cannot', async () => {
    await main().getByRole('button', { name: 'New file' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Path').fill('dvc.yaml');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await dialog.getByText(/already something called dvc\.yaml/).waitFor();
    await dialog.getByLabel('Path').fill('docs/plan.md');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await main().getByRole('textbox', { name: 'Text of docs/plan.md' }).fill('# Plan\n\n<img src=x onerror=alert(1)><script>alert(2)</script>\n\n:command[rm -rf .]\n');
    await saved();
    await main().getByText('Preview', { exact: true }).click();
    await main().getByRole('heading', { name: 'Plan' }).waitFor();
    expect(await main().locator('.page img, .page script, .page button').count()).toBe(0);
    await main().locator('.page').getByText(':command[rm -rf .]').waitFor();
    await main().getByRole('button', { name: 'Rename or move' }).click();
    await dialog.getByLabel('Path').fill('docs/done.md');
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.waitForURL(/#\/editor\/docs\/done\.md$/);
    await main().getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(async () => (await run('ls docs 2>&1')).includes('done.md')).toBe(false);
    expect(site.browser.errors).toEqual([]);
  });
});
