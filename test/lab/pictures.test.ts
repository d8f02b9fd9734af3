import { beforeAll, describe, expect, it } from 'vitest';
import type { ExplanationReport } from '../../src/lab/explain.js';
import type { WeaknessReport } from '../../src/lab/weaknesses.js';
import { createNodeNets } from '../../src/platform/tfjs/node-nets.js';
import { openLab } from './open-lab.js';

type Lab = Awaited<ReturnType<typeof openLab>>;

describe('pictures, from the shipped bytes to the endpoint', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(createNodeNets());
    await lab.act('collect', { dataset: 'digits8x8' });
    await lab.act('prepare', { split: 'stratified' });
    await lab.act('train', { model: 'conv-net', name: 'net', set: ['epochs=6'] });
    await lab.act('evaluate');
  }, 120_000);

  it('are a table of pixels whose label is a word, and are not scaled pixel by pixel', async () => {
    const { snapshot } = lab.engine;
    expect(snapshot.data).toMatchObject({ rows: 1797, columns: 65 });
    expect(snapshot.prepared).toMatchObject({ task: 'multiclass', features: 64, inputs: 'images' });
    const { recipe } = await lab.engine.view('recipe', {});
    expect(recipe.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(recipe.steps.every((step) => step.kind === 'numeric' && step.divisor === 1 && step.offset === 0)).toBe(true);
  });

  it('are learned by a conv net in a few epochs, which is kept with its curve and repeats', async () => {
    const [run] = lab.engine.snapshot.runs;
    expect(run!.metrics['test.accuracy']).toBeGreaterThan(0.93);
    expect(run).toMatchObject({ backend: 'wasm', repeatable: true, params: { filters: '8x16', kernel: '3' } });
    const { history } = await lab.engine.view('run', { run: 'net' });
    expect(history.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(history.at(-1)!.validationLoss).toBeLessThan(history[0]!.validationLoss!);
    await lab.act('train', { model: 'conv-net', name: 'again', set: ['epochs=6'] });
    expect(lab.engine.snapshot.runs[1]!.modelDigest).toBe(run!.modelDigest);
  });

  it('are explained by a heat map whose shares add up', async () => {
    const { result, lines } = await lab.act('explain', { run: 'net', row: 3 });
    const { picture, explanation, output, given } = result as ExplanationReport;
    expect([picture!.side, picture!.pixels.length, explanation.method]).toEqual([8, 64, 'integrated-gradients']);
    expect(picture!.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(explanation.predicted! - explanation.base, 2);
    expect(output).toMatch(/^label = \d$/);
    expect(given).toMatch(/^\d$/);
    expect(lines.some((line) => /row \d, column \d of the picture/.test(line))).toBe(true);
    expect(picture!.shares.some((share, pixel) => picture!.pixels[pixel] === 0 && share !== 0)).toBe(false);
  });

  it('are explained by covering them when the model has no gradient', async () => {
    await lab.act('train', { model: 'random-forest', name: 'forest', set: ['trees=20'] });
    const { result } = await lab.act('explain', { run: 'forest', row: 3 });
    const { picture, explanation } = result as ExplanationReport;
    expect(explanation.method).toBe('occlusion');
    expect(Math.max(...picture!.shares)).toBeGreaterThan(0);
  });

  it('are served as they were judged: one input for each pixel', async () => {
    await lab.act('register', { run: 'net', name: 'digits', alias: 'champion' });
    await lab.act('deploy', { service: 'digits' });
    const page = await lab.engine.view('table', { from: 0, count: 20 });
    const inputs = page.columns.filter(({ name }) => name !== 'label').map(({ name }, at) => ({ name, shape: [20], datatype: 'FP64', data: page.rows.map((row) => Number(row[at])) }));
    const reply = await lab.engine.serve({ method: 'POST', path: '/v2/models/digits/infer', body: JSON.stringify({ inputs }) });
    expect(reply.status).toBe(200);
    const { data } = (JSON.parse(reply.body) as { outputs: { name: string; data: string[] }[] }).outputs.find(({ name }) => name === 'label')!;
    const labels = page.rows.map((row) => row.at(-1));
    expect(data.filter((label, row) => label === labels[row]).length).toBeGreaterThan(17);
  });

  it('show where the model fails, without slices by single pixels', async () => {
    await lab.act('train', { model: 'k-nearest', name: 'near' });
    await lab.act('evaluate');
    const { result } = await lab.act('weaknesses', { run: 'near' });
    const { worst, slices } = result as WeaknessReport;
    expect(slices.tested).toBe(0);
    expect(Object.keys(worst[0]!.cells)).toHaveLength(64);
  }, 60_000);

  it('a conv net refuses rows that are no pictures', async () => {
    await lab.act('collect', { dataset: 'penguins' });
    await lab.act('prepare', { target: 'species', split: 'stratified' });
    await expect(lab.act('train', { model: 'conv-net' })).rejects.toMatchObject({ code: 'not-images' });
  });

  it('of 28 by 28 pixels go the same way', async () => {
    const started = performance.now();
    await lab.act('collect', { dataset: 'fashion_mnist_3k' });
    await lab.act('prepare', { split: 'stratified' });
    expect(lab.engine.snapshot.prepared).toMatchObject({ features: 784, inputs: 'images' });
    await lab.act('train', { model: 'decision-tree', set: ['maxDepth=3'] });
    expect(performance.now() - started).toBeLessThan(60_000);
  }, 90_000);
});
