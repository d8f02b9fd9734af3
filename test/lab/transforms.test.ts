import { beforeAll, describe, expect, it } from 'vitest';
import { applyRecipe } from '../../src/core/prepare/apply-recipe.js';
import type { Recipe } from '../../src/core/prepare/recipe.js';
import { cellText, columnOf, isMissingCell } from '../../src/core/table/select.js';
import { predict } from '../../src/core/train/fit.js';
import { runRows } from '../../src/lab/evaluate.js';
import { Session } from '../../src/lab/project/session.js';
import { findRun } from '../../src/lab/project/state.js';
import { openLab } from './open-lab.js';

type Lab = Awaited<ReturnType<typeof openLab>>;
const textOf = async ({ platform }: Lab, path: string): Promise<string> => new TextDecoder().decode(await platform.files.read(path));
const words = ['good soup', 'cold bread', 'warm tea', 'good bread'];

/** Rows of every kind of column, with holes. */
function csv(): Uint8Array {
  const noise = (i: number, k: number): number => ((i * 7919 + k * 104729) % 1009) / 1009;
  const lines = Array.from({ length: 240 }, (_, i) => {
    const hole = (k: number, text: string): string => (noise(i, k) < 0.07 ? '' : text);
    const [income, age, taste] = [Math.exp(3 * noise(i, 1)), 18 + Math.floor(60 * noise(i, 2)), words[Math.floor(4 * noise(i, 3))]!];
    const date = new Date(Date.UTC(2020, 0, 1) + i * 2 * 86_400_000).toISOString().slice(0, 10);
    const city = ['Cairo', 'Oslo', 'Lima'][Math.floor(3 * noise(i, 4))]!;
    const y = 2 * Math.log(income) + (city === 'Oslo' ? 3 : 0) + (taste.startsWith('good') ? 1 : 0) + age / 40 + noise(i, 9);
    return `${hole(5, income.toFixed(3))},${hole(6, String(age))},${hole(7, city)},${date},${hole(8, taste)},${noise(i, 10).toFixed(3)},${noise(i, 11).toFixed(3)},${y.toFixed(4)}`;
  });
  return new TextEncoder().encode(`income,age,city,day,notes,a,b,y\n${lines.join('\n')}\n`);
}

const TRANSFORM = ['income=median+flag+power', 'age=knn:3+bins:4:quantile:codes', 'city=target', 'day=dates:month:cyclic', 'notes=tfidf:30', 'a=poly', 'b=poly'];

describe('transforms of single columns', () => {
  let lab: Lab;
  const recipeNow = async (): Promise<Recipe> => ((await lab.engine.view('recipe')) as { recipe: Recipe }).recipe;

  beforeAll(async () => {
    lab = await openLab();
    lab.platform.offer('own.csv', csv());
    await lab.act('collect', { file: 'own.csv' });
    await lab.act('prepare', { target: 'y', time: 'day', split: 'time', testFrom: '2021-01-01', transform: TRANSFORM });
  });

  it('are kept in params.yaml and in the recipe, and say themselves as a command', async () => {
    expect(await textOf(lab, 'params.yaml')).toContain("transforms:\n    income: median+flag+power\n    age: knn:3+bins:4:quantile:codes\n    city: target\n");
    expect((await recipeNow()).steps.map(({ kind }) => kind)).toEqual(['power', 'bins', 'target', 'dates', 'text', 'numeric', 'numeric']);
    expect(lab.engine.snapshot.lastCommand).toContain("--transform income=median+flag+power,age=knn:3+bins:4:quantile:codes,city=target,day=dates:month:cyclic,notes=tfidf:30,a=poly,b=poly");
  });

  it('are refused with a code, and nothing changes', async () => {
    const before = await textOf(lab, 'params.yaml');
    await expect(lab.act('prepare', { target: 'y', transform: ['income=sqrt'] })).rejects.toMatchObject({ code: 'transform-unknown', data: { column: 'income' } });
    await expect(lab.act('prepare', { target: 'y', transform: ['nowhere=power'] })).rejects.toMatchObject({ code: 'unknown-column' });
    await expect(lab.act('prepare', { target: 'y', transform: ['income'] })).rejects.toMatchObject({ code: 'flag-value' });
    expect(await textOf(lab, 'params.yaml')).toBe(before);
  });

  it.each(['linear', 'gradient-boosting'])('%s: serving gives the numbers of the evaluation, bit for bit, and tells what it never saw', async (model) => {
    await lab.act('train', { model });
    await lab.act('evaluate');
    const run = await findRun(lab.platform, undefined);
    const { model: fitted, recipe, table, test } = await runRows(new Session(lab.platform), run);
    await lab.act('register', { name: model, alias: 'champion' });
    await lab.act('deploy', { service: model, name: model });
    const inputs = recipe.steps.map(({ name }) => {
      const column = columnOf(table, name);
      const isWords = column.type === 'text' || column.type === 'date';
      return { name, shape: [test.rows.length], datatype: isWords ? 'BYTES' : 'FP64', data: [...test.rows].map((row) => (isMissingCell(column, row) ? null : isWords ? cellText(column, row) : (column as { values: Float64Array }).values[row]!)) };
    });
    const ask = async (given: typeof inputs) => JSON.parse((await lab.engine.serve({ method: 'POST', path: `v2/models/${model}/infer`, body: JSON.stringify({ inputs: given }) })).body) as { parameters?: object; outputs: { data: number[] }[] };
    const reply = await ask(inputs);
    expect(reply.outputs[0]!.data).toEqual([...predict(fitted, applyRecipe(recipe, table, test.rows))]);
    const one = inputs.map((input) => ({ ...input, shape: [1], data: [input.name === 'city' ? 'Atlantis' : input.name === 'notes' ? 'zzz' : input.data[0]!] }));
    expect(await ask(one)).toMatchObject({ parameters: { unseen_values: 2, unseen_columns: 'city, notes' } });
  });

  it('are fitted anew in cross-validation, explained and looked through for leaks', async () => {
    await lab.act('train', { model: 'linear' });
    await lab.act('evaluate');
    const { folds } = (await lab.act('cross-validate', { folds: 3 })).result as { folds: readonly object[] };
    expect(folds).toHaveLength(3);
    const { explanation, cells, dependence } = (await lab.act('explain', {})).result as { explanation: { names: string[]; contributions: number[] }; cells: Record<string, string>; dependence: { name: string; points: string[]; mean: number[] }[] };
    expect(explanation.names).toEqual(['income', 'age', 'city', 'day', 'notes', 'a & b']);
    expect(Object.keys(cells)).toContain('a & b');
    for (const { points, mean } of dependence) expect(mean).toHaveLength(points.length);
    expect((await lab.act('weaknesses', {})).result).toHaveProperty('slices');
    const { findings } = (await lab.act('leakage')).result as { findings: readonly { kind: string; column?: string }[] };
    expect(findings.filter(({ kind }) => kind === 'fitted-on-more')).toEqual([]);
  }, 60_000);

  it('the learner’s pipeline fits the same recipe and gets the same figures, with the cleaning recipe', async () => {
    await lab.act('clean', { step: 'limit', columns: ['age'], low: 20, high: 70, act: 'drop' });
    await lab.act('clean', { step: 'replace', columns: ['city'], map: ['Lima=Cairo'] });
    await lab.act('prepare', { target: 'y', time: 'day', split: 'time', testFrom: '2021-01-01', transform: TRANSFORM });
    await lab.act('train', { model: 'linear' });
    await lab.act('evaluate');
    await lab.act('pipeline');
    await lab.act('reproduce');
    const { metrics } = await findRun(lab.platform, undefined);
    const own = JSON.parse(await textOf(lab, 'pipeline/metrics.json')) as Record<string, number>;
    for (const name of ['rmse', 'mae', 'r2']) expect(own[name], name).toBe(metrics[`test.${name}`]);
    await lab.act('clean', { step: 'replace', columns: ['city'], map: ['Oslo=Cairo'] });
    const { stages } = (await lab.act('reproduce')).result as { stages: readonly { stage: string; outcome: string }[] };
    expect(stages.map(({ outcome }) => outcome)).toEqual(['ran', 'ran', 'ran']);
    await lab.platform.files.write('data/clean.yaml', 'steps:\n- do: nothing\n');
    await lab.platform.save();
    await expect(lab.act('reproduce')).rejects.toMatchObject({ code: 'bad-cleaning', data: { path: 'data/clean.yaml', line: 2 } });
  }, 60_000);
});

it('retraining and drift go on with the transforms of the champion', async () => {
  const { act, platform, engine } = await openLab();
  await act('collect', { dataset: 'chicago_ridership' });
  await act('prepare', { transform: ['date=dates:cyclic', 'month=ordinal'] });
  await act('train', { model: 'linear' });
  await act('evaluate');
  await act('register', { name: 'ridership', alias: 'champion' });
  await act('deploy', { service: 'ridership' });
  await act('advance', { days: 400 });
  expect(engine.snapshot.monitors[0]!.windows.length).toBeGreaterThan(3);
  await act('retrain', {});
  const { recipe } = (await engine.view('recipe')) as { recipe: Recipe };
  expect(recipe.steps.find(({ name }) => name === 'date')).toMatchObject({ kind: 'dates' });
  expect(recipe.outputs).toContain('date.year.sin');
  expect(new TextDecoder().decode(await platform.files.read('params.yaml'))).toContain('date: dates:cyclic');
}, 60_000);
