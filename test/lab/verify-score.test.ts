import { describe, expect, it } from 'vitest';
import { judgeClaims } from '../../src/core/evaluate/judge-claims.js';
import { LabError } from '../../src/core/lab-error.js';
import { createRandom } from '../../src/core/random.js';
import type { ScoreReport } from '../../src/lab/verify-score.js';
import type { VerbArgs } from '../../src/lab/verb.js';
import { openLab, openTerminal, type Lab } from './open-lab.js';

/** A project with its starter pipeline run once. */
async function runStarter(dataset: string, prepare: VerbArgs): Promise<Lab> {
  const lab = await openLab();
  await lab.act('collect', { dataset });
  await lab.act('prepare', prepare);
  await lab.act('pipeline');
  await lab.act('reproduce');
  return lab;
}

const concrete = () => runStarter('concrete', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
const penguins = () => runStarter('penguins', { target: 'species', split: 'stratified' });

async function change({ platform }: Lab, path: string, edit: (text: string) => string): Promise<void> {
  const old = (await platform.files.stat(path)) ? new TextDecoder().decode(await platform.files.read(path)) : '';
  await platform.files.write(path, edit(old));
  await platform.save();
}

async function check(lab: Lab, args: VerbArgs = {}): Promise<ScoreReport> {
  return (await lab.act('verify-score', args)).result as ScoreReport;
}

const refusal = (work: Promise<unknown>) => work.then(() => undefined, (cause: unknown) => LabError.from(cause).toJSON());
const claimOf = (report: ScoreReport, metric: string) => report.claims.find((claim) => claim.metric === metric)!;

describe('claims held against answers', () => {
  const random = createRandom(3);
  const y = Float64Array.from({ length: 300 }, () => Number(random() < 0.5));
  const scores = y.map((value) => (random() < 0.8 ? 0.9 * value + 0.05 : 0.95 - 0.9 * value));
  const judge = (claimed: number, name = 'test.accuracy') => judgeClaims([{ path: 'm.json', name, claimed }], { task: 'binary', classes: 2, y, scores })[0];
  it('hold within chance, and are too good, too modest or no number beyond it', () => {
    const { found, low, high } = judge(0.8)!;
    expect([low < found, found < high, Math.abs(found - 0.8) < 0.06]).toEqual([true, true, true]);
    expect([found, 0.99, 0.4, NaN, Infinity].map((claimed) => judge(claimed)!.verdict)).toEqual(['holds', 'too-good', 'modest', 'no-number', 'no-number']);
    expect([0.001, 5].map((claimed) => judge(claimed, 'log_loss')!.verdict)).toEqual(['too-good', 'modest']);
    expect(judge(1, 'happiness')).toBeUndefined();
  });
});

describe('the score that a pipeline claims', () => {
  it.each([['a number', concrete, 'rmse'], ['classes', penguins, 'accuracy'], ['time', () => runStarter('chicago_ridership', {}), 'rmse']] as const)('holds for the starter pipeline: %s', async (_name, open, metric) => {
    const lab = await open();
    const before = await lab.platform.files.read('dvc.lock');
    const { lines, result } = await lab.act('verify-score');
    const report = result as ScoreReport;
    expect(report).toMatchObject({ by: 'model' });
    expect(report.rows).toBeGreaterThan(40);
    expect(claimOf(report, metric)).toMatchObject({ verdict: 'holds', again: expect.any(Number) as number });
    expect(report.claims.every(({ verdict }) => verdict === 'holds' || verdict === 'modest')).toBe(true);
    expect(lines.join('\n')).toMatch(new RegExp(`${metric}: claimed .*, found .* on ${report.rows} rows that the code never saw: holds`));
    // It all happened beside the project.
    expect(await lab.platform.files.read('dvc.lock')).toEqual(before);
    expect(await lab.engine.view('verifiedScore', {})).toMatchObject({ current: true, report: { rows: report.rows } });
    expect(await check(lab)).toEqual(report);
  }, 60_000);

  it('is found out when it is written by hand, and goes stale when it is written anew', async () => {
    const lab = await penguins();
    await change(lab, 'src/evaluate.ts', (text) => text.replace("writeJson('pipeline/metrics.json', metrics);", "writeJson('pipeline/metrics.json', { accuracy: 0.99999, logLoss: 0.000001 });"));
    await lab.act('reproduce');
    const { result, status } = await lab.act('verify-score');
    const claim = claimOf(result as ScoreReport, 'logLoss');
    expect([claim.verdict, claim.again, status]).toEqual(['too-good', claim.claimed, 1]);
    await change(lab, 'pipeline/metrics.json', () => '{"accuracy": 0.5}\n');
    expect(await lab.engine.view('verifiedScore', {})).toMatchObject({ current: false });
    const terminal = openTerminal(lab);
    expect(await terminal('lab verify-score --seed 5')).toMatch(/accuracy: claimed 0\.5000, found .*: better than claimed/);
  }, 60_000);

  it('is found out when the code learned the rows by heart', async () => {
    const lab = await concrete();
    await change(lab, 'params.yaml', (text) => text.replace('    model: linear', '    model: k-nearest\n    settings: { neighbours: 1 }'));
    // It tests on the rows it learned from.
    await change(lab, 'src/evaluate.ts', (text) => text.replace(".test);", ".train);"));
    await lab.act('reproduce');
    const report = await check(lab);
    expect(claimOf(report, 'r2')).toMatchObject({ verdict: 'too-good' });
    expect(claimOf(report, 'rmse').found).toBeGreaterThan(3 * claimOf(report, 'rmse').claimed!);
  }, 60_000);

  it('is none when it is NaN, words or nothing', async () => {
    const lab = await penguins();
    await change(lab, 'pipeline/metrics.json', () => '{"accuracy": NaN, "logLoss": "tiny", "luck": 1}\n');
    const report = await check(lab);
    expect(report.claims.map(({ name, claimed, verdict }) => [name, claimed, verdict])).toEqual([['accuracy', null, 'no-number'], ['logLoss', null, 'no-number']]);
    expect(report.unchecked).toEqual(['luck']);
    await change(lab, 'pipeline/metrics.json', () => '{"luck": 1}\n');
    expect(await refusal(check(lab))).toMatchObject({ code: 'verify-no-claim' });
  }, 60_000);

  it.each([
    ['never ends', (text: string) => `for (;;);\n${text}`, 'stage-timeout', { stage: 'train' }],
    ['writes without end', (text: string) => `${text}\nwriteJson('pipeline/more.json', 'x'.repeat(70e6));`, 'stage-flood', { stage: 'train' }],
    ['throws', (text: string) => `${text}\nthrow new Error('not again');`, 'stage-error', { stage: 'train', message: 'Error: not again' }],
    ['leaves a model that is none', (text: string) => `${text}\nwriteJson('pipeline/model.json', { version: 1, kind: 'linear', task: 'regression', state: 7 });`, 'stage-error', { stage: 'evaluate' }],
  ])('stays unproven when the code %s', async (_name, edit, code, data) => {
    const lab = await concrete();
    await change(lab, 'src/train.ts', edit);
    expect(await refusal(check(lab, { seconds: 3 }))).toMatchObject({ code, data });
    expect(await lab.engine.view('verifiedScore', {})).toBeUndefined();
  }, 60_000);

  it('stays unproven when the model forges its numbers', async () => {
    const lab = await concrete();
    const hostile = (state: string) => change(lab, 'src/evaluate.ts', () => `import { writeJson, writeText } from 'looplab';\nwriteJson('pipeline/metrics.json', { rmse: 1 });\nwriteText('pipeline/predictions.csv', 'actual,predicted\\n1,1\\n');\nwriteJson('pipeline/model.json', ${state});\n`);
    await hostile("{ version: 1, kind: 'linear', task: 'regression', state: { coefficients: [NaN], intercept: 1e999 } }");
    expect(await refusal(check(lab))).toMatchObject({ code: 'verify-bad-answer' });
    await hostile("{ version: 1, kind: 'toString', task: 'regression', state: {} }");
    expect(await refusal(check(lab))).toMatchObject({ code: 'verify-bad-answer' });
  }, 60_000);

  it('cannot be had by a copy of the data beside them', async () => {
    const lab = await concrete();
    const raw = new TextDecoder().decode(await lab.platform.objects.get(lab.engine.snapshot.data!.digest));
    await change(lab, 'src/notes.ts', () => `export const notes = ${JSON.stringify(raw)};\n`.replaceAll('\\n', '\n').replace(/"/g, '`'));
    expect(await refusal(check(lab))).toMatchObject({ code: 'verify-leak', data: { path: 'src/notes.ts' } });
  }, 60_000);

  it('can be answered by the learner’s own predict, which gets no target', async () => {
    const lab = await concrete();
    await change(lab, 'src/predict.ts', () => `import { applyRecipe, columnOf, predict as answer, readJson } from 'looplab';
export function predict(table, rows) {
  const target = columnOf(table, 'compressive_strength');
  if (rows.some((row) => !Number.isNaN(target.values[row]))) throw new Error('the target is there');
  return answer(readJson('pipeline/model.json'), applyRecipe(readJson('pipeline/prepared/recipe.json'), table, Int32Array.from(rows)));
}
`);
    expect(await check(lab, { predict: 'src/predict.ts' })).toMatchObject({ by: 'code', claims: (await check(lab)).claims });
    await change(lab, 'src/predict.ts', () => 'export const predict = () => [1];\n');
    expect(await refusal(check(lab, { predict: 'src/predict.ts' }))).toMatchObject({ code: 'verify-bad-answer' });
    await change(lab, 'src/predict.ts', () => 'export const predict = (_table, rows) => rows.map(() => 35);\n');
    expect(claimOf(await check(lab, { predict: 'src/predict.ts' }), 'r2').verdict).toBe('too-good');
  }, 60_000);

  it('takes labels and probabilities from the learner’s predict', async () => {
    const lab = await penguins();
    const answer = async (text: string) => {
      await change(lab, 'src/predict.ts', () => text);
      return claimOf(await check(lab, { predict: 'src/predict.ts' }), 'accuracy').found;
    };
    expect(await answer("export const predict = (_t, rows) => rows.map(() => 'Adelie');\n")).toBeCloseTo(0.44, 1);
    expect(await answer('export const predict = (_t, rows) => rows.map(() => ({ Adelie: 0.2, Gentoo: 0.7, Chinstrap: 0.1 }));\n')).toBeCloseTo(0.36, 1);
    await change(lab, 'src/predict.ts', () => "export const predict = (_t, rows) => rows.map(() => 'Dodo');\n");
    expect(await refusal(check(lab, { predict: 'src/predict.ts' }))).toMatchObject({ code: 'verify-bad-answer' });
  }, 60_000);

  it('cannot be checked before there is one, nor of data that no stage reads', async () => {
    const lab = await openLab();
    expect(await refusal(check(lab))).toMatchObject({ code: 'no-pipeline' });
    await lab.act('collect', { dataset: 'penguins' });
    await lab.act('pipeline');
    expect(await refusal(check(lab))).toMatchObject({ code: 'verify-no-claim' });
    await lab.act('reproduce');
    expect(await refusal(check(lab, { share: 2 }))).toMatchObject({ code: 'flag-value' });
    await change(lab, 'dvc.yaml', (text) => text.replaceAll('    - data/raw.csv\n', ''));
    expect(await refusal(check(lab))).toMatchObject({ code: 'verify-no-data' });
  }, 60_000);
});
