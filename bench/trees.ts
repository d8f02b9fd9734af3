import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { createRandom, permutation, type Random } from '../src/core/random.js';
import { applyRecipe, targetValues } from '../src/core/prepare/apply-recipe.js';
import { fitRecipe } from '../src/core/prepare/fit-recipe.js';
import { parseCsv } from '../src/core/table/csv-parser.js';
import type { Bench, Figure } from './figure.js';

/** What one process says: CPU seconds of its fits, on all of its threads, and the AUC on held rows. */
interface Timing {
  readonly seconds: readonly number[];
  readonly auc: number;
  readonly version?: string;
}

interface BenchData {
  readonly name: string;
  readonly columns: number;
  readonly parts: Readonly<Record<'x' | 'y' | 'tx' | 'ty', Float64Array>>;
}

const PYTHON = '/usr/bin/python3';
/** Pairs of processes, ours and theirs by turns. */
const PAIRS = 5;
/** Fits in one process: the first also pays for compiling, the last does not. */
const FITS = 3;
/**
 * Most that ours may cost in theirs. A fit of a few milliseconds is mostly the compiling of its code when it is the first of a process, so that
 * one is stated for logistic regression, and the later ones are held to the bound.
 */
const MODELS = [
  { kind: 'gradient-boosting', bound: 1, first: 1 },
  { kind: 'random-forest', bound: 1, first: 1 },
  { kind: 'logistic', bound: 2, first: undefined },
] as const;

/** Normal draws (Box and Muller 1958). */
const normalOf = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** 10,000 rows to learn from and as many held back: 20 normal columns, 10 of which make the odds by weights, steps and products. */
function generated(seed: number): BenchData {
  const random = createRandom(seed);
  const columns = 20;
  const rowOf = (): number[] => Array.from({ length: columns }, () => normalOf(random));
  const oddsOf = (v: readonly number[]): number =>
    1.2 * v[0]! - v[1]! + 0.6 * v[2]! + 1.5 * v[3]! * v[4]! + (v[5]! > 0.5 ? 1.5 : -0.5) + Math.sin(2 * v[6]!) + v[7]! ** 2 - 1 + v[8]! * Number(v[9]! > 0);
  const part = (): [Float64Array, Float64Array] => {
    const rows = Array.from({ length: 10_000 }, rowOf);
    return [Float64Array.from(rows.flat()), Float64Array.from(rows, (row) => Number(random() < 1 / (1 + Math.exp(-oddsOf(row)))))];
  };
  const [x, y] = part();
  const [tx, ty] = part();
  return { name: '10,000 x 20', columns, parts: { x, y, tx, ty } };
}

/** The mortgage set without race, one-hot and standardised, a third of it drawn by the seed as held rows. */
function mortgages(seed: number): BenchData {
  const { sets } = JSON.parse(readFileSync('bench/reference/baselines.json', 'utf8')) as { sets: { file: string; target: string; numeric: string[]; categorical: string[] }[] };
  const { file, target, numeric, categorical } = sets.find((set) => set.file.startsWith('hmda'))!;
  const { table } = parseCsv(readFileSync(`public/data/${file}`));
  const order = permutation(table.rows, createRandom(seed));
  const [train, held] = [order.slice(Math.floor(table.rows * 0.3)), order.slice(0, Math.floor(table.rows * 0.3))];
  const kept = new Set([target, ...numeric, ...categorical]);
  const drop = table.columns.map(({ name }) => name).filter((name) => !kept.has(name));
  const { recipe } = fitRecipe(table, train, { target, drop, categorical, impute: 'median', encode: 'one-hot', scale: 'standard', split: { kind: 'none' } });
  const x = applyRecipe(recipe, table, train);
  return { name: 'hmda', columns: x.columns, parts: { x: x.data, y: targetValues(recipe, table, train), tx: applyRecipe(recipe, table, held).data, ty: targetValues(recipe, table, held) } };
}

/** Our side as one file, as a site is shipped, so that loading its parts is not counted. */
async function bundle(folder: string): Promise<string> {
  await build({ configFile: false, logLevel: 'error', build: { ssr: 'bench/trees-ours.ts', outDir: folder, emptyOutDir: false, rollupOptions: { output: { entryFileNames: 'ours.mjs' } } } });
  return join(folder, 'ours.mjs');
}

function run(command: string, args: readonly string[]): Timing {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' } });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Timing;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

interface Pair {
  readonly ours: Timing;
  readonly theirs: Timing;
}

/** By turns, so that what else the machine does weighs on both alike; each pair on rows of its own. */
function measurePairs(folder: string, ours: string, make: (seed: number) => BenchData, kind: string): Pair[] {
  return Array.from({ length: PAIRS }, (_, pair) => {
    const { columns, parts } = make(pair + 1);
    for (const [part, values] of Object.entries(parts)) writeFileSync(join(folder, `${part}.bin`), values);
    const args = [folder, String(columns), kind, String(FITS)];
    return { theirs: run(PYTHON, ['bench/trees-sklearn.py', ...args]), ours: run(process.execPath, [ours, ...args]) };
  });
}

function* compare(folder: string, ours: string, make: (seed: number) => BenchData): Generator<Figure> {
  const { name } = make(1);
  for (const { kind, bound, first } of MODELS) {
    const pairs = measurePairs(folder, ours, make, kind);
    for (const [label, at, most] of [['first fit of a process', 0, first], [`fit number ${FITS}`, FITS - 1, bound]] as const) {
      const [mine, theirs] = [pairs.map((pair) => pair.ours.seconds[at]!), pairs.map((pair) => pair.theirs.seconds[at]!)];
      const note = `${median(mine).toFixed(3)} s, scikit-learn ${pairs[0]!.theirs.version} ${median(theirs).toFixed(3)} s`;
      yield { figure: `trees ${name} ${kind}, ${label}`, value: median(mine.map((seconds, i) => seconds / theirs[i]!)), unit: 'CPU of theirs', ...(most === undefined ? {} : { bound: most }), note };
    }
    const behind = pairs.map((pair) => pair.theirs.auc - pair.ours.auc);
    const note = `ours ${(pairs.reduce((sum, pair) => sum + pair.ours.auc, 0) / PAIRS).toFixed(4)}, mean of ${PAIRS}`;
    yield { figure: `trees ${name} ${kind}, AUC behind theirs`, value: behind.reduce((sum, gap) => sum + gap, 0) / PAIRS, unit: 'AUC', bound: 0.005, note };
  }
}

/** Fits beside scikit-learn's on one thread in the same run, by CPU seconds; skipped where Debian's python3-sklearn is missing. */
export const trees: Bench = {
  name: 'trees',
  async *measure() {
    if (spawnSync(PYTHON, ['-c', 'import sklearn']).status !== 0) {
      console.log('trees: skipped, there is no scikit-learn (apt-get install python3-sklearn)');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'trees-'));
    try {
      const ours = await bundle(folder);
      for (const make of [generated, mortgages]) yield* compare(folder, ours, make);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
