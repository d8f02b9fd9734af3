import { describe, expect, test } from 'vitest';
import type { LeakageReport } from '../../src/lab/cleaning/leakage-report.js';
import type { GradeReport } from '../../src/lab/cleaning/grade-report.js';
import type { ValidationReport } from '../../src/lab/cleaning/validation-report.js';
import type { VerbArgs } from '../../src/lab/verb.js';
import { openLab } from './open-lab.js';

const NUMBERS = ['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g'];

/** A recipe that mends everything in the messy set that a rule can mend. */
const MEND: readonly VerbArgs[] = [
  { step: 'trim', columns: ['species', 'island', 'sex'], case: 'lower' },
  { step: 'replace', columns: ['species'], map: ['adelie penguin=adelie'] },
  { step: 'replace', columns: ['species'], map: ['adelie=Adelie', 'gentoo=Gentoo', 'chinstrap=Chinstrap'] },
  { step: 'replace', columns: ['island'], map: ['biscoe=Biscoe', 'dream=Dream', 'torgersen=Torgersen'] },
  { step: 'replace', columns: ['sex'], map: ['m=male', 'f=female', 'femal=female'] },
  { step: 'missing', columns: NUMBERS, values: ['-'] },
  { step: 'convert', columns: NUMBERS, to: 'number', decimal: 'comma' },
  { step: 'missing', columns: ['bill_depth_mm'], values: ['999'] },
  { step: 'rescale', columns: ['body_mass_g'], unit: 'change-sign', below: 0 },
  { step: 'rescale', columns: ['body_mass_g'], unit: 'thousandfold', below: 100 },
  { step: 'rescale', columns: ['flipper_length_mm'], unit: 'tenfold', below: 100 },
  { step: 'rescale', columns: ['bill_length_mm'], unit: 'a-tenth', above: 100 },
  { step: 'deduplicate', by: ['row_id'], keep: 'first' },
];

describe('cleaning the messy penguins', () => {
  test('a whole recipe fixes every cell that a rule can fix, harms none, and serves the same rows', async () => {
    const { act, engine, platform } = await openLab();
    await act('collect', { dataset: 'penguins_messy' });
    const untouched = (await act('grade-cleaning')).result as GradeReport;
    expect(untouched.fixed).toBe(0);
    expect(untouched.spoilt).toBeGreaterThan(80);
    for (const args of MEND) await act('clean', args);
    const grade = (await act('grade-cleaning')).result as GradeReport;
    expect(Object.fromEntries(grade.kinds.map(({ name, spoilt, fixed }) => [name, spoilt - fixed]))).toMatchObject({ label_variant: 0, unit_kg_instead_of_g: 0, unit_cm_instead_of_mm: 0, decimal_comma: 0, decimal_point_lost: 0, negative_sign: 0, sentinel_999_for_missing: 0, exact_duplicate_row: 0, label_error_in_target: 4 });
    expect(grade.harmed).toBe(0);
    expect(grade.precision).toBeGreaterThan(0.97);
    expect(JSON.stringify(grade)).not.toContain('"clean"');
    expect(await platform.files.read('data/clean.yaml').then((b) => new TextDecoder().decode(b))).toMatch(/do: deduplicate\n {2}by:\n {2}- row_id/);

    await act('prepare', { split: 'stratified' });
    await act('train', { model: 'logistic' });
    await act('evaluate', {});
    await act('register', { name: 'birds', alias: 'champion' });
    await act('deploy', { service: 'birds', name: 'birds' });
    const ask = async (mass: number, sex: string): Promise<{ status: number; body: string }> => {
      const column = (name: string, datatype: string, value: unknown) => ({ name, shape: [1], datatype, data: [value] });
      const inputs = [column('island', 'BYTES', 'Biscoe'), column('bill_length_mm', 'FP64', 45), column('bill_depth_mm', 'FP64', 15), column('flipper_length_mm', 'FP64', 215), column('body_mass_g', 'FP64', mass), column('sex', 'BYTES', sex)];
      return engine.serve({ method: 'POST', path: 'v2/models/birds/infer', body: JSON.stringify({ inputs }) });
    };
    const usual = await ask(5000, 'female');
    expect(usual.status, usual.body).toBe(200);
    expect((await ask(5, ' F ')).body, 'kilograms and F are cleaned as in training').toBe(usual.body);
    expect((await ask(5, 'male')).body).not.toBe(usual.body);

    await act('contract', { infer: true });
    expect((await ask(5000, 'female')).body).toBe(usual.body);
    expect(JSON.parse((await ask(50_000, 'female')).body)).toMatchObject({ parameters: { contract_violations: 1 } });
    await act('contract', { requests: 'reject' });
    expect(await ask(50_000, 'female')).toMatchObject({ status: 400, body: expect.stringContaining('body_mass_g max') as string });
    expect((await ask(5000, 'female')).status).toBe(200);
  });

  test('steps are moved, taken away and undone, and shown before and after', async () => {
    const { act, engine } = await openLab();
    await act('collect', { dataset: 'penguins_messy' });
    for (const args of MEND.slice(5, 9)) await act('clean', args);
    const shown = await engine.view('cleanStep', { place: 4 });
    expect(shown.total).toBe(4);
    expect(shown.rows[0]!.before[1]).toMatch(/^-/);
    expect(shown.rows[0]!.after[1]).toBe(shown.rows[0]!.before[1]!.slice(1));
    expect(shown.distributions[0]!.rows.reduce((sum, { before }) => sum + before, 0)).toBe(shown.distributions[0]!.rows.reduce((sum, { after }) => sum + after, 0));
    await act('clean', { move: 4, place: 1 });
    expect((await engine.view('cleaning')).steps.map(({ step }) => step.do)).toEqual(['rescale', 'missing', 'convert', 'missing']);
    await act('clean', { remove: 1 });
    await act('clean', { undo: true });
    expect((await engine.view('cleaning')).steps.map(({ step }) => step.do)).toEqual(['missing', 'convert']);
    await expect(act('clean', { remove: 3 })).rejects.toMatchObject({ code: 'flag-value' });
    await expect(act('clean', { step: 'trim', columns: ['nothing'] })).rejects.toMatchObject({ code: 'unknown-column' });
    expect((await engine.view('cleaning')).steps).toHaveLength(2);
  });

  test('the suggestions name what is wrong, and following them mends most of it', async () => {
    const { act, engine } = await openLab();
    await act('collect', { dataset: 'penguins_messy' });
    const why = (await engine.view('cleaning')).suggestions.map((s) => `${s.why} ${'columns' in s.step ? s.step.columns.join() : 'column' in s.step ? s.step.column : (s.step as { by?: readonly string[] }).by?.join() ?? ''}`);
    expect(why).toEqual(expect.arrayContaining(['same-rows ', 'same-key row_id', 'similar-words sex', 'similar-words species', 'similar-words island', 'numbers-as-text bill_length_mm', 'marker bill_depth_mm']));
  });

  test('a recipe that is broken by hand is refused with its line, and nothing is lost', async () => {
    const { act, platform, engine } = await openLab();
    await act('collect', { dataset: 'penguins_messy' });
    for (const [text, line, code] of [['version: 1\nsteps:\n- do: trim\n  columns: [sex]\n- do: polish\n', 5, 'bad-cleaning'], ['steps:\n- do: trim\n  columns: [sex\n', 4, 'bad-yaml'], ['steps:\n- do: limit\n  column: sex\n  act: clip\n', 2, 'bad-cleaning']] as const) {
      await platform.files.write('data/clean.yaml', text);
      await platform.save();
      await expect(act('prepare', {}), text).rejects.toMatchObject({ code, data: { path: 'data/clean.yaml', line } });
    }
    expect(engine.snapshot.data?.rows).toBe(364);
  });
});

describe('a data contract', () => {
  test('is inferred, kept by its own data, and broken by the raw ones with lines', async () => {
    const { act, platform } = await openLab();
    await act('collect', { dataset: 'penguins_messy' });
    for (const args of MEND) await act('clean', args);
    await act('contract', { infer: true });
    await expect(act('contract', { infer: true })).rejects.toMatchObject({ code: 'contract-exists' });
    const kept = await act('validate');
    expect(kept).toMatchObject({ result: { passed: true, findings: [] } });
    expect(kept.status).toBeUndefined();
    const broken = await act('validate', { on: 'raw' });
    expect(broken.status).toBe(1);
    const found = new Map((broken.result as ValidationReport).findings.map((f) => [`${f.column} ${f.rule}`, f]));
    expect([...found.keys()]).toEqual(expect.arrayContaining(['bill_length_mm type', 'bill_length_mm max', 'body_mass_g min', 'flipper_length_mm min', 'species allowed', 'sex allowed', 'row_id unique']));
    const raw = new TextDecoder().decode(await platform.objects.get((broken.result as ValidationReport).data)).split('\n');
    for (const { line, value } of found.get('bill_length_mm type')!.examples) expect(raw[line - 1]).toContain(value);
    await act('clean', { undo: true });
    expect((await act('validate')).status, 'the doubled rows are back').toBe(1);
  });

  test('is a stage of a pipeline, which fails when a promise is broken', async () => {
    const { act, platform } = await openLab();
    await act('collect', { dataset: 'penguins' });
    await act('contract', { infer: true });
    await platform.files.write('dvc.yaml', 'stages:\n  validate:\n    cmd: node src/validate.ts\n    deps:\n    - data/raw.csv\n    - data/contract.yaml\n    - src/validate.ts\n    outs:\n    - pipeline/validation.json\n');
    await platform.files.write('src/validate.ts', "import { readTable, readYaml, validateTable, writeJson } from 'looplab';\n\nconst findings = validateTable(readTable('data/raw.csv'), readYaml('data/contract.yaml'));\nif (findings.length > 0) throw new Error(`${findings[0].column} ${findings[0].rule}`);\nwriteJson('pipeline/validation.json', findings);\n");
    await platform.save();
    expect((await act('reproduce')).result).toMatchObject({ stages: [{ stage: 'validate', outcome: 'ran' }] });
    const text = new TextDecoder().decode(await platform.files.read('data/contract.yaml'));
    await platform.files.write('data/contract.yaml', text.replace('- Biscoe', '- Nowhere'));
    await platform.save();
    await expect(act('reproduce')).rejects.toMatchObject({ code: 'stage-error', data: { line: 4, message: expect.stringContaining('island allowed') as string } });
  });

  test('one that is broken by hand is refused with its line', async () => {
    const { act, platform } = await openLab();
    await act('collect', { dataset: 'penguins' });
    await expect(act('validate')).rejects.toMatchObject({ code: 'no-contract' });
    await expect(act('contract', { text: 'columns:\n  species:\n    type: colour\n' })).rejects.toMatchObject({ code: 'bad-contract', data: { line: 3 } });
    await platform.files.write('data/contract.yaml', 'columns:\n  year: {type: integer, min: 9, max: 3}\n');
    await platform.save();
    await expect(act('validate')).rejects.toMatchObject({ code: 'bad-contract', data: { line: 2, reason: 'max is below min' } });
  });
});

describe('leakage', () => {
  const kinds = (report: unknown): string[] => [...new Set((report as LeakageReport).findings.map(({ kind }) => kind))].sort();

  test.each([
    ['penguins', {}],
    ['hr_attrition', {}],
    ['telco_churn', {}],
    ['ames_housing', {}],
    ['credit_scoring', {}],
    ['hmda_boston', {}],
    ['concrete', { split: 'group', group: 'mix_id' }],
    ['birdstrikes', {}],
    ['chicago_ridership', {}],
  ])('no false alarm on %s as its facts advise', async (dataset, args) => {
    const { act } = await openLab();
    await act('collect', { dataset });
    await act('prepare', args);
    const report = await act('leakage');
    expect(report.result).toMatchObject({ findings: [] });
  });

  test('a planted time leak, group leak, target leak and learned limits are found, and the remedies mend them', async () => {
    const live = await openLab();
    await live.act('collect', { dataset: 'chicago_ridership' });
    await live.act('prepare', { split: 'random' });
    let report = (await live.act('leakage')).result as LeakageReport;
    expect(kinds(report)).toEqual(['future-in-training']);
    const { remedy } = report.findings[0]!;
    expect(remedy?.command).toMatch(/^lab prepare .*--split time/);
    await live.act(remedy!.verb, remedy!.args);
    expect(kinds((await live.act('leakage')).result)).toEqual([]);

    const mixes = await openLab();
    await mixes.act('collect', { dataset: 'concrete' });
    await mixes.act('prepare', { split: 'random' });
    report = (await mixes.act('leakage')).result as LeakageReport;
    expect(kinds(report)).toContain('groups-across');
    const leak = report.findings.find(({ kind }) => kind === 'groups-across')!;
    await mixes.act(leak.remedy!.verb, leak.remedy!.args);
    expect(kinds((await mixes.act('leakage')).result)).not.toContain('groups-across');

    const strikes = await openLab();
    await strikes.act('collect', { dataset: 'birdstrikes' });
    await strikes.act('prepare', { drop: ['cost_total'] });
    report = (await strikes.act('leakage')).result as LeakageReport;
    expect(report.findings.map(({ kind, column }) => `${kind} ${column}`)).toContain('gives-target-away damage_level');

    const all = await openLab();
    await all.act('collect', { dataset: 'penguins' });
    await all.act('clean', { step: 'limit', columns: ['body_mass_g'], rule: 'iqr', act: 'clip' });
    await all.act('prepare', { split: 'none' });
    expect(kinds((await all.act('leakage')).result)).toEqual(['nothing-held-back']);
    await all.act('prepare', { split: 'random' });
    expect(kinds((await all.act('leakage')).result)).toEqual(['limits-from-all-rows']);

    const messy = await openLab();
    await messy.act('collect', { dataset: 'penguins_messy' });
    await messy.act('prepare', { drop: ['year', 'source', 'observer'] });
    expect(kinds((await messy.act('leakage')).result)).toEqual(expect.arrayContaining(['duplicates-across', 'groups-across', 'identifier']));
  });
});
