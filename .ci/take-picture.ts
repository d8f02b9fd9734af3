import { launchBrowser, serveFolder } from '../test/e2e/browser.js';
import { LabTerminal } from '../test/e2e/lab-terminal.js';

/** Takes the README's picture of the built lab: the home page of a project that has seen some years. */
const ACTS = ['lab collect --dataset chicago_ridership', 'lab prepare', 'lab train --model linear', 'lab evaluate', 'lab register --name ridership --alias champion', 'lab deploy --service ridership', 'lab advance --to 2008-07-01'];

const server = await serveFolder('dist');
const browser = await launchBrowser();
const page = await browser.newPage();
await page.setViewportSize({ width: 1280, height: 800 });
await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
await page.goto(server.url);
await page.locator('h1').first().waitFor();
const terminal = await LabTerminal.open(page);
for (const act of ACTS) if ((await terminal.run(act)) !== 0) throw new Error(await terminal.text());
await page.getByTitle('Close the terminal').click();
await page.waitForLoadState('networkidle');
await page.screenshot({ path: 'docs/looplab.png' });
await browser.close();
await server.close();
