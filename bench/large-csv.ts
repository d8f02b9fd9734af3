import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { createRandom } from '../src/core/random.js';
import type { Bench, Figure } from './figure.js';

interface Reading {
  readonly seconds: number;
  readonly parsed: number;
  readonly rows: number;
  readonly columns: number;
  /** Bytes that the columns take, and the most that the process took. */
  readonly kept: number;
  readonly peak: number;
  readonly version?: string;
}

const PYTHON = '/usr/bin/python3';
const ROWS = 1_000_000;
/** Rounds of processes, theirs and ours by turns. */
const PAIRS = 3;
const CITIES = ['Aachen', 'Bern', 'Cairo', 'Dakar', 'Essen', 'Fès', 'Graz', 'Hilla', 'Izmir', 'Jena'];
const PLANS = ['basic', 'plus', 'premium'];

/** A file of 1,000,000 by 10: whole and broken numbers, a date, words, and a few holes. */
function writeLarge(file: string): void {
  const random = createRandom(11);
  const whole = (most: number): number => Math.floor(random() * most);
  const hole = (text: string): string => (random() < 0.02 ? '' : text);
  const out = openSync(file, 'w');
  let text = 'id,day,city,plan,age,income,score,ratio,clicks,churned\n';
  for (let row = 1; row <= ROWS; row++) {
    const day = new Date(Date.UTC(2015, 0, 1 + whole(3650))).toISOString().slice(0, 10);
    text += `${row},${day},${CITIES[whole(CITIES.length)]},${hole(PLANS[whole(3)]!)},${18 + whole(70)},${hole((random() * 90_000).toFixed(2))},${hole((random() * 2 - 1).toFixed(6))},${random().toFixed(4)},${whole(5000)},${whole(2)}\n`;
    if (text.length > 1 << 20) {
      writeSync(out, text);
      text = '';
    }
  }
  writeSync(out, text);
  closeSync(out);
}

/** Our side as one file, as a site is shipped. */
async function bundle(folder: string): Promise<string> {
  await build({ configFile: false, logLevel: 'error', build: { ssr: 'bench/large-csv-ours.ts', outDir: folder, emptyOutDir: false, target: 'es2022', rollupOptions: { output: { entryFileNames: 'large-ours.mjs' } } } });
  return join(folder, 'large-ours.mjs');
}

function run(command: string, args: readonly string[]): Reading {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Reading;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** As they come, and with the work that the lab also does: dates, and words too described. */
const WAYS = [
  { way: 'plain', words: 'read_csv and describe' },
  { way: 'full', words: 'with dates and describe(include="all")' },
] as const;

function* compare(file: string, ours: string): Generator<Figure> {
  const rounds = Array.from({ length: PAIRS }, () => ({ plain: run(PYTHON, ['bench/large-csv-pandas.py', file, 'plain']), mine: run(process.execPath, [ours, file]), full: run(PYTHON, ['bench/large-csv-pandas.py', file, 'full']) }));
  const { mine, plain } = rounds[0]!;
  if (mine.rows !== ROWS || plain.rows !== ROWS || mine.columns !== plain.columns) throw new Error('large-csv: not everything was read');
  const size = megabytes(statSync(file).size);
  const seconds = median(rounds.map((round) => round.mine.seconds)).toFixed(2);
  for (const { way, words } of WAYS) {
    const note = `${seconds} s, pandas ${plain.version} ${median(rounds.map((round) => round[way].seconds)).toFixed(2)} s`;
    yield { figure: `1,000,000 x 10 CSV (${size}), parse and profile, pandas ${words}`, value: median(rounds.map((round) => round.mine.seconds / round[way].seconds)), unit: 'CPU of theirs', bound: 2, note };
  }
  yield { figure: '1,000,000 x 10 CSV, most memory, parse and profile', value: Math.round(Math.max(...rounds.map((round) => round.mine.peak)) / 1e6), unit: 'MB', bound: 400, note: `columns ${megabytes(mine.kept)}; pandas ${megabytes(plain.peak)}` };
  yield collectMemory(file);
}

/** The whole act, with the file kept in the project, as one command of the lab; the memory of its process. */
function collectMemory(file: string): Figure {
  const script = 'import resource, subprocess, sys\ncode = subprocess.run(sys.argv[2:], input=b"lab collect --file " + sys.argv[1].encode(), stdout=sys.stderr).returncode\nprint(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)';
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', script, file, process.execPath, '--import', 'tsx', 'src/cli.ts', '--project', join(dirname(file), 'project')], { encoding: 'utf8' });
  const [code, kilobytes] = stdout.trim().split(' ').map(Number);
  if (code !== 0) throw new Error(`large-csv: ${stderr}`);
  return { figure: '1,000,000 x 10 CSV, most memory, lab collect', value: Math.round((kilobytes! * 1024) / 1e6), unit: 'MB', bound: 800, note: 'reads, types and keeps it in the project' };
}

/** Reads and describes a large file beside pandas in the same run, by CPU seconds; skipped where Debian's python3-pandas is missing. */
export const largeCsv: Bench = {
  name: 'large-csv',
  async *measure() {
    if (spawnSync(PYTHON, ['-c', 'import pandas']).status !== 0) {
      console.log('large-csv: skipped, there is no pandas (apt-get install python3-pandas)');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'large-csv-'));
    try {
      const file = join(folder, 'large.csv');
      writeLarge(file);
      yield* compare(file, await bundle(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
