import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { launchBrowser, serveFolder } from '../test/e2e/browser.js';
import { LabTerminal } from '../test/e2e/lab-terminal.js';
import type { Bench, Figure } from './figure.js';

const TRIALS = 12;
const SEARCH = 'learningRate=0.01..0.5:log,maxLeaves=3..63:log,minRowsLeaf=5..50:log';

async function* measure(): AsyncGenerator<Figure> {
  if (!existsSync('dist/index.html')) throw new Error('there is no dist: run npm run build first');
  const server = await serveFolder('dist');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.locator('h1').first().waitFor();
    const terminal = await LabTerminal.open(page);
    const run = async (line: string): Promise<void> => {
      if ((await terminal.run(line, 600_000)) !== 0) throw new Error(`${line} failed:\n${await terminal.text()}`);
    };
    await run('lab collect --dataset chicago_ridership && lab prepare');
    const seconds = async (workers: number, trials: number, name: string): Promise<number> => {
      const started = performance.now();
      await run(`lab tune --model gradient-boosting --search ${SEARCH} --method random --trials ${trials} --workers ${workers} --name ${name} > /dev/null`);
      return (performance.now() - started) / 1000;
    };
    await seconds(2, 2, 'warm');
    const note = (): string => `${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`;
    // one, two, two, one: what warms up or tires on the way weighs on both alike
    const [first, second] = [await seconds(1, TRIALS, 'one'), await seconds(2, TRIALS, 'two')];
    const [third, fourth] = [await seconds(2, TRIALS, 'two-again'), await seconds(1, TRIALS, 'one-again')];
    const [one, two] = [(first + fourth) / 2, (second + third) / 2];
    yield { figure: `search of ${TRIALS} trials, 1 worker`, value: one, unit: 's', note: note() };
    yield { figure: `search of ${TRIALS} trials, 2 workers`, value: two, unit: 's', note: note() };
    yield { figure: 'search with 2 workers, against 1', value: two / one, unit: 'of the wall time', note: note() };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Wall time of the same random search of gradient boosting with one worker and with two, in the built site in Chromium. */
export const tuning: Bench = { name: 'tuning', measure };
