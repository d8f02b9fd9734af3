import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { parseLock } from '../../src/core/pipeline/lock-file.js';
import type { Progress } from '../../src/lab/verb.js';
import { openLab } from './open-lab.js';

const GOOD = `stages:
  first:
    cmd: node src/first.ts
    deps:
    - src/first.ts
    outs:
    - out/first.txt
  second:
    cmd: node src/second.ts
    deps:
    - out/first.txt
    - src/second.ts
    outs:
    - out/second.txt
`;
const FIRST = "import { writeText } from 'looplab';\nwriteText('out/first.txt', 'one');\nconsole.log('first done');\n";
const SECOND = "import { readText, writeText } from 'looplab';\nwriteText('out/second.txt', readText('out/first.txt') + ' two');\n";

describe('a pipeline with a fault', () => {
  let lab: Awaited<ReturnType<typeof openLab>>;
  const text = async (path: string): Promise<string> => new TextDecoder().decode(await lab.platform.files.read(path));
  const write = async (files: Record<string, string>): Promise<void> => {
    for (const [path, content] of Object.entries(files)) await lab.platform.files.write(path, content);
    await lab.platform.save();
  };
  const failure = (): Promise<LabError> => lab.act('reproduce').then(() => new LabError('none'), (cause: unknown) => LabError.from(cause));
  const outcomes = async (): Promise<string[]> => ((await lab.act('reproduce')).result as { stages: { stage: string; outcome: string }[] }).stages.map(({ stage, outcome }) => `${stage} ${outcome}`);

  beforeEach(async () => {
    lab = await openLab();
    await write({ 'dvc.yaml': GOOD, 'src/first.ts': FIRST, 'src/second.ts': SECOND });
  });

  it.each<[string, string, string, object]>([
    ['malformed YAML', GOOD.replace('    deps:\n    - src/first.ts', '    deps: [src/first.ts'), 'bad-yaml', { path: 'dvc.yaml', line: 5 }],
    ['a tab before a key', GOOD.replace('    cmd: node src/first.ts', '\tcmd: node src/first.ts'), 'bad-yaml', { path: 'dvc.yaml', line: 3 }],
    ['an unknown key', GOOD.replace('deps:', 'needs:'), 'bad-pipeline', { path: 'dvc.yaml', line: 5 }],
    ['a cycle', GOOD.replace('- src/first.ts\n', '- src/first.ts\n    - out/second.txt\n'), 'pipeline-cycle', { stages: ['first', 'second', 'first'], line: 3 }],
    ['a dependency that is missing', GOOD.replace('- src/second.ts', '- none.csv'), 'stage-no-dep', { stage: 'second', path: 'none.csv', line: 9 }],
    ['two stages with one output', GOOD.replace('out/second.txt', 'out/first.txt'), 'duplicate-output', { path: 'out/first.txt', stages: ['first', 'second'] }],
    ['one output inside the other', GOOD.replace('- out/second.txt', '- out'), 'overlapping-output', { stages: ['first', 'second'] }],
    ['a path outside', GOOD.replace('- out/second.txt', '- ../x'), 'bad-pipeline', { path: 'dvc.yaml', line: 14 }],
  ])('says where: %s', async (_what, pipeline, code, data) => {
    await write({ 'dvc.yaml': pipeline });
    expect(await failure()).toMatchObject({ code, data });
    await write({ 'dvc.yaml': GOOD });
    expect(await outcomes()).toEqual([code === 'stage-no-dep' ? 'first skipped' : 'first ran', 'second ran']);
  }, 30_000);

  it.each<[string, string, string, object]>([
    ['fails', "throw new Error('no');\n", 'stage-error', { stage: 'second', file: 'src/second.ts', line: 1, message: 'Error: no' }],
    ['is no TypeScript', 'const = 1;\n', 'stage-syntax', { stage: 'second', file: 'src/second.ts', line: 1 }],
    ['is not there', '', 'stage-no-output', { stage: 'second', path: 'out/second.txt', line: 9 }],
    ['prints without end', "for (;;) console.log('again and again');\n", 'stage-flood', { stage: 'second', file: 'src/second.ts' }],
    ['writes without end', "import { writeText } from 'looplab';\nfor (let i = 0; ; i++) writeText('out/' + i, 'x'.repeat(1 << 20));\n", 'stage-flood', { stage: 'second', file: 'src/second.ts' }],
    ['fills memory', "const all = [];\nfor (;;) all.push(new Array(1 << 20).fill(all.length));\n", 'stage-memory', { stage: 'second', file: 'src/second.ts' }],
  ])('keeps what was done before a stage that %s, and a repeat works', async (_what, source, code, data) => {
    await write({ 'src/second.ts': source });
    expect(await failure()).toMatchObject({ code, data });
    expect(Object.keys(parseLock(await text('dvc.lock')))).toEqual(['first']);
    await write({ 'src/second.ts': SECOND });
    expect(await outcomes()).toEqual(['first skipped', 'second ran']);
    const md5 = parseLock(await text('dvc.lock'))['second']!.outs[0]!.md5;
    expect(new TextDecoder().decode(await lab.platform.objects.get(md5))).toBe('one two');
  }, 60_000);

  it('hears a stage while it runs, stops one that never ends, and keeps the one before', async () => {
    await write({ 'src/second.ts': "console.log('begun');\nfor (;;) {}\n" });
    const stop = new AbortController();
    const heard: string[] = [];
    const progress = ({ printed }: Progress): void => {
      if (printed === undefined) return;
      heard.push(printed);
      if (printed.includes("'second'")) setTimeout(() => stop.abort(), 400);
    };
    await expect(lab.engine.run('reproduce', {}, { signal: stop.signal, progress })).rejects.toMatchObject({ code: 'cancelled' });
    expect(heard.join('')).toMatch(/^Running stage 'first':\n> node src\/first\.ts\nfirst done\nRunning stage 'second':\n> node src\/second\.ts\n/);
    expect(Object.keys(parseLock(await text('dvc.lock')))).toEqual(['first']);
    await write({ 'src/second.ts': SECOND });
    expect(await outcomes()).toEqual(['first skipped', 'second ran']);
  }, 30_000);

  it('does not run on a broken lock, and says where', async () => {
    await outcomes();
    const lock = await text('dvc.lock');
    await write({ 'dvc.lock': lock.replace("schema: '2.0'", "schema: '1.0'") });
    expect(await failure()).toMatchObject({ code: 'bad-lock', data: { path: 'dvc.lock' } });
    await write({ 'dvc.lock': lock });
    expect(await outcomes()).toEqual(['first skipped', 'second skipped']);
  }, 30_000);
});
