import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLab } from '../lab/open-lab.js';
import { createNodeNets } from '../../src/platform/tfjs/node-nets.js';
import type { StaticServer, TestBrowser } from './browser.js';
import { findViolations } from './find-violations.js';
import { LabTerminal } from './lab-terminal.js';
import { openSite, type OpenSite } from './open-site.js';

const WAIT = { timeout: 60_000 };

describe('pictures in the panels', () => {
  let site: OpenSite;
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(5371, ['lab collect --dataset digits8x8', 'lab prepare --split stratified', 'lab train --model conv-net --set epochs=2 --name net', 'lab evaluate', 'lab register --name digits --alias champion', 'lab deploy --service digits']);
    ({ server, browser, page } = site);
  }, 120_000);
  afterAll(() => site.close());

  test('are seen as pictures, with words for each, page by page', async () => {
    await page.goto(`${server.url}#/stage/data/look`);
    await page.getByRole('img', { name: /^Row 1, a picture of 8 by 8 pixels, labelled .0/ }).waitFor(WAIT);
    await page.getByRole('button', { name: 'Later rows' }).click();
    await page.getByText('Rows 25 to 48 of 1,797').waitFor();
    const inks = await page.locator('main canvas').first().evaluate((canvas: HTMLCanvasElement) => new Set(canvas.getContext('2d')!.getImageData(0, 0, 8, 8).data).size);
    expect(inks).toBeGreaterThan(4);
  });

  test('are learned by a conv net whose curve moves, and a cancel ends it', async () => {
    await page.goto(`${server.url}#/stage/train`);
    await page.getByRole('radio', { name: 'Conv net' }).check();
    await page.getByText(/Square pictures, one column for each pixel/).waitFor();
    await page.getByRole('textbox', { name: 'Epochs' }).fill('400');
    await page.getByRole('textbox', { name: 'Epochs' }).press('Tab');
    await page.getByRole('button', { name: /Train for 400 epochs/ }).click();
    await page.getByRole('img', { name: 'How the loss falls' }).first().waitFor(WAIT);
    await page.getByRole('button', { name: /^(Cancel|Stop)/ }).first().click();
    await page.getByRole('button', { name: /Train for 400 epochs/ }).waitFor(WAIT);
  });

  test('are explained by a heat map', async () => {
    await page.goto(`${server.url}#/stage/evaluate`);
    await page.getByRole('tab', { name: 'Why', exact: true }).click();
    await page.getByRole('button', { name: 'Explain test row 0' }).click();
    await page.getByRole('img', { name: /^Heat map of test row 0/ }).waitFor(WAIT);
    await page.getByRole('tab', { name: 'Where it fails', exact: true }).click();
    await page.getByRole('button', { name: 'Look for weak spots' }).click();
    await page.getByRole('img', { name: /the data says .*, the model says/ }).first().waitFor(WAIT);
  });

  test('are chosen by their look for a request', async () => {
    await page.goto(`${server.url}#/stage/deploy`);
    await page.getByRole('button', { name: 'Earlier rows' }).click(WAIT);
    await page.getByRole('button', { name: 'Ask about the picture of row 1,786' }).click();
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText(/"label"|probabilities/).first().waitFor(WAIT);
    expect(await page.getByRole('button', { name: 'Ask about the picture of row 1,786' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('give the same model here as in Node, bit for bit', async () => {
    const lab = await openLab(createNodeNets());
    for (const [verb, args] of [['collect', { dataset: 'digits8x8' }], ['prepare', { split: 'stratified' }], ['train', { model: 'conv-net', set: ['epochs=2'] }]] as const) await lab.act(verb, args);
    const [run] = lab.engine.snapshot.runs;
    const terminal = await LabTerminal.open(page);
    await terminal.run('clear; grep md5 models/model.json.dvc');
    expect(await terminal.text()).toContain(run!.modelDigest);
    await page.getByTitle('Close the terminal').click();
  });

  test('on a phone in Arabic without a fault that can be found', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => localStorage.setItem('looplab.preferences', JSON.stringify({ locale: 'ar', theme: 'dark' })));
    const run = (await page.evaluate(() => location.hash)).split('/').at(-1)!.split('-')[0];
    for (const place of ['data/look', `evaluate/${run}-explain`, `evaluate/${run}-weaknesses`]) {
      await page.goto(`${server.url}#/stage/${place}`);
      await page.reload();
      await page.locator('main canvas').first().waitFor(WAIT);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ place, sideways, violations: await findViolations(page), errors: browser.errors.splice(0) }).toEqual({ place, sideways: 0, violations: [], errors: [] });
    }
  });
});
