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
    expect((await run('dvc dag')).err).toMatch(/^ERROR: no-pipeline/);
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
    expect((await run('dvc dag')).out).toMatch(/\| prepare \|[\s\S]*\*[\s\S]*\| train \|[\s\S]*\*[\s\S]*\| evaluate \|/);
    expect((await run('dvc params diff')).out).toBe('Path           Param                   HEAD      workspace\nparams.yaml    pipeline.train.model    linear    dummy\n');
    expect((await run('dvc params diff --md --deps')).out).toContain('| params.yaml | pipeline.train.model | linear | dummy     |');
    expect((await run('dvc dag --md')).out).toContain('\tnode1["prepare"]');
    expect((await run('dvc dag --dot')).out).toContain('"prepare" -> "train";');
  }, 60_000);

  it('shows what a stage prints while it runs, once, and also through a pipe', async () => {
    const heard: [string, boolean][] = [];
    let ended = false;
    await shell.run('dvc repro -f -s prepare', { onOutput: (text) => void heard.push([text, ended]) }).then(() => (ended = true));
    expect(heard.length).toBeGreaterThan(2);
    expect(heard.map(([text]) => text).join('')).toMatch(/^Running stage 'prepare':\n> node src\/prepare\.ts\n\d+ training rows, \d+ test rows\nUse `dvc push` to send your updates to remote storage\.\n$/);
    expect((await run('dvc repro -f -s prepare | grep -c training')).out).toBe('1\n');
  }, 60_000);

  it('tells why with -v, and reads outputs of stages as files', async () => {
    expect((await run('dvc repro -v')).out).toMatch(/train: modified param params\.yaml:pipeline\.train/);
    expect((await run('ls pipeline')).out).toBe('metrics.json\nmodel.json\npredictions.csv\nprepared\n');
    expect((await run('ls pipeline/prepared; head -c 1 pipeline/prepared/recipe.json; head -c 1 pipeline/model.json')).out).toBe('recipe.json\nrows.json\n{{');
    expect((await run('echo x > pipeline/model.json')).err).toContain('tracked-data-protected');
    expect((await run('dvc metrics diff')).out).toMatch(/^Path +Metric +HEAD +workspace +Change\n|^$/);
  }, 60_000);

  it('makes plots as Vega-Lite, also between revisions', async () => {
    const spec = JSON.parse((await run('dvc plots show --show-vega pipeline/predictions.csv')).out) as { data: { values: object[] }; mark: string; encoding: { x: { field: string } } };
    expect(spec).toMatchObject({ $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'point', encoding: { x: { field: 'actual', title: 'actual' }, y: { field: 'predicted' }, color: { field: 'rev', scale: { domain: ['workspace'], range: ['#945dd6'] } } } });
    expect(spec.data.values[0]).toMatchObject({ rev: 'workspace', actual: expect.any(Number), predicted: expect.any(Number) });
    expect((await run('dvc plots diff HEAD~1 HEAD --show-vega')).out).toContain('"rev":"HEAD~1"');
    expect((await run('dvc plots show')).out).toBe('dvc_plots/0-pipeline_predictions.csv.vl.json\n');
    expect((await run('dvc plots show -t none')).err).toContain('plot-no-template');
    expect((await run('dvc plots show nowhere')).err).toContain('dvc-no-target');
    expect((await run('dvc plots templates')).out.split('\n')).toContain('confusion_normalized');
  });

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
