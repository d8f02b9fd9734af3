import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer } from './browser.js';
import { findViolations } from './find-violations.js';
import { openSite, type OpenSite } from './open-site.js';

describe('features in the panel', () => {
  let site: OpenSite;
  let server: StaticServer;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(4337, ['lab collect --dataset chicago_ridership', 'lab prepare']);
    ({ server, page } = site);
    page.setDefaultTimeout(20_000);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${server.url}#/stage/data/features`);
  }, 90_000);
  afterAll(() => site.close());

  const main = () => page.getByRole('main');
  const press = (name: RegExp | string) => main().getByRole('button', { name }).first().click();
  const ran = (command: RegExp) => main().getByText(command).first().waitFor();

  test('a formula is read while it is typed: its fault has a place, its rows are shown, and it becomes a step', async () => {
    await main().getByLabel('Name of the new column').fill('heat');
    const formula = main().getByLabel('Formula', { exact: true });
    await formula.fill('max(temp - 65, 0) * (humidity');
    await main().getByText(/fault at character 30.*“\)” is missing/).waitFor();
    expect(await main().getByRole('button', { name: 'Add the step' }).isDisabled()).toBe(true);
    await formula.fill('ridership * 2');
    await main().getByText(/of the target ridership of the same row/).waitFor();
    await formula.fill('temp / bulls_home');
    await main().getByText(/rows have no finite value/).waitFor();
    await formula.fill('max(temp - 65, 0) * humidity');
    await main().getByRole('region', { name: 'What it would make' }).getByText('heat').waitFor();
    await press('Add the step');
    await ran(/^lab features --add formula --name heat --formula 'max\(temp - 65, 0\) \* humidity'$/);
    await main().getByRole('region', { name: 'Rows of step 1' }).getByText('heat').waitFor();
    await main().getByText('The recipe has changed since the data were prepared').waitFor();
  });

  test('what looks back is added, moved, measured, and the inputs are ranked', async () => {
    await main().getByText('Add a step').click();
    await main().getByLabel('What to make').selectOption('rolling');
    await main().getByLabel('Column', { exact: true }).selectOption('ridership');
    await main().getByLabel('Days that must lie between').fill('14');
    await press('Measure the effect');
    await main().getByText(/With the step the score changes by/).waitFor();
    await press('Add the step');
    await ran(/^lab features --add rolling --how mean --column ridership --last 7 --unit rows --time date --gap 14$/);
    await press('Move step 2 up');
    await ran(/^lab features --move 2 --place 1$/);
    await main().getByLabel('Ranked by').selectOption('correlation');
    await press('Rank the inputs');
    await main().getByText(/Inputs for .*ridership.* by correlation/).first().waitFor();
    await press('Undo the last step');
    await ran(/^lab features --undo$/);
    expect(await findViolations(page)).toEqual([]);
  });

  test('at 390 px and from right to left nothing is wider than the page', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => localStorage.setItem('looplab.preferences', JSON.stringify({ locale: 'ar', theme: 'dark' })));
    await page.reload();
    await page.getByText('أضف خطوة').first().waitFor();
    await page.getByText('هل تفيد؟').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await findViolations(page)).toEqual([]);
  });
});
