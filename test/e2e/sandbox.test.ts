import { existsSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import type { SandboxProgram } from '../../src/lab/platform.js';
import { createBrowserSandbox } from '../../src/platform/sandbox/browser-sandbox.js';
import { bundleLibrary } from '../../src/platform/sandbox/bundle-library.js';
import { framePage } from '../../src/platform/sandbox/frame-page.js';
import { WAYS } from '../platform/sandbox/ways-out.js';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';
import { LabTerminal } from './lab-terminal.js';

const LIBRARY = bundleLibrary((path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined));
const LIMITS = { milliseconds: 15_000, outputBytes: 1 << 20, consoleCharacters: 10_000 };

describe('learner code in the browser', () => {
  let server: StaticServer;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await serveFolder(process.env['SITE'] ?? 'dist', { port: 5381 });
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(server.url);
    await page.locator('h1').first().waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  /** Runs in a frame of the real page; what the frame says is judged here. */
  async function run(source: string, limits = LIMITS): Promise<ReadonlyMap<string, Uint8Array> | LabError> {
    const hear = `hear${Math.random().toString(36).slice(2)}`;
    let said: (event: unknown) => void = () => undefined;
    await page.exposeFunction(hear, (text: string) => said(JSON.parse(text, (_key, value: unknown) => (typeof value === 'object' && value !== null && 'bytes' in value ? Uint8Array.from(value.bytes as number[]) : value))));
    const sandbox = createBrowserSandbox((job, listener) => {
      said = listener;
      void page.evaluate(
        ({ script, html, name, input }) => {
          const frame = document.createElement('iframe');
          frame.id = name;
          frame.setAttribute('sandbox', 'allow-scripts');
          frame.srcdoc = html;
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => void (window as unknown as Record<string, (text: string) => void>)[name]!(JSON.stringify(data, (_key, value: unknown) => (value instanceof Uint8Array ? { bytes: [...value] } : value)));
          frame.onload = () => frame.contentWindow!.postMessage({ script, input }, '*', [port2]);
          document.body.append(frame);
        },
        { script: job.script, html: framePage(), name: hear, input: { ...(job.input as object), inputs: {} } },
      );
      return () => void page.evaluate((name) => document.getElementById(name)?.remove(), hear).catch(() => undefined);
    }, async () => LIBRARY);
    const program: SandboxProgram = { entry: 'src/a.ts', sources: { 'src/a.ts': source }, inputs: {}, params: {}, argv: [], limits };
    return sandbox.run(program, { signal: new AbortController().signal, print: () => undefined }).catch((cause: unknown) => LabError.from(cause));
  }

  test('at least 20 ways of reading storage, network or page get nothing', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const files = await run(WAYS(`${server.url}probe/`));
    expect(files).not.toBeInstanceOf(LabError);
    const found = JSON.parse(new TextDecoder().decode((files as ReadonlyMap<string, Uint8Array>).get('ways.json'))) as Record<string, string>;
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(20);
    expect(Object.entries(found).filter(([, got]) => !got.startsWith('nothing'))).toEqual([]);
    expect(asked.filter((url) => url.includes('/probe/'))).toEqual([]);
  });

  test('a loop ends at the limit, an error has its line, and the page lives on', async () => {
    expect(await run('for (;;) {}', { ...LIMITS, milliseconds: 1000 })).toMatchObject({ code: 'stage-timeout' });
    expect(await run('interface A {\n  b: 1;\n}\nthrow new Error("no");')).toMatchObject({ code: 'stage-error', data: { file: 'src/a.ts', line: 4 } });
    expect(await run('for (;;) console.log("x");')).toMatchObject({ code: 'stage-flood' });
    const bomb = await run('const a: unknown[] = [];\nfor (;;) a.push(new Uint8Array(1 << 28).fill(1));', { ...LIMITS, milliseconds: 3000 });
    expect(['stage-memory', 'stage-timeout']).toContain((bomb as LabError).code);
    expect(await page.locator('h1').first().isVisible()).toBe(true);
  });

  test('the pipeline runs in the page', async () => {
    const terminal = await LabTerminal.open(page);
    for (const command of ['lab collect --dataset chicago_ridership', 'lab pipeline', 'lab reproduce', 'cat pipeline/metrics.json']) expect(await terminal.run(command), `${command}\n${await terminal.text()}`).toBe(0);
    expect(await terminal.text()).toContain('"rmse"');
    expect(await terminal.run('lab reproduce')).toBe(0);
    expect(await terminal.text()).toContain("didn't change, skipped");
  });
});
