import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { regressionMetrics } from '../../src/core/evaluate/regression-metrics.js';
import { parseCsv } from '../../src/core/table/csv-parser.js';
import { columnOf } from '../../src/core/table/select.js';
import type { NumericColumn } from '../../src/core/table/table.js';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';
import { LabTerminal } from './lab-terminal.js';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly json: { readonly error?: string; readonly model_name?: string; readonly inputs?: { readonly name: string }[]; readonly outputs?: { readonly data: number[] }[] };
}

const ask = (page: Page, path: string, init?: { method: string; body?: string }): Promise<Answer> =>
  page.evaluate(async ([address, options]) => {
    const response = await fetch(address, options);
    return { status: response.status, type: response.headers.get('content-type'), json: (await response.json()) as Answer['json'] };
  }, [`./serving/${path}`, init] as const);

/** The rows of 2004, on which the evaluation judges a model prepared with the defaults. */
const { table } = parseCsv(readFileSync('public/data/chicago_ridership.csv'));
const valuesOf = (name: string): Float64Array => (columnOf(table, name) as NumericColumn).values;
const testRows = [...valuesOf('date').keys()].filter((row) => valuesOf('date')[row]! >= Date.UTC(2004, 0, 1) && valuesOf('date')[row]! < Date.UTC(2005, 0, 1));

describe('the endpoint in the browser', () => {
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;
  let terminal: LabTerminal;
  let body: string;
  let predicted: number[];

  beforeAll(async () => {
    server = await serveFolder('dist', { base: '/lab/', port: 5346 });
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(server.url);
    await page.locator('h1').first().waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    terminal = await LabTerminal.open(page);
    const commands = ['lab collect --dataset chicago_ridership', 'lab prepare', 'lab train --model linear', 'lab evaluate', 'lab register --name ridership --alias champion', 'lab deploy --service ridership'];
    for (const command of commands) expect(await terminal.run(command), `${command}\n${await terminal.text()}`).toBe(0);
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  test('fetch from the page gives the numbers of the evaluation', async () => {
    const { json: metadata } = await ask(page, 'v2/models/ridership');
    const inputs = metadata.inputs!.map(({ name }) => ({ name, datatype: 'FP64', shape: [testRows.length], data: testRows.map((row) => valuesOf(name)[row]!) }));
    body = JSON.stringify({ inputs });
    const { status, type, json } = await ask(page, 'v2/models/ridership/infer', { method: 'POST', body });
    expect([status, type]).toEqual([200, 'application/json']);
    predicted = json.outputs![0]!.data;
    const { rmse } = regressionMetrics(testRows.map((row) => valuesOf('ridership')[row]!), predicted);
    expect(await terminal.run(`clear; grep '"test.rmse"' reports/metrics.json`)).toBe(0);
    expect(await terminal.text()).toContain(`"test.rmse": ${rmse},`);
  });

  test('curl in the terminal gives the same numbers', async () => {
    const one = JSON.parse(body) as { inputs: { shape: number[]; data: number[] }[] };
    const first = JSON.stringify({ inputs: one.inputs.map((input) => ({ ...input, shape: [1], data: input.data.slice(0, 1) })) });
    expect(await terminal.run(`clear; curl -s -X POST -d '${first}' ./serving/v2/models/ridership/infer | jq '.outputs[0].data[0]'`)).toBe(0);
    expect(await terminal.text()).toContain(String(predicted[0]));
    expect(await terminal.run('clear; curl -s ./serving/v2/models/nobody | jq -r .error')).toBe(0);
    expect(await terminal.text()).toContain('"nobody" is not served here');
  });

  test('another tab gets the same numbers, also by its address alone', async () => {
    const other = await browser.newPage();
    await other.goto(`${server.url}serving/v2/models/ridership/ready`);
    expect(JSON.parse((await other.textContent('body'))!)).toEqual({ name: 'ridership', ready: true });
    await other.goto(`${server.url}#/project`);
    await other.locator('main h1, main h2').first().waitFor();
    const { status, json } = await ask(other, 'v2/models/ridership/infer', { method: 'POST', body });
    expect(status).toBe(200);
    expect(json.outputs![0]!.data).toEqual(predicted);
    await other.close();
  });

  test.each<[string, { method: string; body?: string } | undefined, number, string]>([
    ['v2/models/nobody', undefined, 404, 'nobody'],
    ['v2/models/ridership/infer', { method: 'POST', body: '{' }, 400, 'not JSON'],
    ['v2/models/ridership/infer', { method: 'POST', body: '{"inputs":[]}' }, 400, 'missing input'],
    ['v2/models/ridership/infer', undefined, 405, 'use POST'],
    ['nothing/here', undefined, 404, 'nothing/here'],
  ])('%s %o is refused with %i', async (path, init, status, words) => {
    const answer = await ask(page, path, init);
    expect([answer.status, answer.json.error]).toEqual([status, expect.stringContaining(words)]);
  });

  test('a reload does not lose the endpoint, and without a tab it says why it cannot answer', async () => {
    await page.reload();
    const { status, json } = await ask(page, 'v2/models/ridership/infer', { method: 'POST', body });
    expect(status).toBe(200);
    expect(json.outputs![0]!.data).toEqual(predicted);
    const lone = await browser.newPage();
    await page.goto('about:blank');
    const response = await lone.goto(`${server.url}serving/v2`);
    expect([response!.status(), await response!.text()]).toEqual([503, expect.stringContaining('no tab of the lab is open')]);
  });
});
