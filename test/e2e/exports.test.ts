import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findViolations } from './find-violations.js';
import { openSite, type OpenSite } from './open-site.js';

describe('a model that leaves by the Register panel', () => {
  let site: OpenSite;
  let page: Page;

  beforeAll(async () => {
    site = await openSite(5362, ['lab collect --dataset penguins', 'lab prepare --target species --drop year --split stratified', 'lab train --model random-forest --set trees=20', 'lab evaluate', 'lab register --name birds --alias champion']);
    page = site.page;
    await page.goto(`${site.server.url}#/stage/register`);
  }, 120_000);
  afterAll(() => site.close());

  test('as a zip that holds the model, its card and how to run it', async () => {
    await page.getByRole('button', { name: /^Export .*birds.* version 1 as .*ONNX/ }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^Download zip: .*birds-v1-onnx/ }).click()]);
    expect(download.suggestedFilename()).toBe('birds-v1-onnx.zip');
    const files = unzipSync(new Uint8Array(await readFile(await download.path())));
    expect(Object.keys(files).sort()).toEqual(['README.md', 'example.json', 'lineage.json', 'model.onnx', 'predict.py'].map((path) => `birds-v1-onnx/${path}`));
    expect(new TextDecoder().decode(files['birds-v1-onnx/README.md'])).toContain('# birds version 1');
    await page.getByText('lab export-model --name birds --version 1 --format onnx', { exact: true }).waitFor();
    await page.reload();
    await page.locator('summary', { hasText: 'Files of' }).click();
    await page.getByRole('cell', { name: 'model.onnx' }).waitFor();
  });

  test('on a phone in Arabic without a fault that can be found', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => localStorage.setItem('looplab.preferences', JSON.stringify({ locale: 'ar', theme: 'dark' })));
    await page.reload();
    await page.getByRole('button', { name: /نزّل/ }).waitFor();
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect({ sideways, violations: await findViolations(page), errors: site.browser.errors }).toEqual({ sideways: 0, violations: [], errors: [] });
  });
});
