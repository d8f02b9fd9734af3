import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-layers';
import { io, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { tfjsFiles } from '../../src/core/package/tfjs-model.js';
import { predict } from '../../src/core/train/fit.js';
import { runRows } from '../../src/lab/evaluate.js';
import type { ExportReport } from '../../src/lab/export-model.js';
import { createNodeNets } from '../../src/platform/tfjs/node-nets.js';
import { feedsOf, runOnnx } from '../core/package/run-onnx.js';
import { openLab, type Lab } from './open-lab.js';

const EVERY = `import { activation, batchNorm, dense, dropout, layerNorm, net, residual, flatten } from 'looplab';
export default net(({ outputs }) => ({ layers: [
  dense(12, 'gelu'), batchNorm(), activation('elu'), dropout(0.2), residual([dense(12, 'tanh'), layerNorm(), dense(12, 'sigmoid')]), flatten(), dense(8, 'relu'), dense(outputs)], epochs: 4 }));`;
const STRAIGHT = `import { activation, batchNorm, dense, net } from 'looplab';
export default net(({ outputs }) => ({ layers: [dense(10, 'sigmoid'), batchNorm(), activation('tanh'), dense(8, 'elu'), dense(outputs)], epochs: 4 }));`;

// A side that is no multiple of the pool's, an even filter, and channels that are normed.
const seeing = (ending: string): string => `import { averageAll, batchNorm, conv2d, dense, flatten, maxPool, net, rescale } from 'looplab';
export default net(({ outputs }) => ({ layers: [
  rescale(), conv2d(6, { size: 3, activation: 'relu' }), batchNorm(), maxPool(3), conv2d(5, { size: 2, activation: 'tanh' }), ${ending}(), dense(12, 'relu'), dense(outputs)], epochs: 2 }));`;

/** What TensorFlow.js says with the files of a net. */
async function loadedNet(files: Record<'model.json' | 'weights.bin', Uint8Array>): Promise<tf.LayersModel> {
  const json = JSON.parse(new TextDecoder().decode(files['model.json'])) as { modelTopology: object; weightsManifest: { weights: io.WeightsManifestEntry[] }[] };
  return tf.loadLayersModel(io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0]!.weights, weightData: files['weights.bin'].slice().buffer }));
}

const answersOf = (net: tf.LayersModel, x: { rows: number; columns: number; data: Float64Array }): ArrayLike<number> => (net.predict(tensor2d(Float32Array.from(x.data), [x.rows, x.columns])) as Tensor).dataSync();

async function trained(source: string, dataset: string, prepare: Record<string, unknown>): Promise<Lab> {
  const lab = await openLab(createNodeNets());
  await lab.act('collect', { dataset });
  await lab.act('prepare', prepare as Record<string, string>);
  await lab.platform.files.write('nets/a.ts', source);
  await lab.platform.save();
  await lab.act('train', { model: 'coded-net' });
  await lab.act('evaluate');
  await lab.act('register', { name: 'own', alias: 'champion' });
  return lab;
}

const exported = async (lab: Lab, format: string): Promise<ExportReport> => (await lab.act('export-model', { name: 'own', alias: 'champion', format })).result as ExportReport;
const bytesOf = (lab: Lab, { folder }: ExportReport, path: string): Promise<Uint8Array> => lab.platform.files.read(`exports/${folder}/${path}`);
const held = async (lab: Lab) => runRows(lab.engine.session, await lab.engine.view('run', {}));

const SETS = [['penguins', { target: 'species', split: 'stratified', drop: ['year'] }], ['concrete', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' }]] as const;

describe.each(SETS)('a net written as code leaves the lab: %s', (dataset, prepare) => {
  it('as ONNX with every layer over numbers, and as plain JavaScript', async () => {
    const lab = await trained(EVERY, dataset, prepare);
    const { recipe, table, test, model } = await held(lab);
    const ours = predict(model, test.x);
    const outputs = await runOnnx(await bytesOf(lab, await exported(lab, 'onnx'), 'model.onnx'), feedsOf(recipe, table, test.rows));
    const theirs = (outputs['variable'] ?? outputs['probabilities'])!.values;
    ours.forEach((value, at) => expect(Math.abs(value - Number(theirs[at]))).toBeLessThan(1e-5 * Math.max(1, Math.abs(value))));
    const report = await exported(lab, 'json');
    const folder = mkdtempSync(join(tmpdir(), 'coded-'));
    for (const { path } of report.files) writeFileSync(join(folder, path), await bytesOf(lab, report, path));
    const { stdout, status } = spawnSync(process.execPath, [join(folder, 'predict.mjs')], { encoding: 'utf8' });
    expect(status).toBe(0);
    for (const line of stdout.trim().split('\n')) {
      const [found, expected] = line.split(' expected ').map((part) => JSON.parse(part) as { value?: number; label?: string });
      if (expected!.value === undefined) expect(found!.label).toBe(expected!.label);
      else expect(found!.value! / expected!.value).toBeCloseTo(1, 6);
    }
    await expect(exported(lab, 'tfjs')).rejects.toMatchObject({ code: 'export-kind', data: { model: 'coded-net (gelu)' } });
  }, 60_000);

  it('as layers of TensorFlow.js when they stand one after another', async () => {
    const lab = await trained(STRAIGHT, dataset, prepare);
    const { test, model } = await held(lab);
    const files = tfjsFiles(model);
    const report = await exported(lab, 'tfjs');
    expect(await bytesOf(lab, report, 'weights.bin')).toEqual(files['weights.bin']);
    const theirs = answersOf(await loadedNet(files), test.x);
    predict(model, test.x).forEach((value, at) => expect(Math.abs(value - theirs[at]!)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value))));
  }, 60_000);
});

it.each(['flatten', 'averageAll'])('a net over pictures leaves as ONNX, as layers of TensorFlow.js and as plain JavaScript: %s', async (ending) => {
  const lab = await openLab(createNodeNets());
  await lab.act('collect', { dataset: 'digits8x8' });
  await lab.act('prepare', { split: 'stratified' });
  await lab.platform.files.write('nets/seeing.ts', seeing(ending));
  await lab.platform.save();
  await lab.act('train', { model: 'coded-net', set: ['epochLimit=1'] });
  await lab.act('evaluate');
  await lab.act('register', { name: 'own', alias: 'champion' });
  const { recipe, table, test, model } = await held(lab);
  const ours = predict(model, test.x);
  const outputs = await runOnnx(await bytesOf(lab, await exported(lab, 'onnx'), 'model.onnx'), feedsOf(recipe, table, test.rows));
  ours.forEach((value, at) => expect(Math.abs(value - Number(outputs['probabilities']!.values[at]))).toBeLessThan(1e-5));
  const theirs = answersOf(await loadedNet(tfjsFiles(model)), test.x);
  ours.forEach((value, at) => expect(Math.abs(value - theirs[at]!)).toBeLessThan(1e-4));
  const report = await exported(lab, 'json');
  const folder = mkdtempSync(join(tmpdir(), 'coded-'));
  for (const { path } of report.files) writeFileSync(join(folder, path), await bytesOf(lab, report, path));
  const { stdout, status } = spawnSync(process.execPath, [join(folder, 'predict.mjs')], { encoding: 'utf8' });
  expect(status).toBe(0);
  for (const line of stdout.trim().split('\n')) {
    const [found, expected] = line.split(' expected ').map((part) => JSON.parse(part) as { label: string; probabilities: Record<string, number> });
    expect(found!.label).toBe(expected!.label);
    for (const [name, share] of Object.entries(expected!.probabilities)) expect(found!.probabilities[name]).toBeCloseTo(share, 5);
  }
}, 60_000);
