import { beforeAll, describe, expect, it } from 'vitest';
import type { Recipe } from '../../src/core/prepare/recipe.js';
import { createNodeNets } from '../../src/platform/tfjs/node-nets.js';
import { openLab } from './open-lab.js';

type Lab = Awaited<ReturnType<typeof openLab>>;

/** Labels that the endpoint gives for these texts. */
async function labelsOf({ engine }: Lab, service: string, texts: readonly (string | null)[], datatype = 'BYTES'): Promise<{ status: number; labels: string[] }> {
  const body = JSON.stringify({ inputs: [{ name: 'text', shape: [texts.length], datatype, data: texts }] });
  const reply = await engine.serve({ method: 'POST', path: `v2/models/${service}/infer`, body });
  const outputs = (JSON.parse(reply.body) as { outputs?: { name: string; data: string[] }[] }).outputs ?? [];
  return { status: reply.status, labels: outputs.find(({ name }) => name === 'label')?.data ?? [] };
}

describe.each([['text-linear', []], ['text-embedding', ['epochs=12']]] as const)('%s, from the shipped texts to the endpoint', (model, set) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(createNodeNets());
    await lab.act('collect', { dataset: 'support_requests' });
    await lab.act('prepare', { testFrom: '2024-10-01' });
    await lab.act('train', { model, set: [...set], name: 'words' });
    await lab.act('evaluate');
    await lab.act('register', { name: 'support', alias: 'champion' });
    await lab.act('deploy', { service: 'support' });
  }, 120_000);

  it('learns the terms of the training rows alone, as the set advises', async () => {
    const { recipe, trainRows, testRows } = (await lab.engine.view('recipe', {})) as { recipe: Recipe; trainRows: number; testRows: number };
    expect([trainRows + testRows, recipe.classes!.length, recipe.steps.map(({ name, kind }) => [name, kind])]).toEqual([2400, 24, [['text', 'text']]]);
    expect(lab.engine.snapshot.prepared!.inputs).toBe('text');
    expect(recipe.outputs).toContain('text:password');
    expect(recipe.outputs).not.toContain('text:wanna');
  });

  it('is far better than chance on later rows, and worse there than on rows like its own', () => {
    const { metrics } = lab.engine.snapshot.runs[0]!;
    expect(metrics['test.accuracy']).toBeGreaterThan(0.7);
    expect(metrics['train.accuracy']! - metrics['test.accuracy']!).toBeGreaterThan(0.03);
    expect(metrics['baseline.accuracy']).toBeLessThan(0.1);
  });

  it('answers texts in both languages', async () => {
    expect(await labelsOf(lab, 'support', ['I forgot my password', 'نسيت كلمة المرور', 'please send me the invoice'])).toEqual({ status: 200, labels: ['reset_password', 'reset_password', 'invoice_request'] });
  });

  it('answers a text without a known word, an empty and a missing one, and refuses numbers', async () => {
    expect((await labelsOf(lab, 'support', ['xyzzy', '', null])).labels).toHaveLength(3);
    expect((await labelsOf(lab, 'support', ['1'], 'FP64')).status).toBe(400);
  });

  it('gives the same model for the same seed', async () => {
    await lab.act('train', { model, set: [...set] });
    const [first, second] = lab.engine.snapshot.runs;
    expect(second!.modelDigest).toBe(first!.modelDigest);
  });
});

it('models of words refuse rows without a text, and the embedding other columns beside it', async () => {
  const { act } = await openLab();
  await act('collect', { dataset: 'penguins' });
  await act('prepare', { target: 'species', split: 'stratified' });
  await expect(act('train', { model: 'text-linear' })).rejects.toMatchObject({ code: 'not-text' });
  await act('collect', { dataset: 'support_requests' });
  await act('prepare', { drop: [] });
  await expect(act('train', { model: 'text-embedding' })).rejects.toMatchObject({ code: 'not-text' });
  await act('train', { model: 'text-linear' });
});
