import { describe, expect, it } from 'vitest';
import type { ModelArtefact } from '../../src/lab/project/artefacts.js';
import type { BoostedState } from '../../src/core/train/trees/boosted-state.js';
import { openLab } from './open-lab.js';

type Lab = Awaited<ReturnType<typeof openLab>>;

async function artefactOf({ engine, platform }: Lab): Promise<ModelArtefact> {
  const bytes = await platform.objects.get(engine.snapshot.runs[0]!.modelDigest);
  return JSON.parse(new TextDecoder().decode(bytes)) as ModelArtefact;
}

describe('kinds of models in the lab', () => {
  it('boosting takes the categories and missing values of a raw set as they are, and serves what it was judged on', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'credit_scoring' });
    await lab.act('prepare', { target: 'status', encode: 'ordinal', scale: 'none', impute: 'none', split: 'stratified' });
    await lab.act('train', { model: 'gradient-boosting', set: ['iterations=40', 'maxLeaves=8'] });
    await lab.act('evaluate', {});
    const [run] = lab.engine.snapshot.runs;
    expect(run!.metrics['test.auc']).toBeGreaterThan(0.8);
    const { recipe, model } = await artefactOf(lab);
    const { categories, columns } = model.state as BoostedState;
    const ordinal = recipe.steps.flatMap((step, at) => (step.kind === 'ordinal' ? [String(at)] : []));
    expect(ordinal.length).toBeGreaterThan(2);
    expect(Object.keys(categories)).toEqual(ordinal);
    expect(columns.filter((column) => column < 0).length).toBeGreaterThan(40);
    const history = (await lab.engine.view('run', { id: run!.id })).history;
    expect(history.map(({ done }) => done)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it.each(['lasso', 'decision-tree', 'random-forest', 'k-nearest', 'gradient-boosting'])('%s is trained twice to the same model', async (model) => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'concrete' });
    await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
    await lab.act('train', { model, seed: 3 });
    await lab.act('train', { model, seed: 3 });
    const [a, b] = lab.engine.snapshot.runs;
    expect(a!.modelDigest).toBe(b!.modelDigest);
  });

  it('naive Bayes refuses negative counts with words for it', async () => {
    const { act } = await openLab();
    await act('collect', { dataset: 'penguins' });
    await act('prepare', { target: 'species', split: 'stratified' });
    await expect(act('train', { model: 'naive-bayes', set: ['distribution=multinomial'] })).rejects.toMatchObject({ code: 'negative-input' });
    await act('train', { model: 'naive-bayes' });
  });

  it('a model that needs all values refuses a set with holes', async () => {
    const { act } = await openLab();
    await act('collect', { dataset: 'penguins' });
    await act('prepare', { target: 'species', split: 'stratified', impute: 'none' });
    await expect(act('train', { model: 'random-forest' })).rejects.toMatchObject({ code: 'not-finite' });
    await act('train', { model: 'gradient-boosting' });
  });
});
