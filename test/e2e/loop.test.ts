import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';

/** Long enough for a busy machine; a lab that hangs still fails. */
const PATIENCE = 45_000;

describe('once around the loop, by clicking', () => {
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await serveFolder(process.env['DIST'] ?? 'dist', { base: '/lab/', port: 5373 });
    browser = await launchBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(server.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const main = () => page.getByRole('main');
  const open = async (address: string): Promise<void> => {
    await page.goto(`${server.url}#/stage/${address}`);
    await main().getByRole('heading', { level: 1 }).waitFor();
  };
  const act = (name: RegExp | string) => main().getByRole('button', { name }).first().click();
  const sees = (text: RegExp | string) => main().getByText(text).first().waitFor();
  const ran = (command: string) => main().getByText(command, { exact: true }).waitFor();

  test('empty stations offer the act before', async () => {
    for (const [stage, link] of [['deploy', 'Register a version'], ['monitor', 'Deploy a version'], ['retrain', 'Deploy a version'], ['retire', 'Register a version']] as const) {
      await open(stage);
      await main().getByRole('link', { name: link }).waitFor();
    }
  });

  test('collects, prepares, trains, judges and registers', async () => {
    await open('data/collect');
    await act(/^Collect/);
    await ran('lab collect --dataset chicago_ridership');
    await open('data/prepare');
    await act(/^Prepare/);
    await main().getByText(/^lab prepare/).waitFor();
    await open('train');
    await act(/^Train the linear model/i);
    await main().getByText(/^lab train --model linear/).waitFor();
    await open('evaluate');
    await act(/^Judge/);
    await sees(/It beats guessing/);
    await open('register');
    await act(/^Register .?ridership/);
    await main().getByText(/^lab register .*--name ridership --alias champion$/).waitFor();
  });

  test('deploys, and the answer is the number of the evaluation', async () => {
    await open('deploy');
    await act(/^Deploy .*version 1/);
    await sees('Answers now');
    await main().getByLabel('Body of the request').waitFor();
    await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('lag14_clark_lake'));
    await act('Send the request');
    await sees('HTTP 200');
    await sees(/to the last digit the same number/);
    for (const [preset, words] of [['an input is missing', 'missing input'], ['not JSON', 'the body is not JSON']] as const) {
      await main().getByText(preset, { exact: true }).click();
      await act('Send the request');
      await sees('HTTP 400');
      await main().getByText(words).first().waitFor();
    }
    expect(browser.errors.splice(0).filter((error) => !error.includes('status of 400'))).toEqual([]);
  });

  test('plays the clock, goes on when the panel changes, and pauses', async () => {
    await open('monitor');
    expect(await main().locator('time').first().textContent()).toBe('1 Jan 2005');
    await main().getByText('as much as can be').click();
    await act('Let time pass');
    await page.waitForFunction(() => document.querySelector('main time')?.textContent?.includes('2005') === true && !document.querySelector('main time')?.textContent?.includes('Jan'));
    await open('retire');
    const lastCommand = () => page.locator('.drawer .bar').textContent();
    const before = await lastCommand();
    await expect.poll(lastCommand, { timeout: 20_000 }).not.toBe(before);
    await open('monitor');
    await main().getByRole('button', { name: 'Pause' }).click();
    await main().getByRole('button', { name: 'Let time pass' }).waitFor();
    await act('+1 year');
    await expect.poll(async () => Number((await main().locator('time').first().textContent())?.slice(-4)), { timeout: 20_000 }).toBeGreaterThanOrEqual(2006);
  });

  test('watches the promise break until the days are over', async () => {
    await act('Let time pass');
    await main().getByText('The recorded days are over').waitFor({ timeout: 2 * PATIENCE });
    await sees(/over the alert limit/);
    await sees(/RMSE of the window is .*; the limit is/);
    await main().getByRole('img', { name: /^RMSE by month/ }).waitFor();
  }, 3 * PATIENCE);

  test('tells season from drift', async () => {
    await open('monitor/drift');
    await main().getByLabel('Window', { exact: true }).selectOption('2015-07-01');
    await sees(/temp.? looks drifted against all of training \(PSI 4\.\d+\) but not against the same season \(0\.1\d*\)/);
    await sees(/have moved even against the same season; .?lag14_/);
  });

  test('changes a sensor and puts it right', async () => {
    await open('monitor/sensors');
    await act(/^Let .*temp.* report in Celsius/);
    await sees('A sensor reports something else');
    await act(/^Put .*temp.* right again/);
    await main().getByText('A sensor reports something else').waitFor({ state: 'detached' });
  });

  test('refuses to retire what is used, retrains, promotes, and then lets the old one go', async () => {
    await open('retire');
    await main().getByLabel('Reason').fill('The city has changed.');
    await act(/^Retire .*version 1/);
    await sees(/The service .*ridership.* answers with it/);
    await sees(/The alias .*champion.* points to it/);
    await open('retrain');
    await act('Retrain on the last two years');
    await sees(/is better by \d+%, on 90 rows/);
    await act(/^Promote .*version 2/);
    await sees(/Version 2 is the champion/);
    await sees(/Learned from 1,074 rows, 22 Jan 2001 to 31 Dec 2003/);
    await open('retire');
    await main().getByLabel('Reason').fill('The city has changed.');
    await act(/^Retire .*version 1/);
    await sees('Tombstones');
    await sees('Requests answered');
    await ran("lab retire --name ridership --version 1 --reason 'The city has changed.'");
  });

  test('keeps all of it through a reload', async () => {
    await page.reload();
    await sees('Tombstones');
    await open('deploy');
    await sees(/version 2/);
    expect(browser.errors.filter((error) => !error.includes('status of 400'))).toEqual([]);
  });
});
