import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applyRecipe } from '../../src/core/prepare/apply-recipe.js';
import { predict } from '../../src/core/train/fit.js';
import { runRows } from '../../src/lab/evaluate.js';
import type { ExportReport } from '../../src/lab/export-model.js';
import { createNodeNets } from '../../src/platform/tfjs/node-nets.js';
import { feedsOf, runOnnx } from '../core/package/run-onnx.js';
import { openLab } from './open-lab.js';

type Lab = Awaited<ReturnType<typeof openLab>>;

interface Example {
  readonly rows: Readonly<Record<string, unknown>>[];
  readonly expected: { readonly label: string; readonly probabilities: Readonly<Record<string, number>> }[];
}

/** Exports the newest run and writes the files to disk. */
async function written(lab: Lab, format: string): Promise<string> {
  const { folder, files } = (await lab.act('export-model', { run: lab.engine.snapshot.runs.at(-1)!.id, format })).result as ExportReport;
  const root = mkdtempSync(join(tmpdir(), 'export-'));
  for (const { path } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), await lab.platform.files.read(`exports/${folder}/${path}`));
  }
  return root;
}

const jsonOf = async <T>(folder: string, file: string): Promise<T> => JSON.parse(await readFile(join(folder, file), 'utf8')) as T;

/** Compares ONNX Runtime with the lab on all held rows, also hurt ones. */
async function expectSame(lab: Lab, most = 300): Promise<void> {
  const folder = await written(lab, 'onnx');
  const { recipe, table, test, model } = await runRows(lab.engine.session, await lab.engine.view('run', {}));
  const rows = test.rows.slice(0, most);
  const hurt = { ...table, columns: table.columns.map((column) => (column.type === 'text' ? { ...column, codes: column.codes.map((code, row) => (row % 5 === 0 ? -1 : code)) } : column)) };
  const bytes = new Uint8Array(await readFile(join(folder, 'model.onnx')));
  for (const own of [table, hurt]) {
    const ours = predict(model, applyRecipe(recipe, own, rows));
    const { probabilities, label } = await runOnnx(bytes, feedsOf(recipe, own, rows));
    const worst = ours.reduce((most2, value, at) => Math.max(most2, Math.abs(value - Number(probabilities!.values[at]))), 0);
    expect(worst).toBeLessThan(1e-5);
    expect(label!.values).toHaveLength(rows.length);
  }
}

async function expectScript(lab: Lab): Promise<void> {
  const said = execFileSync(process.execPath, [join(await written(lab, 'json'), 'predict.mjs')], { encoding: 'utf8' });
  for (const line of said.trim().split('\n')) {
    const [found, expected] = line.split(' expected ').map((part) => JSON.parse(part) as Example['expected'][0]) as [Example['expected'][0], Example['expected'][0]];
    expect(found.label).toBe(expected.label);
    for (const [name, share] of Object.entries(expected.probabilities)) expect(found.probabilities[name]).toBeCloseTo(share, 9);
  }
}

/** Loads model.json with TensorFlow.js and compares the example rows. */
async function expectLayers(lab: Lab): Promise<void> {
  const folder = await written(lab, 'tfjs');
  const tf = { ...(await import('@tensorflow/tfjs-core')), ...(await import('@tensorflow/tfjs-layers')) };
  const json = await jsonOf<{ modelTopology: object; weightsManifest: { weights: never[] }[] }>(folder, 'model.json');
  const weights = await readFile(join(folder, 'weights.bin'));
  const net = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0]!.weights, weightData: new Uint8Array(weights).buffer }));
  const { prepareRows } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'prepare.mjs')).href)) as { prepareRows: (recipe: unknown, rows: unknown) => number[][] };
  const { rows, expected } = await jsonOf<Example>(folder, 'example.json');
  const found = (net.predict(tf.tensor2d(prepareRows(await jsonOf(folder, 'recipe.json'), rows))) as import('@tensorflow/tfjs-core').Tensor).arraySync() as number[][];
  expected.forEach(({ probabilities }, row) => Object.values(probabilities).forEach((share, k) => expect(found[row]![k]).toBeCloseTo(share, 5)));
}

describe('a net of pictures', () => {
  it('leaves as ONNX with one input for the pixels, as layers and as JavaScript', { timeout: 120_000 }, async () => {
    const lab = await openLab(createNodeNets());
    await lab.act('collect', { dataset: 'digits8x8' });
    await lab.act('prepare', { split: 'stratified' });
    await lab.act('train', { model: 'conv-net', set: ['epochs=2', 'filters=4,6', 'kernel=4'] });
    await expectSame(lab);
    await expectScript(lab);
    await expectLayers(lab);
    const folder = await written(lab, 'onnx');
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toContain('| pixels | float [N, 64]: p0 … p63, row by row | NaN |');
    const signature = parse(await readFile(join(await written(lab, 'mlflow'), 'MLmodel'), 'utf8')) as { signature: { inputs: string } };
    expect(JSON.parse(signature.signature.inputs)).toHaveLength(64);
  });
});

describe('a model of words', () => {
  const requests = openLab(createNodeNets()).then(async (lab) => {
    await lab.act('collect', { dataset: 'support_requests' });
    await lab.act('prepare', { transform: ['text=tfidf:300+flag'] });
    return lab;
  });

  it('leaves as a graph that counts terms, with what cuts texts beside it', { timeout: 120_000 }, async () => {
    const lab = await requests;
    await lab.act('train', { model: 'text-linear', set: ['iterations=60'] });
    await expectSame(lab);
    await expectScript(lab);
    const folder = await written(lab, 'onnx');
    expect((await readdir(folder)).sort()).toEqual(['README.md', 'example.json', 'lineage.json', 'model.onnx', 'predict.py', 'terms.json', 'terms.mjs', 'terms.py']);
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toContain('| text:terms | string [N, T]');
  });

  it('as an embedding net too, by layers that take shares of the words', { timeout: 120_000 }, async () => {
    const lab = await requests;
    await lab.act('prepare', { transform: ['text=tfidf:300'] });
    await lab.act('train', { model: 'text-embedding', set: ['epochs=2', 'dimensions=8', 'layers=8'] });
    await expectSame(lab);
    await expectScript(lab);
    await expectLayers(lab);
  });

  it('cuts texts alike in JavaScript and in Python', { timeout: 60_000 }, async () => {
    if (spawnSync('python3', ['--version']).status !== 0) return;
    const folder = await written(await requests, 'onnx');
    const { termsOf } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'terms.mjs')).href)) as { termsOf: (text: string, choice: unknown) => string[] };
    const texts = [...(await jsonOf<Example>(folder, 'example.json')).rows.map(({ text }) => String(text)), 'İSTANBUL ΣΑΣ', 'naïve café_au 42 x', 'لا أستطيعُ الدخول!', 'tabs\tand\u00a0spaces\u2003here', '', '日本語 テスト', 'a😀b 😀😀'];
    writeFileSync(join(folder, 'texts.json'), JSON.stringify(texts));
    for (const [unit, from, to] of [['word', 1, 1], ['word', 1, 3], ['letters', 2, 4]] as const) {
      const code = `import json; from terms import terms_of; print(json.dumps([terms_of(t, "${unit}", ${from}, ${to}) for t in json.load(open("texts.json", encoding="utf-8"))]))`;
      const theirs = JSON.parse(execFileSync('python3', ['-c', code], { cwd: folder, encoding: 'utf8' })) as string[][];
      expect(theirs).toEqual(texts.map((text) => termsOf(text, { unit, from, to })));
    }
  });

  it('as an MLflow model that cuts texts itself', { timeout: 60_000 }, async () => {
    const folder = await written(await requests, 'mlflow');
    const model = parse(await readFile(join(folder, 'MLmodel'), 'utf8')) as { flavors: Record<string, Record<string, unknown>>; signature: { inputs: string } };
    expect(Object.keys(model.flavors)).toEqual(['python_function']);
    expect(model.flavors['python_function']).toMatchObject({ code: 'code', data: 'data', loader_module: 'looplab_text' });
    expect(JSON.parse(model.signature.inputs)).toEqual([{ type: 'string', name: 'text', required: true }]);
    if (spawnSync('python3', ['--version']).status !== 0) return;
    for (const file of ['code/looplab_text.py', 'code/terms.py']) expect(spawnSync('python3', ['-c', 'import ast,sys; ast.parse(open(sys.argv[1]).read())', join(folder, file)]).status).toBe(0);
  });
});

describe('features and transforms', () => {
  it.each(['logistic', 'random-forest', 'gradient-boosting', 'k-nearest'])('leave with a %s', { timeout: 120_000 }, async (kind) => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'hmda_boston' });
    await lab.act('features', { add: 'formula', name: 'burden', formula: 'payment_to_income * loan_to_value' });
    await lab.act('features', { add: 'group', name: 'usual', column: 'loan_to_value', by: 'self_employed', how: 'mean' });
    await lab.act('prepare', { target: 'denied', drop: ['mortgage_insurance_denied'], split: 'random', transform: ['payment_to_income=median+flag+power', 'loan_to_value=bins:4', 'burden=knn:3'] });
    await lab.act('train', { model: kind, set: kind === 'random-forest' ? ['trees=10'] : kind === 'gradient-boosting' ? ['iterations=30'] : [] });
    const folder = await written(lab, 'onnx');
    const { recipe, table, test, model } = await runRows(lab.engine.session, await lab.engine.view('run', {}));
    const rows = test.rows.slice(0, 300);
    const hurt = { ...table, columns: table.columns.map((column, at) => (column.type === 'text' ? { ...column, codes: column.codes.map((code, row) => ((row + at) % 6 === 0 ? -1 : code)) } : { ...column, values: column.values.map((value, row) => ((row + at) % 6 === 0 ? NaN : value)) })) };
    const bytes = new Uint8Array(await readFile(join(folder, 'model.onnx')));
    for (const own of [table, { ...hurt, columns: hurt.columns.filter(({ name }) => name !== 'burden' && name !== 'usual') }]) {
      const ours = predict(model, applyRecipe(recipe, own, rows));
      const { probabilities } = await runOnnx(bytes, feedsOf(recipe, own, rows));
      const worst = ours.reduce((most, value, at) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value - Number(probabilities!.values[2 * at + 1])))), 0);
      expect(worst).toBeLessThan(1e-5);
    }
    await expectScript(lab);
  });
});
