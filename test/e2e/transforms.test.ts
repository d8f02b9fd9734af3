import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaticServer, TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { openSite, type OpenSite } from './open-site.js';

describe('transforms of single columns', () => {
  let site: OpenSite;
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(4347, ['lab collect --dataset chicago_ridership', "printf 'echo from $1\\n' > say.sh; bash say.sh script && cp say.sh again.sh && cp say.sh again.sh"]);
    ({ server, browser, page } = site);
    page.setDefaultTimeout(30_000);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${server.url}#/stage/data/prepare`);
  }, 90_000);
  afterAll(() => site.close());

  const main = () => page.getByRole('main');
  const charts = () => main().getByRole('figure');
  const chart = (words: RegExp) => charts().filter({ hasText: words });

  test('are chosen in the table, seen before and after, refused where they do not fit, and prepared', async () => {
    await main().getByText('Choose columns').click();
    const table = main().getByRole('region', { name: 'Column by column' });
    const becomes = table.getByLabel(/^What \W*temp_change\W* becomes$/);
    await becomes.selectOption('bins');
    await main().getByText('--transform temp_change=bins').waitFor();
    await chart(/temp_change\W*, before/).waitFor();
    await charts().filter({ hasText: '5 inputs of the model.' }).waitFor();
    await main().getByLabel('Bins', { exact: true }).fill('3');
    await charts().filter({ hasText: '3 inputs of the model.' }).waitFor();

    await becomes.selectOption('power');
    await chart(/temp_change\W*, after/).waitFor();
    await table.getByLabel(/^What \W*precip_max\W* becomes$/).selectOption('power');
    await main().getByLabel('Method').selectOption('box-cox');
    await main().getByText(/is not above 0, as the Box-Cox transform needs/).waitFor();
    await main().getByLabel('Method').selectOption('yeo-johnson');
    await chart(/precip_max\W*, after/).waitFor();
    await table.getByLabel(/^Role of .*date/).selectOption('date');
    await main().getByRole('checkbox', { name: 'day of the year, cyclic' }).check();
    await main().getByRole('checkbox', { name: 'year', exact: true }).uncheck();
    await main().getByLabel('Input shown').selectOption('date.year.sin');
    expect(await findViolations(page)).toEqual([]);

    await main().getByRole('button', { name: /^Prepare to predict/ }).click();
    await main().getByText(/^lab prepare .*--transform temp_change=power,precip_max=power,date=dates:month:weekday:day-of-year:cyclic-year/).first().waitFor();
    await main().getByRole('cell', { name: 'parts of a date', exact: true }).waitFor();
    await main().getByRole('cell', { name: 'a power', exact: true }).first().waitFor();
  });

  test('stand in the form again, also in Arabic on a narrow page', async () => {
    await page.evaluate(() => localStorage.setItem('looplab.preferences', JSON.stringify({ locale: 'ar', theme: 'light' })));
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await main().getByRole('button', { name: /انظر إلى .*date/ }).click();
    expect(await main().getByLabel(/^دور .*date/).inputValue()).toBe('date');
    await main().getByText('--transform date=dates:month:weekday:day-of-year:cyclic-year').waitFor();
    await charts().first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await findViolations(page)).toEqual([]);
    expect(browser.errors).toEqual([]);
  });
});
