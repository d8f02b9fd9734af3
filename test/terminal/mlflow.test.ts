import { beforeAll, describe, expect, it } from 'vitest';
import { createShell, type Shell } from '../../src/terminal/shell.js';
import { openLab } from '../lab/open-lab.js';
import { formatError, runLine } from './open-shell.js';

describe('mlflow in the terminal', () => {
  let shell: Shell;
  const run = (line: string) => runLine(shell, line);
  beforeAll(async () => {
    const { engine, platform } = await openLab();
    shell = createShell({ engine, platform, formatError, serve: (request) => engine.serve(request), now: Date.now });
    const { status } = await run('lab collect --dataset concrete && lab prepare --target compressive_strength --drop mix_id --split random && lab train --model dummy --name base && lab evaluate && lab train --model linear --name ridge && lab evaluate && lab register --name mix --alias champion');
    expect(status).toBe(0);
  }, 60_000);

  it('finds runs by a filter and puts them in order', async () => {
    const found = await run("mlflow runs search --filter \"params.model = 'linear'\"");
    expect(found).toMatchObject({ status: 0 });
    expect(found.out).toContain('ridge');
    expect(found.out).not.toContain('base');
    const ordered = (await run("mlflow runs search --order-by 'metrics.test.rmse DESC'")).out.split('\n');
    expect(ordered[1]).toContain('base');
    expect(ordered[2]).toContain('ridge');
    expect((await run("mlflow runs search --filter 'metrics.test.rmse < 0'")).out).toBe('No runs found.\n');
  });

  it('describes a run as MLflow does and lists models', async () => {
    const { out } = await run('mlflow runs describe --run-id ridge');
    const described = JSON.parse(out) as { info: { status: string }; data: { params: Record<string, string> } };
    expect(described.info.status).toBe('FINISHED');
    expect(described.data.params['model']).toBe('linear');
    expect((await run('mlflow models list')).out).toContain('@champion');
  });

  it('says what is wrong with a filter, a flag or a command', async () => {
    const bad = await run("mlflow runs search --filter 'metrics.rmse <'");
    expect(bad.status).toBe(1);
    expect(bad.err).toContain('"at":15');
    expect((await run('mlflow runs search --nope 1')).status).toBe(2);
    expect((await run('mlflow nothing here')).err).toContain("No such command 'nothing here'");
    expect((await run('mlflow runs search --max-results 0')).status).toBe(1);
  });
});
