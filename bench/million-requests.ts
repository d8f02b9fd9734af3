import { DAY_MS, dayOf } from '../src/core/calendar.js';
import { driftAlerts, errorAlerts, type Alert } from '../src/core/monitor/alerts.js';
import { addDrift, driftReport, emptyDrift, makeDriftReference, type DriftReference } from '../src/core/monitor/drift-report.js';
import { defaultPolicy } from '../src/core/monitor/policy.js';
import { addErrors, emptyErrors, windowErrors, windowOf } from '../src/core/monitor/windows.js';
import { applyRecipe, targetValues } from '../src/core/prepare/apply-recipe.js';
import { fitRecipe } from '../src/core/prepare/fit-recipe.js';
import type { Recipe } from '../src/core/prepare/recipe.js';
import { createRandom } from '../src/core/random.js';
import { selectRows } from '../src/core/table/select.js';
import type { NumericColumn, Table } from '../src/core/table/table.js';
import { writeCsv } from '../src/core/table/write-csv.js';
import { fitModel, predict } from '../src/core/train/fit.js';
import type { FittedModel } from '../src/core/train/model.js';
import { logRows } from '../src/lab/project/traffic.js';
import { cpuSeconds, type Bench, type Figure } from './figure.js';

const REQUESTS = 1_000_000;
const FEATURES = Array.from({ length: 12 }, (_, f) => `feature_${f}`);
const FIRST_DAY = dayOf('2005-01-01');
const DAYS = 365;

interface World {
  readonly table: Table;
  readonly days: Int32Array;
}

/** Rows of twelve features, the last of which slides away over time, and a target that is linear in them with noise. */
function makeWorld(rows: number, firstDay: number, days: number, slide: number, seed: number): World {
  const random = createRandom(seed);
  const when = Int32Array.from({ length: rows }, (_, row) => firstDay + Math.floor((row * days) / rows));
  const features = FEATURES.map((name, f): NumericColumn => ({ name, type: 'number', values: Float64Array.from({ length: rows }, (_, row) => Math.round((random() + (f === 11 ? (slide * row) / rows : 0)) * 1e4) / 1e4) }));
  const target = Float64Array.from({ length: rows }, (_, row) => features.reduce((sum, column, f) => sum + (f + 1) * column.values[row]!, 0) + random() - 0.5);
  const time: NumericColumn = { name: 'date', type: 'date', values: Float64Array.from(when, (day) => day * DAY_MS) };
  return { table: { rows, columns: [time, ...features, { name: 'target', type: 'number', values: target }] }, days: when };
}

interface Trained {
  readonly recipe: Recipe;
  readonly model: FittedModel;
  readonly reference: DriftReference;
}

function train({ table, days }: World): Trained {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const { recipe } = fitRecipe(table, rows, { target: 'target', time: 'date', drop: [], categorical: [], impute: 'median', encode: 'one-hot', scale: 'standard', split: { kind: 'none' } });
  const steps = fitModel('linear', { x: applyRecipe(recipe, table), y: targetValues(recipe, table), task: 'regression', classes: 0, features: recipe.outputs }, { l2: 1 }, 7);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { recipe, model: value, reference: makeDriftReference(FEATURES, featuresOf(table), days, 'quarter') };
  }
}

const featuresOf = (table: Table): Float64Array[] => FEATURES.map((name) => (table.columns.find((column) => column.name === name) as NumericColumn).values);

interface Watched {
  readonly alerts: readonly Alert[];
  readonly loggedBytes: number;
  readonly scored: number;
}

/** Lives through the world month by month as the engine does: score, log, join labels, and judge each window. */
function live(world: World, { recipe, model, reference }: Trained): Watched {
  const policy = defaultPolicy('rmse', 0.3);
  const errors = emptyErrors('regression', policy.window);
  const labels = targetValues(recipe, world.table);
  const alerts: Alert[] = [];
  let [loggedBytes, scored] = [0, 0];
  let counts = emptyDrift(reference, 0);
  for (let from = 0; from < world.table.rows; ) {
    const month = windowOf(world.days[from]!, 'month');
    let to = from;
    while (to < world.table.rows && world.days[to]! < month.end) to++;
    const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
    const days = world.days.subarray(from, to);
    const batch = selectRows(world.table, rows);
    const predicted = predict(model, applyRecipe(recipe, batch));
    loggedBytes += writeCsv(logRows(batch, days, 'bench', 1, predicted)).length;
    addErrors(errors, days, predicted, labels.subarray(from, to));
    addDrift(reference, counts, featuresOf(batch), 0, batch.rows);
    scored += predicted.length;
    const window = windowOf(world.days[from]!, policy.window);
    if (month.end === window.end) {
      alerts.push(...driftAlerts(window.key, driftReport(reference, counts), policy));
      counts = emptyDrift(reference, (window.season + 1) % 4);
    }
    from = to;
  }
  alerts.push(...errorAlerts(windowErrors(errors), policy));
  return { alerts, loggedBytes, scored };
}

/** The way one would write it first: an object and a JSON line for each request, sorted copies for each window. */
function liveNaively(world: World, trained: Trained): number {
  const { coefficients, intercept } = trained.model.state as { coefficients: readonly number[]; intercept: number };
  const labels = targetValues(trained.recipe, world.table);
  const columns = featuresOf(world.table);
  const log: { line: string; features: Record<string, number>; error: number; quarter: string }[] = [];
  for (let row = 0; row < world.table.rows; row++) {
    const features = Object.fromEntries(FEATURES.map((name, f) => [name, columns[f]![row]!]));
    const scaled = trained.recipe.steps.map((step) => (step.kind === 'numeric' ? (features[step.name]! - step.offset) / step.divisor : 0));
    const prediction = scaled.reduce((sum, value, f) => sum + value * coefficients[f]!, intercept);
    const date = new Date(world.days[row]! * DAY_MS).toISOString();
    log.push({ line: JSON.stringify({ date, model: 'bench', version: 1, prediction, ...features }), features, error: (prediction - labels[row]!) ** 2, quarter: windowOf(world.days[row]!, 'quarter').key });
  }
  let checks = 0;
  for (const quarter of new Set(log.map((entry) => entry.quarter))) {
    const own = log.filter((entry) => entry.quarter === quarter);
    checks += Math.sqrt(own.reduce((sum, entry) => sum + entry.error, 0) / own.length) > 0.39 ? 1 : 0;
    for (const name of FEATURES) checks += Number.isFinite(own.map((entry) => entry.features[name]!).sort((a, b) => a - b)[own.length >> 1]) ? 1 : 0;
  }
  return checks;
}

function* measure(): Generator<Figure> {
  const trained = train(makeWorld(20_000, FIRST_DAY - 4 * DAYS, 4 * DAYS, 0, 1));
  const world = makeWorld(REQUESTS, FIRST_DAY, DAYS, 1, 2);
  live({ table: selectRows(world.table, Int32Array.from({ length: 50_000 }, (_, row) => row)), days: world.days.subarray(0, 50_000) }, trained);
  const start = process.cpuUsage();
  const { alerts, loggedBytes, scored } = live(world, trained);
  const own = cpuSeconds(start);
  const drifted = new Set(alerts.flatMap((alert) => (alert.kind === 'drift' ? [alert.feature] : [])));
  if (scored !== REQUESTS || [...drifted].join() !== 'feature_11') throw new Error(`wrong work: ${scored} scored, drift in ${[...drifted].join()}`);
  const note = `${alerts.length} alerts, ${Math.round(loggedBytes / 2 ** 20)} MiB logged`;
  const naiveStart = process.cpuUsage();
  if (liveNaively(world, trained) === 0) throw new Error('the naive way watched nothing');
  const naive = cpuSeconds(naiveStart);
  yield { figure: 'million-requests', value: own, unit: 'CPU s', bound: 10, reference: naive, note };
  yield { figure: 'million-requests against one object a row', value: own / naive, unit: 'ratio', bound: 1 };
}

/** One million requests scored, logged and monitored on the virtual clock: 12 features, a linear model, one year. */
export const millionRequests: Bench = { name: 'million-requests', measure };
