import { beforeAll, describe, expect, it } from 'vitest';
import { createShell, type Shell } from '../../src/terminal/shell.js';
import { openLab } from '../lab/open-lab.js';
import { formatError, runLine } from './open-shell.js';

describe('dvc', () => {
  let shell: Shell;
  const run = (line: string) => runLine(shell, line);

  beforeAll(async () => {
    const { engine, platform, act } = await openLab();
    await act('collect', { dataset: 'chicago_ridership' });
    shell = createShell({ engine, platform, formatError, serve: (request) => engine.serve(request), now: Date.now });
    expect((await run('dvc status')).err).toMatch(/^ERROR: no-pipeline/);
    await act('pipeline');
  });

  it('runs the stages once, then says that nothing changed', async () => {
    const first = await run('dvc repro');
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(first.out).toMatch(/^Running stage 'prepare':\n> node src\/prepare\.ts\n\d+ training rows, \d+ test rows\nRunning stage 'train':/);
    expect((await run('dvc repro')).out).toBe("Stage 'prepare' didn't change, skipping\nStage 'train' didn't change, skipping\nStage 'evaluate' didn't change, skipping\nData and pipelines are up to date.\n");
    expect((await run('dvc status')).out).toBe('Data and pipelines are up to date.\n');
  }, 60_000);

  it('tells what changed, and compares metrics with HEAD', async () => {
    await run("sed -i 's/model: linear/model: dummy/' params.yaml; echo '// more' >> src/evaluate.ts");
    expect((await run('dvc status')).out).toBe('train:\n\tchanged deps:\n\t\tparams.yaml:\n\t\t\tmodified:           pipeline.train\nevaluate:\n\tchanged deps:\n\t\tmodified:           src/evaluate.ts\n');
    expect((await run('dvc metrics show')).out).toMatch(/^Path +rows +rmse .*\npipeline\/metrics\.json +\d+/);
    expect((await run('dvc metrics diff')).out).toBe('');
    expect((await run('dvc dag --md')).out).toContain('\tnode1["prepare"]');
    expect((await run('dvc dag --dot')).out).toContain('"prepare" -> "train";');
  }, 60_000);

  it.each([
    ['dvc nothing', 254, /invalid choice: 'nothing'/],
    ['dvc repro --glob', 254, /unrecognized arguments: --glob/],
    ['dvc repro nostage', 255, /^ERROR: unknown-stage/],
  ])('%s fails as DVC does', async (line, status, err) => {
    const result = await run(line);
    expect(result.status).toBe(status);
    expect(result.err).toMatch(err);
  });
});
