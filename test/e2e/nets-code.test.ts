import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findViolations } from './find-violations.js';
import { LabTerminal } from './lab-terminal.js';
import { openSite, type OpenSite } from './open-site.js';

describe('nets written as code, and scores that code claims', () => {
  let site: OpenSite;
  let page: Page;
  const main = () => page.getByRole('main');
  const run = async (line: string): Promise<number> => {
    const terminal = await LabTerminal.open(page);
    const status = await terminal.run(line, 60_000);
    await page.getByTitle('Close the terminal').click();
    return status;
  };

  beforeAll(async () => {
    site = await openSite(4377, ['lab collect --dataset penguins', 'lab prepare --target species --split stratified', 'lab pipeline', 'dvc repro']);
    ({ page } = site);
    page.setDefaultTimeout(30_000);
    await page.setViewportSize({ width: 1280, height: 900 });
  }, 120_000);
  afterAll(() => site.close());

  test('a starter is written, read in the editor with its types, and trained', async () => {
    await page.goto(`${site.server.url}#/stage/train/coded-net`);
    await main().getByRole('button', { name: 'Write a starter and open it' }).click();
    await page.waitForURL(/#\/editor\/nets\/deep\.ts$/);
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await main().getByText('No problem found').waitFor();
    await main().getByRole('link', { name: 'To training' }).click();
    await main().getByRole('region', { name: 'Layers of the net' }).or(main().getByRole('table', { name: 'Layers of the net' })).first().waitFor();
    await expect.poll(() => main().textContent()).toMatch(/9 numbers go in, 3 come out\. 5 layers, 899 numbers to learn/);
    await main().getByRole('button', { name: /^Train/ }).first().click();
    await main().getByRole('heading', { name: /coded-net-1/ }).waitFor({ timeout: 60_000 });
    expect(await run('lab evaluate && lab register --name birds --alias champion')).toBe(0);
  }, 120_000);

  test('a fault is shown with its file and line, before anything is trained', async () => {
    expect(await run("sed -i \"s/dense(width, 'relu')/dense(-1, 'relu')/\" nets/deep.ts")).toBe(0);
    await main().getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => main().textContent()).toMatch(/In layer 1, dense, “units” cannot be “-1”.*nets\/deep\.ts, line 15/);
    await main().getByRole('link', { name: 'Open nets/deep.ts at line 15' }).waitFor();
    if (process.env['SHOTS']) await page.locator('section:has(> #own-net)').screenshot({ path: `${process.env['SHOTS']}/fault.png` });
    expect(await run("sed -i 's/dense(-1, /dense(width, /' nets/deep.ts")).toBe(0);
  }, 60_000);

  test('an honest score holds, and a stage that lies is found out', async () => {
    await page.goto(`${site.server.url}#/pipeline`);
    await main().getByRole('button', { name: 'Check the claimed score' }).click();
    await main().getByText('The claim holds.').waitFor({ timeout: 60_000 });
    expect(await run("sed -i \"s/metrics.json', metrics/metrics.json', { logLoss: 1e-9, accuracy: 1 }/\" src/evaluate.ts && dvc repro")).toBe(0);
    await main().getByText('The scores have changed since this check.').waitFor();
    await main().getByRole('button', { name: 'Check again' }).click();
    await main().getByText('The claim does not hold.').waitFor({ timeout: 60_000 });
    await expect.poll(() => main().textContent()).toMatch(/claimed .*, found .* on \d+ rows that the code never saw/);
  }, 150_000);

  test('both pages are sound, wide and narrow, in both languages', async () => {
    for (const [locale, width] of [['en', 1280], ['en', 390], ['ar', 1280], ['ar', 390]] as const) {
      await page.setViewportSize({ width, height: 1000 });
      await page.evaluate((chosen) => localStorage.setItem('looplab.preferences', JSON.stringify(chosen)), { locale, theme: 'light' });
      for (const [name, address, heading] of [['train', '#/stage/train/coded-net', '#own-net'], ['pipeline', '#/pipeline', '#score-check']] as const) {
        await page.goto(`${site.server.url}${address}`);
        await page.reload();
        await page.locator(heading).waitFor();
        await page.locator('section:has(> ' + heading + ') .frame, section:has(> ' + heading + ') a').first().waitFor();
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([name, locale, width, await findViolations(page), sideways]).toEqual([name, locale, width, [], 0]);
        if (process.env['SHOTS']) await page.locator(`section:has(> ${heading})`).screenshot({ path: `${process.env['SHOTS']}/${name}-${locale}-${width}.png` });
      }
    }
    expect(site.browser.errors).toEqual([]);
  }, 90_000);
});
