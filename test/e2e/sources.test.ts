import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';
import { LabTerminal } from './lab-terminal.js';

const TOKEN = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ grant_type: 'client_credentials', client_id: 'learner', client_secret: 'open-sesame' }) };

describe('the three sources in the browser', () => {
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await serveFolder('dist', { base: '/lab/', port: 5347 });
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(`${server.url}#/stage/data/collect`);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByLabel('Database', { exact: true }).waitFor();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  test('the database shows its schema, answers, names the place of an error, stops what never ends, and is collected', async () => {
    await page.getByLabel('Database', { exact: true }).check();
    await page.getByText('strike_details', { exact: true }).waitFor();
    const box = page.getByLabel('SQL statement');
    await box.fill('select count(*) as strikes\nfrom strikes');
    await box.press('Control+Enter');
    await page.getByRole('cell', { name: '9985' }).waitFor();
    await box.fill('select\n  wrong from strikes');
    await box.press('Control+Enter');
    await page.getByText('at line 2, column 3').waitFor();
    await box.fill('with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n');
    await box.press('Control+Enter');
    await page.getByRole('button', { name: 'Stop' }).click();
    await box.fill('select * from staff');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('1,470 rows in').waitFor();
    await page.getByRole('button', { name: 'Collect this result' }).click();
    await page.getByRole('heading', { name: 'Where it came from' }).waitFor();
  }, 30_000);

  test('the API answers any fetch of the page, and all its pages are collected', async () => {
    const seen = await page.evaluate(async (init) => {
      const refused = await fetch('./api/v1/applications');
      const { access_token } = (await (await fetch('./api/v1/token', init)).json()) as { access_token: string };
      const ask = () => fetch('./api/v1/applications?page=1&per_page=2', { headers: { authorization: `Bearer ${access_token}` } });
      const replies = await Promise.all(Array.from({ length: 20 }, ask));
      const late = replies.find(({ status }) => status === 429);
      return { refused: refused.status, type: refused.headers.get('content-type'), statuses: [...new Set(replies.map(({ status }) => status))].sort(), wait: late?.headers.get('retry-after') };
    }, TOKEN);
    expect(seen).toMatchObject({ refused: 401, type: 'application/problem+json', statuses: [200, 429] });
    expect(seen.wait).toMatch(/^[12]$/);
    await page.getByLabel('HTTP API').check();
    await page.getByRole('button', { name: 'Collect all applications' }).click();
    await page.getByText('changed its type on the way').waitFor({ timeout: 20_000 });
  }, 30_000);

  test('the stream arrives, and its events are collected', async () => {
    await page.getByLabel('Sensor stream').check();
    await page.getByLabel('200', { exact: true }).check();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('heading', { name: 'What is wrong with it so far' }).waitFor();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: /^Collect 1,000 events/ }).click();
    await page.getByText('station-1, seed 7, 1000 events').first().waitFor();
  }, 30_000);

  test('the terminal reaches them too', async () => {
    const terminal = await LabTerminal.open(page);
    expect(await terminal.run("lab collect --sql 'select state, count(*) n from strike_details group by state' --name states")).toBe(0);
    expect(await terminal.run("lab collect --sql 'drop table strikes'")).not.toBe(0);
    expect(await terminal.run('curl -s -o /tmp/t -w "%{http_code}" ./api/v1/decisions')).toBe(0);
    expect(browser.errors.filter((error) => !/40[13]|429/.test(error))).toEqual([]);
  }, 30_000);
});
