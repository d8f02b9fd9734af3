import { describe, expect, test } from 'vitest';
import type { FeaturesResult } from '../../src/lab/features.js';
import type { LeakageReport } from '../../src/lab/cleaning/leakage-report.js';
import { deployRidership, openLab } from './open-lab.js';

type Cell = string | number | null;
const tensor = (name: string, value: Cell) => ({ name, shape: [1], datatype: typeof value === 'string' ? 'BYTES' : 'FP64', data: [value] });
const text = async (files: { read(path: string): Promise<Uint8Array> }, path: string): Promise<string> => new TextDecoder().decode(await files.read(path));

describe('features of a project', () => {
  test('what evaluation computes of a row, serving computes of the request: formulas, pairs, groups, after cleaning', async () => {
    const { act, engine, platform } = await openLab();
    await act('collect', { dataset: 'penguins' });
    await act('features', { add: 'formula', name: 'bill_area', formula: 'bill_length_mm * bill_depth_mm' });
    await act('features', { add: 'combine', of: ['body_mass_g', 'flipper_length_mm'], how: 'ratio' });
    await act('features', { add: 'combine', name: 'where', of: ['island', 'sex'], how: 'cross' });
    await act('features', { add: 'group', column: 'body_mass_g', by: 'island', how: 'median' });
    await act('features', { add: 'formula', name: 'heavy', formula: 'body_mass_g > body_mass_g_median_by_island' });
    await act('features', { add: 'drop', columns: ['bill_depth_mm', 'island'] });
    expect(await text(platform.files, 'data/features.yaml')).toContain('formula: bill_length_mm * bill_depth_mm');
    await act('prepare', { split: 'stratified' });
    const recipe = await engine.view('recipe');
    expect(JSON.stringify(recipe)).toContain('bill_area');
    await act('train', { model: 'logistic' });
    await act('evaluate', {});
    await act('register', { name: 'birds', alias: 'champion' });
    await act('deploy', { service: 'birds', name: 'birds' });
    const run = engine.snapshot.runs.at(-1)!;
    const detail = await engine.view('evaluation', { run: run.id });
    const metadata = JSON.parse((await engine.serve({ method: 'GET', path: 'v2/models/birds' })).body) as { inputs: { name: string }[] };
    const names = metadata.inputs.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['bill_length_mm', 'bill_depth_mm', 'island', 'sex', 'body_mass_g', 'flipper_length_mm']));
    expect(names.some((name) => name.includes('area') || name === 'where'), 'made columns are no inputs').toBe(false);
    const { columns } = await engine.view('table', { from: 0, count: 1 });
    let same = 0;
    for (const [i, label] of detail.labels.slice(0, 12).entries()) {
      const page = await engine.view('table', { from: Number(label), count: 1 });
      const row = page.rows[0]!;
      const inputs = names.map((name) => {
        const at = columns.findIndex((column) => column.name === name);
        const word = ['island', 'sex'].includes(name);
        return { ...tensor(name, 0), datatype: word ? 'BYTES' : 'FP64', data: [row[at] === '' ? null : word ? row[at]! : Number(row[at])] };
      });
      const reply = await engine.serve({ method: 'POST', path: 'v2/models/birds/infer', body: JSON.stringify({ inputs }) });
      expect(reply.status, reply.body).toBe(200);
      const output = (JSON.parse(reply.body) as { outputs: { name: string; data: string[] }[] }).outputs.find(({ name }) => name === 'label')!;
      expect(output.data[0]).toBe(detail.classes[detail.predicted[i]!]);
      same++;
    }
    expect(same).toBe(12);
    expect(((await act('leakage', {})).result as LeakageReport).findings.filter(({ kind }) => kind === 'fitted-on-more')).toEqual([]);
    const cv = (await act('cross-validate', { folds: 3 })).result as { summary: Record<string, { mean: number }> };
    expect(cv.summary['accuracy']!.mean).toBeGreaterThan(0.9);
    await act('explain', {});
    await act('weaknesses', {});
    await act('features', { undo: true });
    await expect(act('train', { model: 'logistic' })).rejects.toMatchObject({ code: 'prepared-stale' });
  }, 120_000);

  test('what looks back is served from the collected rows or from the request, and refused without either; time passes and a challenger is fitted', async () => {
    const { act, engine } = await openLab();
    await act('collect', { dataset: 'chicago_ridership' });
    const target = (await engine.view('featureRecipe')).target!;
    await act('features', { add: 'lag', column: target, rows: 7, gap: 14, name: 'before' });
    await act('features', { add: 'rolling', column: target, how: 'mean', last: 28, unit: 'days', gap: 14, name: 'level' });
    await act('features', { add: 'date', parts: ['month-sin', 'month-cos', 'weekend'] });
    const time = (await engine.view('featureRecipe')).time!;
    await deployRidership(async (name, args) => (name === 'collect' ? (undefined as never) : act(name, args)));
    const service = engine.snapshot.services[0]!.name;
    const path = `v2/models/${service}/infer`;
    const metadata = JSON.parse((await engine.serve({ method: 'GET', path: `v2/models/${service}` })).body) as { inputs: { name: string; datatype: string }[] };
    expect(metadata.inputs.map(({ name }) => name)).toEqual(expect.arrayContaining([time, 'before', 'level']));
    const run = engine.snapshot.runs.at(-1)!;
    const detail = await engine.view('evaluation', { run: run.id });
    const rows = (await engine.view('table', { from: 0, count: 1 })).total;
    const day = detail.labels[100]!;
    let page = await engine.view('table', { from: 0, count: 1 });
    const at = page.columns.findIndex(({ name }) => name === time);
    for (let row = rows - 1; row >= 0 && page.rows[0]![at] !== day; row--) page = await engine.view('table', { from: row, count: 1 });
    const cells = new Map(page.columns.map(({ name }, i) => [name, page.rows[0]![i]!]));
    const inputsWith = (left: readonly string[], more: Record<string, number> = {}) =>
      metadata.inputs.filter(({ name }) => !left.includes(name)).map(({ name, datatype }) => ({ name, datatype, shape: [1], data: [name in more ? more[name]! : cells.get(name) === '' ? null : datatype === 'BYTES' ? cells.get(name)! : Number(cells.get(name))] }));
    const ask = (inputs: unknown) => engine.serve({ method: 'POST', path, body: JSON.stringify({ inputs }) });
    const served = await ask(inputsWith(['before', 'level']));
    expect(served.status, served.body).toBe(200);
    expect(JSON.parse(served.body), 'the reply tells how far it could look back').toMatchObject({ parameters: { history_to: detail.labels.at(-1) } });
    const prediction = (JSON.parse(served.body) as { outputs: { name: string; data: number[] }[] }).outputs[0]!.data[0];
    expect(prediction, 'the number of the evaluation, bit for bit').toBe(detail.predicted[detail.labels.indexOf(day)]);
    const carried = await ask(inputsWith([], { before: 1, level: 2 }));
    expect(carried.status, carried.body).toBe(200);
    expect(carried.body).not.toBe(served.body);

    await act('advance', { days: 65 });
    expect(engine.snapshot.services[0]!.requests).toBeGreaterThan(60);
    const retrained = (await act('retrain', {})).result as { comparison: { rows: number; challengerValue: number } };
    expect(retrained.comparison.challengerValue).toBeGreaterThan(0);
    expect(((await act('leakage', {})).result as LeakageReport).findings.map(({ kind }) => kind)).not.toContain('feature-from-future');
  }, 240_000);

  test('labels that are looked at before they arrive are a leak', async () => {
    const { act, engine } = await openLab();
    await act('collect', { dataset: 'chicago_ridership' });
    await act('features', { add: 'lag', column: (await engine.view('featureRecipe')).target!, rows: 1, name: 'yesterday' });
    await act('prepare', {});
    expect(((await act('leakage', {})).result as LeakageReport).findings).toContainEqual(expect.objectContaining({ kind: 'label-before-it-arrives', column: 'yesterday', seen: '0' }));
  }, 60_000);

  test('a service without rows to look back at says so', async () => {
    const { act, engine } = await openLab();
    await act('collect', { dataset: 'chicago_ridership' });
    await act('features', { add: 'lag', column: (await engine.view('featureRecipe')).target!, rows: 1, name: 'yesterday' });
    await deployRidership(async (name, args) => (name === 'collect' ? (undefined as never) : act(name, args)));
    const { name: service } = engine.snapshot.services[0]!;
    const { inputs } = JSON.parse((await engine.serve({ method: 'GET', path: `v2/models/${service}` })).body) as { inputs: { name: string; datatype: string }[] };
    const request = (names: readonly string[]) => ({ method: 'POST' as const, path: `v2/models/${service}/infer`, body: JSON.stringify({ inputs: inputs.filter(({ name }) => names.includes(name)).map(({ name, datatype }) => ({ name, datatype, shape: [1], data: [datatype === 'BYTES' ? '2004-01-01' : 1] })) }) });
    const usual = inputs.map(({ name }) => name).filter((name) => name !== 'yesterday' && name !== 'date');
    expect(await engine.serve(request(usual))).toMatchObject({ status: 400, body: expect.stringContaining('feature-needs-history') as string });
    await act('collect', { dataset: 'penguins' });
    expect(await engine.serve(request([...usual, 'date']))).toMatchObject({ status: 400, body: expect.stringContaining('feature-needs-history') as string });
    expect(await engine.serve(request([...usual, 'yesterday']))).toMatchObject({ status: 200 });
  }, 120_000);

  test('an effect is measured on the training rows, and a useless step is called so', async () => {
    const { act, engine } = await openLab();
    await act('collect', { dataset: 'chicago_ridership' });
    const { train } = (await act('prepare', {})).result as { train: number };
    const { target, columns } = await engine.view('featureRecipe');
    const weekly = columns.map(({ name }) => name).filter((name) => name === 'weekday' || name.startsWith('lag14_'));
    const bad = ((await act('features', { try: true, add: 'drop', columns: weekly })).result as FeaturesResult).effect!;
    expect(bad.verdict, JSON.stringify(bad)).toBe('hurts');
    await act('features', { add: 'drop', columns: weekly });
    const good = ((await act('features', { try: true, add: 'formula', name: 'free', formula: 'weekday >= 5' })).result as FeaturesResult).effect!;
    expect(good.verdict, JSON.stringify(good)).toBe('helps');
    await act('features', { undo: true });
    expect(good.rows, 'the test rows stay unseen').toBe(train);
    const other = columns.find(({ name, type }) => type === 'number' && name !== target)!.name;
    const useless = ((await act('features', { try: true, add: 'formula', name: 'twice', formula: `2 * \`${other}\`` })).result as FeaturesResult).effect!;
    expect(useless.verdict, JSON.stringify(useless)).toBe('unclear');
    expect((await engine.view('featureRecipe')).steps, 'measuring keeps no step').toEqual([]);
    await act('features', { add: 'formula', name: 'twice', formula: `2 * \`${other}\`` });
    expect(((await act('features', { try: true, step: 1, folds: 3 })).result as FeaturesResult).effect!.without).toHaveLength(3);
  }, 240_000);

  test('inputs are ranked four ways, and the last ones can be left out as a step', async () => {
    const { act, engine } = await openLab();
    await act('collect', { dataset: 'penguins' });
    await act('prepare', { split: 'stratified' });
    for (const select of ['variance', 'correlation', 'mutual-information', 'permutation']) {
      const { ranking } = (await act('features', { select })).result as FeaturesResult;
      expect(ranking!.features.length).toBeGreaterThan(4);
      const values = ranking!.features.map(({ value }) => value ?? -1);
      expect(values).toEqual([...values].sort((a, b) => b - a));
    }
    await act('features', { select: 'mutual-information', keep: 3 });
    const { steps } = await engine.view('featureRecipe');
    expect(steps.at(-1)!.step).toMatchObject({ do: 'drop' });
    const { result } = await act('prepare', { split: 'stratified' });
    expect((result as { inputs: number }).inputs).toBeLessThan(8);
  }, 120_000);

  test('a made column that gives the target away is found, and none can be the target', async () => {
    const { act } = await openLab();
    await act('collect', { dataset: 'penguins' });
    await act('prepare', { target: 'body_mass_g', drop: [] });
    await act('features', { add: 'formula', name: 'guess', formula: 'flipper_length_mm' });
    await act('prepare', { target: 'body_mass_g', drop: [] });
    expect(((await act('leakage', {})).result as LeakageReport).findings.filter(({ column }) => column === 'guess')).toEqual([]);
    await expect(act('prepare', { target: 'guess' })).rejects.toMatchObject({ code: 'feature-is-target' });
    await act('collect', { dataset: 'chicago_ridership' });
    await act('features', { undo: true });
    await act('prepare', { target: 'busy', drop: ['date'], split: 'random' });
    await act('features', { add: 'formula', name: 'rides', formula: 'ridership * 1000' });
    await act('prepare', { target: 'busy', drop: ['date', 'ridership'], split: 'random' });
    expect(((await act('leakage', {})).result as LeakageReport).findings, 'made of a column that was left out for a reason').toContainEqual(expect.objectContaining({ kind: 'gives-target-away', column: 'rides' }));
  }, 60_000);

  test('bad input is refused with its reason and changes nothing', async () => {
    const { act, engine, platform } = await openLab();
    await act('collect', { dataset: 'penguins' });
    await expect(act('features', { add: 'formula', name: 'x' })).rejects.toMatchObject({ code: 'flag-required' });
    await expect(act('features', { add: 'formula', name: 'x', formula: 'nothing * 2' })).rejects.toMatchObject({ code: 'unknown-column', data: { place: 1 } });
    await expect(act('features', { add: 'formula', name: 'sex', formula: '1' })).rejects.toMatchObject({ code: 'feature-name-taken' });
    await expect(act('features', { add: 'formula', name: '<b>', formula: '1' })).rejects.toMatchObject({ code: 'bad-features' });
    await expect(act('features', { add: 'formula', name: 'x', formula: "if(species = 'Adelie', 1, 0)" })).rejects.toMatchObject({ code: 'feature-uses-target', data: { target: 'species' } });
    await expect(act('features', { add: 'lag', column: 'body_mass_g' })).rejects.toMatchObject({ code: 'flag-required' });
    await expect(act('features', { undo: true })).rejects.toMatchObject({ code: 'no-feature-step' });
    await expect(act('features', { remove: 1 })).rejects.toMatchObject({ code: 'flag-value' });
    await expect(act('features', { try: true, model: 'linear', add: 'formula', name: 'x', formula: 'body_mass_g ^ 2' })).rejects.toMatchObject({ code: 'flag-value', data: { expected: 'logistic | gradient-boosting' } });
    await expect(act('features', { try: true })).rejects.toMatchObject({ code: 'flag-required' });
    await expect(engine.view('featurePreview', { add: 'formula', name: 'x', formula: '1 +' })).rejects.toMatchObject({ code: 'bad-formula', data: { position: 4 } });
    const boosted = (await act('features', { try: true, model: 'gradient-boosting', folds: 3, add: 'combine', of: ['body_mass_g', 'flipper_length_mm'], how: 'ratio' })).result as FeaturesResult;
    expect(boosted.effect!.with).toHaveLength(3);
    await act('features', { add: 'formula', name: 'a', formula: 'body_mass_g / 1000' });
    await act('features', { add: 'formula', name: 'b', formula: 'a + 1' });
    await expect(act('features', { remove: 1 })).rejects.toMatchObject({ code: 'unknown-column' });
    await expect(act('features', { move: 2, place: 1 })).rejects.toMatchObject({ code: 'feature-cycle' });
    const lines = (await act('features', { preview: true, add: 'formula', name: 'c', formula: 'b / 0' })).lines;
    expect(lines.at(-1)).toBe('nothing was kept');
    expect((await act('features', { list: true })).lines).toContain(' 1. formula a = body_mass_g / 1000');
    await act('collect', { dataset: 'concrete' });
    await expect(act('prepare', {})).rejects.toMatchObject({ code: 'unknown-column', data: { place: 1 } });
    await act('features', { clear: true });
    await act('prepare', {});
    await act('collect', { dataset: 'penguins' });
    await platform.files.write('data/features.yaml', new TextEncoder().encode('steps:\n- do: formula\n  name: x\n  formula: species\n'));
    await expect(act('prepare', { split: 'stratified' })).rejects.toMatchObject({ code: 'feature-uses-target' });
  }, 60_000);
});
