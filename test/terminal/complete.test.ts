import { beforeAll, describe, expect, it } from 'vitest';
import { openShell, type OpenShell } from './open-shell.js';

describe('completion', () => {
  let opened: OpenShell;
  beforeAll(async () => {
    opened = await openShell();
    await opened.run('mkdir -p data src/deep; touch params.yaml README.md src/deep/a.ts "with space"; git add .; git commit -qm a; git branch feature; git tag v1');
  });

  it.each([
    ['gi', 0, ['git']],
    ['la', 0, ['lab']],
    ['git st', 4, ['stash', 'status']],
    ['git sw', 4, ['switch']],
    ['ls | gre', 5, ['grep']],
    ['echo $(gi', 7, ['git']],
    ['cat par', 4, ['params.yaml']],
    ['cat src/', 4, ['src/deep/']],
    ['cat ./src/deep/', 4, ['./src/deep/a.ts']],
    ['cat wi', 4, ['with\\ space']],
    ['cat with\\ s', 4, ['with\\ space']],
    ['cat /ho', 4, ['/home/']],
    ['git switch f', 11, ['feature']],
    ['git log v', 8, ['v1']],
    ['git add R', 8, ['README.md']],
    ['lab t', 4, ['train']],
    ['lab st', 4, ['status']],
    ['lab train --', 10, ['--dry-run', '--model', '--seed', '--set']],
    ['lab train --model l', 18, ['linear']],
    ['lab journal -', 12, ['-n']],
    ['nothinglikeit', 0, []],
    ['cat nope/x', 4, []],
    ['', 0, undefined],
  ] as const)('of %j', async (line, from, words) => {
    const got = await opened.shell.complete(line, line.length);
    expect(got.from).toBe(from);
    if (words) expect(got.words).toEqual(words);
    else expect(got.words).toEqual(expect.arrayContaining(['git', 'ls', 'lab']));
  });

  it('looks only at what stands before the cursor', async () => {
    expect(await opened.shell.complete('gi status', 2)).toEqual({ from: 0, words: ['git'] });
  });
});
