import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ExportReport } from '../../src/lab/export-model.js';
import { runRows } from '../../src/lab/evaluate.js';
import { predict } from '../../src/core/train/fit.js';
import { createNodeNets, startTensorflow } from '../../src/platform/tfjs/node-nets.js';
import { feedsOf, runOnnx } from '../core/package/run-onnx.js';
import { openLab } from './open-lab.js';

type Lab = Awaited<ReturnType<typeof openLab>>;
interface Example {
  readonly rows: Readonly<Record<string, unknown>>[];
  readonly expected: { readonly label?: string; readonly value?: number; readonly probabilities?: Readonly<Record<string, number>> }[];
}

const exported = async (lab: Lab, args: Record<string, string | number>): Promise<ExportReport> => (await lab.act('export-model', args)).result as ExportReport;
const bytesOf = (lab: Lab, { folder }: ExportReport, path: string): Promise<Uint8Array> => lab.platform.files.read(`exports/${folder}/${path}`);
const textOf = async (lab: Lab, report: ExportReport, path: string): Promise<string> => new TextDecoder().decode(await bytesOf(lab, report, path));

/** Writes an export to disk, as a learner who unpacks the zip does. */
async function unpacked(lab: Lab, report: ExportReport): Promise<string> {
  const { name, bytes } = await lab.engine.view('exportZip', { folder: report.folder });
  expect(name).toBe(`${report.folder}.zip`);
  const root = mkdtempSync(join(tmpdir(), 'export-'));
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return join(root, report.folder);
}

async function penguins(model: string, set: string[] = [], nets?: Parameters<typeof openLab>[0]): Promise<Lab> {
  const lab = await openLab(nets);
  await lab.act('collect', { dataset: 'penguins' });
  await lab.act('prepare', { target: 'species', split: 'stratified', drop: ['year'] });
  await lab.act('train', { model, set });
  await lab.act('evaluate', {});
  await lab.act('register', { name: 'birds', alias: 'champion' });
  return lab;
}

async function held(lab: Lab) {
  const run = await lab.engine.view('run', {});
  const rows = await runRows(lab.engine.session, run);
  return { ...rows, ours: predict(rows.model, rows.test.x) };
}

describe('a model that leaves the lab', () => {
  it('as ONNX, by version or alias, with what says where it comes from, outside git', async () => {
    const lab = await penguins('random-forest', ['trees=10']);
    const report = await exported(lab, { name: 'birds', alias: 'champion', format: 'onnx' });
    expect(report.folder).toBe('birds-v1-onnx');
    expect(report.files.map(({ path }) => path)).toEqual(['model.onnx', 'predict.py', 'example.json', 'lineage.json', 'README.md']);
    const { recipe, table, test, ours } = await held(lab);
    const outputs = await runOnnx(await bytesOf(lab, report, 'model.onnx'), feedsOf(recipe, table, test.rows));
    ours.forEach((value, at) => expect(outputs['probabilities']!.values[at]).toBeCloseTo(value, 6));
    const lineage = JSON.parse(await textOf(lab, report, 'lineage.json')) as { run: { id: string }; commit: string; data: { md5: string; licence: string }; metrics: Record<string, number>; aliases: string[] };
    const [run] = lab.engine.snapshot.runs;
    expect(lineage).toMatchObject({ run: { id: run!.id }, commit: run!.commit, data: { md5: run!.dataDigest, licence: 'CC0 1.0' }, metrics: run!.metrics, aliases: ['champion'] });
    expect(await textOf(lab, report, 'README.md')).toContain(run!.dataDigest);
    expect((await lab.platform.git.status()).filter(({ path, unstaged }) => path.startsWith('exports') && unstaged !== 'unmodified')).toEqual([]);
    expect(await lab.engine.view('exports', {})).toMatchObject([{ folder: 'birds-v1-onnx', bytes: report.bytes }]);
  });

  it('as an MLflow model whose graph takes and gives a column at a time', async () => {
    const lab = await penguins('logistic');
    const report = await exported(lab, { name: 'birds', version: 1, format: 'mlflow' });
    const model = parse(await textOf(lab, report, 'MLmodel')) as { flavors: Record<string, Record<string, unknown>>; signature: Record<string, string>; run_id: string; utc_time_created: string };
    expect(model.flavors).toMatchObject({ onnx: { data: 'model.onnx' }, python_function: { loader_module: 'mlflow.onnx', env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' } } });
    expect(model.utc_time_created).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    const inputs = JSON.parse(model.signature['inputs']!) as { name: string; type: string }[];
    const outputs = JSON.parse(model.signature['outputs']!) as { name: string; type: string }[];
    expect(inputs).toContainEqual({ type: 'string', name: 'island', required: true });
    const example = JSON.parse(await textOf(lab, report, 'input_example.json')) as { columns: string[]; data: unknown[][] };
    expect(example.columns).toEqual(inputs.map(({ name }) => name));
    expect(example.data.flat()).not.toContain(undefined);
    const { recipe, table, test, ours } = await held(lab);
    const found = await runOnnx(await bytesOf(lab, report, 'model.onnx'), feedsOf(recipe, table, test.rows, true));
    expect(Object.keys(found)).toEqual(outputs.map(({ name }) => name));
    outputs.slice(1).forEach(({ name }, k) => {
      expect(found[name]!.dims).toEqual([test.rows.length]);
      test.rows.forEach((_, row) => expect(found[name]!.values[row]).toBeCloseTo(ours[row * 3 + k]!, 6));
    });
  });

  it('as a trained net in TensorFlow.js’s format, which loads again and says the same', { timeout: 60_000 }, async () => {
    const lab = await penguins('dense-net', ['epochs=8', 'layers=8'], createNodeNets());
    const report = await exported(lab, { name: 'birds', format: 'tfjs' });
    await startTensorflow();
    const tf = { ...(await import('@tensorflow/tfjs-core')), ...(await import('@tensorflow/tfjs-layers')) };
    const json = JSON.parse(await textOf(lab, report, 'model.json')) as { modelTopology: object; weightsManifest: { weights: never[] }[] };
    const weights = (await bytesOf(lab, report, 'weights.bin')).slice().buffer;
    const net = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0]!.weights, weightData: weights }));
    const folder = await unpacked(lab, report);
    const { prepareRows } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'prepare.mjs')).href)) as { prepareRows: (recipe: unknown, rows: unknown) => number[][] };
    const { rows, expected } = JSON.parse(await textOf(lab, report, 'example.json')) as Example;
    const answer = net.predict(tf.tensor2d(prepareRows(JSON.parse(await textOf(lab, report, 'recipe.json')), rows))) as import('@tensorflow/tfjs-core').Tensor;
    const found = answer.arraySync() as number[][];
    expected.forEach(({ probabilities }, row) => Object.values(probabilities!).forEach((share, k) => expect(found[row]![k]).toBeCloseTo(share, 5)));
    const { recipe, table, test, ours } = await held(lab);
    const onnx = await runOnnx(await bytesOf(lab, await exported(lab, { name: 'birds', format: 'onnx' }), 'model.onnx'), feedsOf(recipe, table, test.rows));
    ours.forEach((value, at) => expect(onnx['probabilities']!.values[at]).toBeCloseTo(value, 6));
  });

  it.each([
    ['penguins', 'species', ['dummy', 'logistic', 'naive-bayes', 'k-nearest', 'decision-tree', 'random-forest', 'gradient-boosting']],
    ['concrete', 'compressive_strength', ['linear', 'lasso', 'k-nearest', 'gradient-boosting']],
    ['hmda_boston', 'denied', ['logistic', 'gradient-boosting', 'naive-bayes']],
  ])('as JSON with JavaScript that answers as expected: %s', { timeout: 60_000 }, async (dataset, target, kinds) => {
    const lab = await openLab();
    await lab.act('collect', { dataset });
    await lab.act('prepare', { target, split: 'random' });
    for (const kind of kinds) {
      await lab.act('train', { model: kind, set: kind === 'random-forest' ? ['trees=5'] : [] });
      const run = lab.engine.snapshot.runs.at(-1)!.id;
      const report = await exported(lab, { run, format: 'json' });
      expect(report.folder).toBe(`run-${run.slice(0, 8)}-json`);
      const said = execFileSync(process.execPath, [join(await unpacked(lab, report), 'predict.mjs')], { encoding: 'utf8' });
      const lines = said.trim().split('\n').map((line) => line.split(' expected ').map((part) => JSON.parse(part) as Example['expected'][0]));
      expect(lines).toHaveLength(5);
      for (const [found, expected] of lines as [Example['expected'][0], Example['expected'][0]][]) {
        expect(found.label).toBe(expected.label);
        if (expected.value !== undefined) expect(found.value! / expected.value).toBeCloseTo(1, 9);
        for (const [name, share] of Object.entries(expected.probabilities ?? {})) expect(found.probabilities![name]).toBeCloseTo(share, 9);
      }
    }
  });

  it('writes Python that Python can read', async () => {
    if (spawnSync('python3', ['--version']).status !== 0) return;
    const folder = await unpacked(await penguinsLab, await exported(await penguinsLab, { name: 'birds', format: 'onnx' }));
    expect(spawnSync('python3', ['-c', 'import ast,sys; ast.parse(open(sys.argv[1]).read())', join(folder, 'predict.py')]).status).toBe(0);
  });

  it('refuses what it cannot do, and says what', async () => {
    const lab = await penguinsLab;
    await expect(lab.act('export-model', { format: 'onnx' })).rejects.toMatchObject({ code: 'export-which' });
    await expect(lab.act('export-model', { name: 'birds', version: 1, alias: 'champion', format: 'onnx' })).rejects.toMatchObject({ code: 'export-which' });
    await expect(lab.act('export-model', { name: 'birds', version: 9, format: 'onnx' })).rejects.toMatchObject({ code: 'unknown-version' });
    await expect(lab.act('export-model', { name: 'nobody', format: 'onnx' })).rejects.toMatchObject({ code: 'unknown-model' });
    await expect(lab.act('export-model', { name: 'birds', alias: 'challenger', format: 'onnx' })).rejects.toMatchObject({ code: 'unknown-alias' });
    await expect(lab.act('export-model', { name: 'birds', format: 'pickle' })).rejects.toMatchObject({ code: 'flag-value' });
    await expect(lab.act('export-model', { name: 'birds', format: 'tfjs' })).rejects.toMatchObject({ code: 'export-kind', data: { model: 'logistic', format: 'tfjs' } });
    await expect(lab.engine.view('exportZip', { folder: '../.git' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('stops a large forest in the middle and leaves nothing behind', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'concrete' });
    await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
    await lab.act('train', { model: 'random-forest', set: ['trees=60'] });
    const run = lab.engine.snapshot.runs[0]!.id;
    const stop = new AbortController();
    const seen: number[] = [];
    const act = lab.engine.run('export-model', { run, format: 'onnx' }, { signal: stop.signal, progress: ({ done, total }) => (seen.push(done / total), stop.abort()) });
    await expect(act).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toHaveLength(1);
    expect(await lab.platform.files.list('exports')).toEqual([]);
  });
});

describe('cleaning that travels', () => {
  it('is part of the graph for what can be said of a number or a word, and refused by name for free text', { timeout: 60_000 }, async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'penguins_messy' });
    await lab.act('prepare', { target: 'species', split: 'stratified', drop: ['row_id', 'observer', 'source'] });
    await lab.act('train', { model: 'decision-tree' });
    await exported(lab, { run: lab.engine.snapshot.runs.at(-1)!.id, format: 'onnx' });
    await lab.act('clean', { step: 'trim', columns: ['island'] });
    await lab.act('prepare', { target: 'species', split: 'stratified', drop: ['row_id', 'observer', 'source'] });
    await lab.act('train', { model: 'decision-tree' });
    await expect(lab.act('export-model', { run: lab.engine.snapshot.runs.at(-1)!.id, format: 'onnx' })).rejects.toMatchObject({ code: 'export-step', data: { step: 'trim', column: 'island' } });
  });
});

const penguinsLab = penguins('logistic');
