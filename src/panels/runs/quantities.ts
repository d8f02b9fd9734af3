import type { BoardRun } from '../../lab/views/board-views.js';

/** Something that runs have a value of: a parameter, a metric or a time; `key` is as MLflow's filter names it. */
export interface Quantity {
  readonly key: string;
  readonly kind: 'number' | 'category';
  readonly of: (run: BoardRun) => number | string | undefined;
  /** Not all runs have the same value. */
  readonly varies: boolean;
}

const asNumber = (text: string): number | undefined => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined);

/** Names in these records, in order of first appearance with the oldest run first, so that a new run does not turn the columns round. */
export function namesIn(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set([...records].reverse().flatMap((record) => Object.keys(record)))];
}

/** Every parameter and metric of these runs; a parameter is a number when all its values are. */
export function quantitiesOf(runs: readonly BoardRun[]): Quantity[] {
  const params = namesIn(runs.map(({ params }) => params)).map((name) => {
    const values = runs.flatMap((run) => (run.params[name] === undefined ? [] : [run.params[name]]));
    const numeric = values.every((value) => asNumber(value) !== undefined);
    return quantity(runs, `params.${name}`, numeric ? 'number' : 'category', (run) => (run.params[name] === undefined ? undefined : numeric ? asNumber(run.params[name]) : run.params[name]));
  });
  const metrics = namesIn(runs.map(({ metrics }) => metrics)).map((name) => quantity(runs, `metrics.${name}`, 'number', (run) => (Number.isFinite(run.metrics[name]) ? run.metrics[name] : undefined)));
  return [quantity(runs, 'params.model', 'category', ({ model }) => model), ...params, ...metrics];
}

function quantity(runs: readonly BoardRun[], key: string, kind: Quantity['kind'], of: Quantity['of']): Quantity {
  return { key, kind, of, varies: new Set(runs.map(of)).size > 1 };
}

/** The quantities that tell these runs apart: the parameters that most of them set, and set differently, then two main scores, that of most runs last. */
export function tellingQuantities(all: readonly Quantity[], runs: readonly BoardRun[], main: string, most = 6): Quantity[] {
  const holders = ({ of }: Quantity): number => runs.filter((run) => of(run) !== undefined).length;
  const levels = ({ of }: Quantity): number => new Set(runs.flatMap((run) => of(run) ?? [])).size;
  const params = all.filter((one) => one.key.startsWith('params.') && one.key !== 'params.seed' && levels(one) > 1).sort((a, b) => holders(b) - holders(a) || levels(b) - levels(a));
  const scores = [`metrics.cv.${main}`, `metrics.test.${main}`, `metrics.train.${main}`].flatMap((key) => all.find((one) => one.key === key) ?? []).slice(0, 2).reverse().sort((a, b) => holders(a) - holders(b));
  return [...params.slice(0, Math.max(1, most - scores.length)), ...scores];
}

/** Spearman's rank correlation of pairs, ties by mean rank; undefined when a side has only one value. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number | undefined {
  const [x, y] = [ranks(pairs.map(([a]) => a)), ranks(pairs.map(([, b]) => b))];
  const mean = (pairs.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, at) => {
    xy += (value - mean) * (y[at]! - mean);
    xx += (value - mean) ** 2;
    yy += (y[at]! - mean) ** 2;
  });
  return xx === 0 || yy === 0 ? undefined : xy / Math.sqrt(xx * yy);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const found = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]!.value === order[from]!.value) to++;
    for (const { at } of order.slice(from, to)) found[at] = (from + to + 1) / 2;
    from = to;
  }
  return found;
}
