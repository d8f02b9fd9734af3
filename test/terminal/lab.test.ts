import { describe, expect, it } from 'vitest';
import { openShell } from './open-shell.js';

describe('lab', () => {
  it('calls the verb that a panel calls', async () => {
    const { run } = await openShell();
    expect(await run('lab train --model linear --set l2=1,epochs=20 --dry-run')).toMatchObject({ out: 'trained linear {"model":"linear","set":["l2=1","epochs=20"],"dryRun":true}\n', err: '', status: 0 });
    expect((await run('lab train --model=dummy | tr a-z A-Z')).out).toContain('TRAINED DUMMY');
  });

  it.each([
    ['lab train', 2, 'flag-required {"command":"lab train","flag":"--model"}'],
    ['lab train --model linear --foo 1', 2, '"known":["--model","--seed","--set","--dry-run"]'],
    ['lab train --model svm', 2, 'dummy | linear'],
    ['lab train --model linear --seed x', 2, '"expected":"number"'],
    ['lab train --model linear --seed', 2, 'flag-value'],
    ['lab train linear', 2, 'unexpected-word'],
    ['lab trian', 2, '"near":["train"]'],
    ['lab foo --help', 2, 'unknown-verb'],
    ['lab journal --foo', 2, 'unknown-flag'],
    ['lab journal -n x', 2, 'flag-value'],
    ['lab journal -n 1.5', 2, 'flag-value'],
  ])('refuses %s', async (line, status, words) => {
    const { run } = await openShell();
    const result = await run(line);
    expect([result.status, result.out]).toEqual([status, '']);
    expect(result.err).toContain(words);
    expect(result.err.startsWith('lab: ')).toBe(true);
  });

  it('explains itself', async () => {
    const { run } = await openShell();
    expect((await run('lab')).out).toContain('train       train a model');
    expect((await run('lab help')).out).toBe((await run('lab --help')).out);
    const { out } = await run('lab train --help');
    expect(out).toContain('usage: lab train --model MODEL [--seed N] [--set a,b,…] [--dry-run]');
    expect(out).toContain('which (required): dummy | linear');
    expect((await run('lab help train')).out).toBe(out);
  });

  it('looks without acting', async () => {
    const { run } = await openShell();
    for (const look of ['status', 'journal', 'journal -n 3', 'verify', 'runs', 'versions', 'services', 'alerts', 'datasets']) expect((await run(`lab ${look}`)).status).toBe(0);
    expect((await run('lab status')).out).toContain('data      done');
  });

  it('is cancelled by Ctrl-C, and tells of a long act as it goes', async () => {
    const { run } = await openShell();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1500);
    const started = performance.now();
    const { status, err, out } = await run('lab train --model linear --seed 100000; echo never', stop.signal);
    expect([status, out]).toEqual([130, '']);
    expect(performance.now() - started).toBeLessThan(4000);
    expect(err).toMatch(/^… training \d+\/100000 \(\d+ %\) {2}loss [\d.e-]+\n/);
    expect((await run('lab train --model dummy')).status).toBe(0);
  });

  it('saves what the line wrote before its verb runs', async () => {
    const { run, platform } = await openShell();
    await run('echo a > f && lab train --model dummy && echo b > g');
    await platform.discard();
    expect(await platform.files.list('')).toEqual(['.git', 'f', 'g']);
  });
});
