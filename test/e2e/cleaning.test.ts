import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer, TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { openSite, type OpenSite } from './open-site.js';

describe('messy data, cleaned, promised and looked through for leaks', () => {
  let site: OpenSite;
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(4315, ['lab collect --dataset penguins_messy']);
    ({ server, browser, page } = site);
    page.setDefaultTimeout(30_000);
    await page.setViewportSize({ width: 1280, height: 900 });
  }, 90_000);
  afterAll(() => site.close());

  const main = () => page.getByRole('main');
  const press = (name: RegExp | string) => main().getByRole('button', { name }).first().click();
  const ran = (command: RegExp) => main().getByText(command).first().waitFor();
  const open = (tab: string) => page.goto(`${server.url}#/stage/data/${tab}`);

  test('takes suggestions and a step of its own, sees before and after, moves, undoes, and is graded', async () => {
    await open('clean');
    await press(/^Add this step: .*exact copies/);
    await ran(/^lab clean --step deduplicate --keep first$/);
    await main().getByText('14 rows dropped').waitFor();
    await press(/^Add this step: .*sex.*other ways/);
    await ran(/^lab clean --step replace --columns sex/);
    const region = main().getByRole('region', { name: 'Before and after step 2' });
    await region.locator('del', { hasText: 'femal' }).first().waitFor();
    await region.locator('ins', { hasText: 'female' }).first().waitFor();
    await main().getByText('Add a step of your own').click();
    await main().getByLabel('What to do').selectOption('missing');
    await main().getByLabel('Values that mean').fill('-, 999');
    await main().getByRole('checkbox', { name: 'bill_depth_mm' }).check();
    await press('Add the step');
    await ran(/^lab clean --step missing --columns bill_depth_mm --values -,999$/);
    await press('Move step 3 up');
    await ran(/^lab clean --move 3 --place 2$/);
    await press('Grade the cleaning');
    await main().getByText(/of \d+ spoilt cells and rows/).waitFor();
    await press('Undo the last step');
    await ran(/^lab clean --undo$/);
    expect(await findViolations(page)).toEqual([]);
  });

  test('writes a contract, refuses a broken one, and reports what is broken with lines', async () => {
    await open('contract');
    await press('Propose a contract');
    const editor = main().getByLabel('The contract, data/contract.yaml');
    await editor.waitFor();
    await press('Check the cleaned data');
    await main().getByText('Every promise is kept').waitFor();
    const text = await editor.inputValue();
    await editor.fill(text.replace('type: integer', 'type: colour'));
    await main().getByText(/type is one of/).waitFor();
    expect(await main().getByRole('button', { name: 'Save the contract' }).isDisabled()).toBe(true);
    await editor.fill(text.replace(/allowed:[\s\S]*?(?=\n {2}\w)/, 'allowed: [Nobody]'));
    await press('Save the contract');
    await ran(/^lab contract --text/);
    await press('Check the cleaned data');
    await main().getByText('1 promise is broken').waitFor();
    await main().getByRole('region', { name: 'Broken promises' }).getByText('value not allowed').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  test('finds leaks with a remedy that works, also in Arabic on a narrow page', async () => {
    await open('prepare');
    await press(/^Prepare to predict/);
    await main().getByText(/^lab prepare/).first().waitFor();
    await press('Look for leaks');
    await main().getByText(/test rows belong to a .*row_id/).waitFor();
    await press('Do this');
    await main().getByText(/--split group --group row_id/).first().waitFor();
    await main().getByText(/^No leak was found$/).waitFor();
    await page.evaluate(() => localStorage.setItem('looplab.preferences', JSON.stringify({ locale: 'ar', theme: 'light' })));
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    for (const tab of ['clean', 'contract', 'prepare']) {
      await open(tab);
      await main().getByRole('heading', { level: 2 }).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), tab).toBeLessThanOrEqual(390);
    }
    expect(browser.errors).toEqual([]);
  });
});
