import { availableParallelism, loadavg } from 'node:os';
import type { Bench, Figure } from './figure.js';
import { onSite, type BenchSite } from './on-site.js';

const TRIALS = 12;
const SEARCH = 'learningRate=0.01..0.5:log,maxLeaves=3..63:log,minRowsLeaf=5..50:log';

async function* compareWidths({ run }: BenchSite): AsyncGenerator<Figure> {
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
}

/** Wall time of the same random search of gradient boosting with one worker and with two, in the built site in Chromium. */
export const tuning: Bench = { name: 'tuning', measure: () => onSite(compareWidths) };
