import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser, serveFolder, type StaticServer, type TestBrowser } from './browser.js';
import { LabTerminal } from './lab-terminal.js';

export interface OpenSite {
  readonly server: StaticServer;
  readonly browser: TestBrowser;
  readonly page: Page;
  close(): Promise<void>;
}

/** The built site in a browser of its own, after these commands were run in its terminal. */
export async function openSite(port: number, commands: readonly string[]): Promise<OpenSite> {
  const server = await serveFolder('dist', { port });
  const browser = await launchBrowser();
  const page = await browser.newPage();
  // a colour that is still on its way is no fault
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(server.url);
  await page.locator('h1').first().waitFor();
  const terminal = await LabTerminal.open(page);
  for (const command of commands) expect(await terminal.run(command, 60_000), `${command}\n${await terminal.text()}`).toBe(0);
  await page.getByTitle('Close the terminal').click();
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  return { server, browser, page, close };
}
