import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import type { CodedNetState } from '../../src/core/train/models/coded-net.js';
import type { ModelArtefact } from '../../src/lab/project/artefacts.js';
import type { RerunReport } from '../../src/lab/rerun.js';
import { createNodeNets } from '../../src/platform/tfjs/node-nets.js';
import { openLab, openTerminal, type Lab } from './open-lab.js';

const SMALL = `import { dense, net } from 'looplab';
import { width } from './width.ts';
export default net(({ outputs }) => ({ layers: [dense(width, 'relu'), dense(outputs)], epochs: 4 }));
`;

async function write({ platform }: Lab, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await platform.files.write(path, text);
  await platform.save();
}

const trainNet = (lab: Lab, code: string, more: readonly string[] = []) => lab.act('train', { model: 'coded-net', set: [`code=${code}`, ...more] });
const summary = (lab: Lab, code: string) => lab.engine.view('netSummary', { code });
const refusal = (work: Promise<unknown>) => work.then(() => undefined, (cause: unknown) => LabError.from(cause).toJSON());

describe('nets written as code in the lab', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(createNodeNets());
    await lab.act('collect', { dataset: 'penguins' });
    await lab.act('prepare', { target: 'species', split: 'stratified' });
  }, 60_000);

  it('asks for a net while there is none, and writes one to start from', async () => {
    expect(await refusal(lab.act('train', { model: 'coded-net' }))).toMatchObject({ code: 'net-code-choose', data: { known: [] } });
    await expect(lab.act('new-net', { name: '../deep' })).rejects.toMatchObject({ code: 'flag-value' });
    const { lines } = await lab.act('new-net', { name: 'deep' });
    expect(lines.join('\n')).toContain('--set code=nets/deep.ts');
    await expect(lab.act('new-net', { name: 'deep' })).rejects.toMatchObject({ code: 'net-exists', data: { path: 'nets/deep.ts' } });
    expect((await lab.platform.git.log({ depth: 1 }))[0]!.message).toContain('net: begin nets/deep.ts');
    expect(await lab.engine.view('nets', {})).toEqual(['nets/deep.ts']);
  });

  it('tells the layers before training', async () => {
    const { layers, subject, plan } = await summary(lab, 'nets/deep.ts');
    expect(layers.map(({ kind, shape }) => [kind, shape[0]])).toEqual([['dense', 32], ['dropout', 32], ['dense', 16], ['dropout', 16], ['dense', 3]]);
    expect(layers[0]!.weights).toBe((subject.inputs + 1) * 32);
    expect(layers.map(({ at }) => at!.line)).toEqual([15, 16, 15, 16, 20]);
    expect(plan).toMatchObject({ patience: 15, schedule: { kind: 'cosine' } });
  });

  it('trains the starter, judges, folds, explains and serves it as any other model', async () => {
    await lab.act('train', { model: 'coded-net', name: 'deep' });
    await lab.act('evaluate', { run: 'deep' });
    const run = lab.engine.snapshot.runs.at(-1)!;
    expect(run.metrics['test.accuracy']).toBeGreaterThan(0.93);
    expect(new TextDecoder().decode(await lab.platform.files.read('params.yaml'))).toContain('code: nets/deep.ts\n');
    expect(run.params['code']).toMatch(/^nets\/deep\.ts@[0-9a-f]{32}$/);
    const { model } = JSON.parse(new TextDecoder().decode(await lab.platform.objects.get(run.modelDigest))) as ModelArtefact;
    expect((model.state as CodedNetState).plan.layers).toHaveLength(5);
    expect(await lab.platform.objects.has(run.params['code']!.split('@')[1]!)).toBe(true);
    const folds = await lab.act('cross-validate', { run: 'deep', folds: 3 });
    expect(folds.lines.join('\n')).toMatch(/accuracy/);
    await lab.act('explain', { run: 'deep', row: 2 });
    await lab.act('register', { run: 'deep', name: 'penguins', alias: 'champion' });
    await lab.act('deploy', { service: 'penguins' });
  }, 60_000);

  it('makes a run again from its own program when the file has changed', async () => {
    await write(lab, { 'nets/small.ts': SMALL, 'nets/width.ts': 'export const width = 5;\n' });
    await trainNet(lab, 'nets/small.ts');
    const before = lab.engine.snapshot.runs.at(-1)!;
    await write(lab, { 'nets/width.ts': 'export const width = 9;\n' });
    const { result } = await lab.act('rerun', { run: before.id });
    expect((result as RerunReport).same).toBe('bits');
    await trainNet(lab, 'nets/small.ts');
    expect(lab.engine.snapshot.runs.at(-1)!.params['code']).not.toBe(before.params['code']);
    await trainNet(lab, before.params['code']!);
    expect(lab.engine.snapshot.runs.at(-1)!.modelDigest).toBe(before.modelDigest);
  }, 30_000);

  it('keeps the program through a collection of what nothing uses', async () => {
    const run = lab.engine.snapshot.runs.at(-1)!;
    await openTerminal(lab)('dvc gc -w -f');
    expect(await lab.platform.objects.has(run.params['code']!.split('@')[1]!)).toBe(true);
  });

  it('can be tuned: by file, and by the learning rate', async () => {
    await lab.act('tune', { model: 'coded-net', search: ['code=nets/small.ts|nets/deep.ts', 'rateFactor=0.5|2'], method: 'grid', trials: 2, folds: 2, name: 'widths' });
    expect(lab.engine.snapshot.runs.filter(({ name }) => name.startsWith('widths-'))).toHaveLength(2);
    await trainNet(lab, 'nets/deep.ts', ['epochLimit=3']);
    expect((await lab.engine.view('run', { run: lab.engine.snapshot.runs.at(-1)!.id })).history).toHaveLength(3);
  }, 60_000);

  it.each<[string, string, string, object]>([
    ['a file that does not export a net', 'export const a = 1;', 'net-no-export', { file: 'nets/bad.ts' }],
    ['a default that is no net', 'export default { layers: [] };', 'net-no-export', { file: 'nets/bad.ts' }],
    ['a syntax error', 'export default net((;', 'stage-syntax', { file: 'nets/bad.ts', line: 1 }],
    ['a throw, in its line', "import { net } from 'looplab';\n\nexport default net(() => {\n  throw new Error('no');\n});", 'stage-error', { file: 'nets/bad.ts', line: 4, message: 'Error: no' }],
    ['a layer of nonsense, in its line', "import { dense, net } from 'looplab';\nexport default net(({ outputs }) => ({ layers: [\n  dense(NaN),\n  dense(outputs)] }));", 'net-field', { file: 'nets/bad.ts', line: 3, layer: '1', value: 'NaN' }],
    ['filters over a table, in their line', "import { conv2d, dense, net } from 'looplab';\nconst first = () => conv2d(8);\nexport default net(({ outputs }) => ({ layers: [first(), dense(outputs)] }));", 'net-layer-shape', { file: 'nets/bad.ts', line: 2, kind: 'conv2d' }],
    ['something that is not JSON', "import { net } from 'looplab';\nexport default net(() => { const a: any = {}; a.a = a; return a; });", 'stage-error', { file: 'nets/bad.ts' }],
    ['a function for a number', "import { dense, net } from 'looplab';\nexport default net(() => ({ layers: [dense(3)], epochs: (() => 3) as any }));", 'net-field', { field: 'epochs', value: 'function' }],
    ['10,000 layers', "import { dense, net } from 'looplab';\nexport default net(() => ({ layers: Array.from({ length: 10_000 }, () => dense(3)) }));", 'net-too-many-layers', {}],
    ['a way out', "import { dense, net } from 'looplab';\nexport default net(() => { fetch('http://localhost'); return { layers: [dense(3)] }; });", 'stage-error', { file: 'nets/bad.ts', line: 2 }],
    ['a forged answer', "import { net, writeJson } from 'looplab';\nwriteJson('net-plan.json', { net: { layers: [{ kind: 'dense', units: 1e9 }] } });\nthrow new Error('late');\nexport default net(() => ({ layers: [] }));", 'stage-error', { line: 3 }],
  ])('refuses %s', async (_name, source, code, data) => {
    await write(lab, { 'nets/bad.ts': source });
    const runs = lab.engine.snapshot.runs.length;
    expect(await refusal(summary(lab, 'nets/bad.ts'))).toMatchObject({ code, data });
    expect(await refusal(trainNet(lab, 'nets/bad.ts'))).toMatchObject({ code });
    expect(lab.engine.snapshot.runs).toHaveLength(runs);
  });

  it('says which files there are when one is missing', async () => {
    expect(await refusal(trainNet(lab, 'nets/none.ts'))).toMatchObject({ code: 'net-code-missing', data: { path: 'nets/none.ts', known: ['nets/bad.ts', 'nets/deep.ts', 'nets/small.ts', 'nets/width.ts'] } });
    expect(await refusal(trainNet(lab, 'nets/deep.ts@00000000000000000000000000000000'))).toMatchObject({ code: 'object-missing' });
  });

  it('gives code that asks chance the same net each time', async () => {
    await write(lab, { 'nets/dice.ts': "import { dense, net } from 'looplab';\nexport default net(({ outputs }) => ({ layers: [dense(1 + Math.floor(Math.random() * 40)), dense(outputs)], epochs: 1 + (Date.now() % 7) }));" });
    const [a, b] = [await summary(lab, 'nets/dice.ts'), await summary(lab, 'nets/dice.ts')];
    expect(a).toEqual(b);
  });
});

describe('nets written as code for pictures', () => {
  it('begin with filters, and learn digits', async () => {
    const lab = await openLab(createNodeNets());
    await lab.act('collect', { dataset: 'digits8x8' });
    await lab.act('prepare', { split: 'stratified' });
    await lab.act('new-net', { name: 'seeing' });
    expect((await summary(lab, 'nets/seeing.ts')).layers.map(({ kind }) => kind)).toEqual(['rescale', 'conv2d', 'maxPool', 'conv2d', 'maxPool', 'flatten', 'dense', 'dropout', 'dense']);
    await trainNet(lab, 'nets/seeing.ts');
    await lab.act('evaluate');
    expect(lab.engine.snapshot.runs[0]!.metrics['test.accuracy']).toBeGreaterThan(0.93);
    const { result } = await lab.act('explain', { row: 3 });
    expect((result as { picture: { side: number } }).picture.side).toBe(8);
  }, 120_000);
});
