import { describe, expect, it } from 'vitest';
import { countTensor } from '../../src/core/train/tensor-histogram.js';
import { en } from '../../src/i18n/en.js';
import { makeFormat } from '../../src/i18n/format.js';
import type { BoardRun } from '../../src/lab/views/board-views.js';
import { boardColumns, firstColumns, placeName } from '../../src/panels/runs/board-columns.js';
import { exampleFilters, readFilter } from '../../src/panels/runs/board-filter.js';
import { curveRows, smooth, uniqueNames } from '../../src/panels/runs/curves.js';
import { histogramRows, spreads, tensorNames } from '../../src/panels/runs/histograms.js';
import { axisOf, liesWithin, parallelRows } from '../../src/panels/runs/parallel.js';
import { quantitiesOf, rankCorrelation, tellingQuantities } from '../../src/panels/runs/quantities.js';
import { sideRows } from '../../src/panels/runs/side-by-side.js';

const runOf = (name: string, more: Partial<BoardRun> = {}): BoardRun => ({
  id: name.padEnd(32, '0'), name, model: 'linear', task: 'regression', started: 1_700_000_000_000, durationMs: 500, dataDigest: 'd'.repeat(32), preparedDigest: 'e'.repeat(32), modelDigest: 'f'.repeat(32),
  params: { l2: '1', seed: '7' }, metrics: { 'train.rmse': 2, 'train.rows': 10 }, seed: 7, backend: 'TypeScript', repeatable: true, evaluated: false, ended: 'FINISHED', tags: { 'mlflow.runName': name }, ownTags: [], points: 0, ...more,
});
const RUNS: BoardRun[] = [
  runOf('c', { params: { l2: '100', seed: '7' }, metrics: { 'train.rmse': 3, 'test.r2': 0.5 }, ended: 'KILLED', status: 'KILLED' }),
  runOf('b', { model: 'dense-net', params: { l2: '0.01', layers: '32x16', seed: '7' }, metrics: { 'train.rmse': 1, 'test.rmse': 1.5, 'test.r2': 0.9 }, tags: { owner: "it's me" }, ownTags: ['owner'] }),
  runOf('a', { metrics: { 'train.rmse': 2, 'test.rmse': 2.5, 'test.r2': 0.8, 'train.rows': 10 }, note: 'first', tags: { 'mlflow.note.content': 'first' } }),
];

describe('filters on the board', () => {
  it('find runs, and say where one that is half typed cannot be read', () => {
    const read = readFilter("params.model = 'linear' AND status != 'KILLED'");
    expect('passes' in read && RUNS.filter(read.passes).map(({ name }) => name)).toEqual(['a']);
    expect(readFilter('metrics.rmse <')).toEqual({ fault: { at: 15, expected: 'a number' } });
    expect(readFilter("'")).toMatchObject({ fault: { at: 1 } });
  });
  it('are proposed only when they can be read and find something', () => {
    const examples = exampleFilters(RUNS, 'rmse');
    expect(examples).toContain("tags.owner = 'it\\'s me'");
    expect(examples.length).toBeGreaterThan(4);
    for (const example of examples) {
      const read = readFilter(example);
      expect([example, 'passes' in read && RUNS.some(read.passes)]).toEqual([example, true]);
    }
    expect(exampleFilters([], 'rmse')).toEqual([]);
  });
});

describe('columns of the board', () => {
  it('are what tells the runs apart, and sort missing values last', () => {
    expect(firstColumns(RUNS, 'rmse')).toEqual(['name', 'model', 'ended', 'metrics.test.rmse', 'metrics.train.rmse', 'params.l2', 'started', 'took', 'note', 'data', 'commit']);
    const columns = boardColumns(RUNS, { ...en } as never, makeFormat('en'));
    const layers = columns.find(({ key }) => key === 'params.layers')!;
    expect(RUNS.map(layers.order)).toEqual(['', '32x16', '']);
    expect(columns.filter(({ group }) => group === 'tags').map(({ key }) => key)).toEqual(['tags.owner']);
  });
  it('name the place a run was made in', () => {
    expect(placeName({ browser: 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0' })).toBe('Chrome 141');
    expect(placeName({ browser: 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.1 Safari/605.1' })).toBe('Safari 18');
    expect(placeName({ node: 'v22.1.0' })).toBe('Node.js v22.1.0');
    expect(placeName(undefined)).toBe('');
  });
});

describe('runs side by side', () => {
  it('mark what differs, and the best of a score but not of a count', () => {
    const rows = new Map(sideRows(RUNS).map((row) => [row.key, row]));
    expect(rows.get('params.l2')).toMatchObject({ differs: true, values: ['100', '0.01', '1'] });
    expect(rows.get('params.seed')).toMatchObject({ differs: false });
    expect(rows.get('metrics.train.rmse')!.best).toBe(1);
    expect(rows.get('metrics.test.r2')!.best).toBe(1);
    expect(rows.get('metrics.train.rows')!.best).toBeUndefined();
  });
});

describe('curves', () => {
  const points = [4, 2, 1, 0.5].map((loss, at) => ({ step: at + 1, at: 100 * (at + 1), loss }));
  it('are smoothed as TensorBoard does', () => {
    // by definition: the sum of 0.6^(n-i) times value i, over the sum of 0.6^(n-i)
    expect(smooth([4, 2, 1, 0.5], 0.6).map((value) => Number(value.toFixed(6)))).toEqual([4, 2.75, 1.857143, 1.233456]);
    expect(smooth([1, 2, 3], 0)).toEqual([1, 2, 3]);
    expect(smooth([5, 5, 5], 0.9).every((value) => Math.abs(value - 5) < 1e-12)).toBe(true);
  });
  it('go by step or time, and tell what a logarithmic scale leaves out', () => {
    const curve = { id: 'a', name: 'a', points: [...points, { step: 5, at: 500, loss: 0, validationLoss: NaN }] };
    const byStep = curveRows([curve], { smoothing: 0, log: false, axis: 'step' }, en.board.curve);
    expect([byStep.rows.length, byStep.dropped]).toEqual([5, 0]);
    const byTime = curveRows([curve], { smoothing: 0, log: true, axis: 'time' }, en.board.curve);
    expect(byTime.rows.map((row) => row['x'])).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(byTime.dropped).toBe(1);
  });
  it('tell runs of one name apart', () => {
    expect(uniqueNames([{ id: 'abcdef012', name: 'x' }, { id: 'fedcba987', name: 'x' }, { id: '1', name: 'y' }])).toEqual(['x (abcdef)', 'x (fedcba)', 'y']);
  });
});

describe('parallel coordinates', () => {
  const all = quantitiesOf(RUNS);
  const axis = (key: string) => axisOf(all.find((one) => one.key === key)!, RUNS, String);
  it('take numbers as numbers, far apart ones by their logarithm, and words by the alphabet', () => {
    expect(RUNS.map((run) => axis('params.l2').place(run))).toEqual([1, 0, expect.closeTo(0.5, 12)]);
    expect(Number(axis('params.l2').words(0.5))).toBeCloseTo(1, 10);
    expect(RUNS.map((run) => axis('params.model').place(run))).toEqual([1, 0, 1]);
    expect(RUNS.map((run) => axis('metrics.test.rmse').place(run))).toEqual([undefined, 0, 1]);
    expect(axis('params.model').words(0.4)).toBe('dense-net');
  });
  it('narrow to the runs within all ranges; one without a value is in no narrowed range', () => {
    const axes = [axis('params.l2'), axis('metrics.test.rmse')];
    const within = (ranges: Record<string, readonly [number, number]>) => RUNS.filter((run) => liesWithin(run, axes, ranges)).map(({ name }) => name);
    expect(within({})).toEqual(['c', 'b', 'a']);
    expect(within({ 'params.l2': [0.5, 1] })).toEqual(['c', 'a']);
    expect(within({ 'metrics.test.rmse': [0, 0.99] })).toEqual(['b']);
    expect(within({ 'params.l2': [0.4, 0.6], 'metrics.test.rmse': [0, 0.5] })).toEqual([]);
    const rows = parallelRows(RUNS, axes, { 'metrics.test.rmse': [0, 0.5] }, ['c', 'b', 'a']);
    expect(rows.filter((row) => row['part'] === 'in').every((row) => row['run'] === 'b')).toBe(true);
    expect(rows.filter((row) => row['part'] === 'end')).toHaveLength(4);
  });
  it('begin with the parameters that most runs set, the score of most runs last', () => {
    expect(tellingQuantities(all, RUNS, 'rmse').map(({ key }) => key)).toEqual(['params.l2', 'params.model', 'metrics.test.rmse', 'metrics.train.rmse']);
  });
  it('correlate ranks as scipy.stats.spearmanr does', () => {
    // spearmanr([1, 2, 2, 4, 5], [5, 6, 7, 8, 7]).statistic
    expect(rankCorrelation([[1, 5], [2, 6], [2, 7], [4, 8], [5, 7]])).toBeCloseTo(0.7631578947368421, 12);
    expect(rankCorrelation([[1, 1], [1, 2]])).toBeUndefined();
  });
});

describe('histograms', () => {
  const steps = [1, 5, 10].map((step) => ({ step, tensors: [countTensor('layer1/weights', Float32Array.from({ length: 100 }, (_, i) => (i - 50) * step)), countTensor('layer1/biases', [0, 0])] }));
  it('count every finite value, and give one bucket to equal ones', () => {
    const { counts, low, high } = countTensor('x', [1, 2, NaN, Infinity, 3]);
    expect([counts.length, counts.reduce((a, b) => a + b, 0), low, high]).toEqual([30, 3, 1, 3]);
    expect(countTensor('x', [2, 2])).toMatchObject({ counts: [2], low: 1.5, high: 2.5 });
    expect(countTensor('x', [])).toMatchObject({ counts: [] });
  });
  it('stand on their epoch and close at both ends', () => {
    expect(tensorNames(steps)).toEqual(['layer1/weights', 'layer1/biases']);
    expect(spreads(steps, 'layer1/weights')).toEqual({ first: [-50, 49], last: [-500, 490] });
    const rows = histogramRows(steps, 'layer1/weights').filter((row) => row['step'] === 5);
    expect([rows[0]!['top'], rows.at(-1)!['top'], rows[0]!['value'], rows.at(-1)!['value']]).toEqual([5, 5, -250, 245]);
    expect(rows.every((row) => Number(row['top']) <= 5)).toBe(true);
    expect(histogramRows([], 'x')).toEqual([]);
  });
});
