import { beforeAll, describe, expect, it } from 'vitest';
import { createShell } from '../../src/terminal/shell.js';
import { loadTeam } from '../../src/lab/team/team-state.js';
import type { MemoryPlatform } from '../../src/platform/memory-platform.js';
import type { Review } from '../../src/lab/team/team-state.js';
import { formatError, runLine } from '../terminal/open-shell.js';
import { deployRidership, openLab } from './open-lab.js';

async function openTeam() {
  const { engine, platform, act } = await openLab();
  await deployRidership(act);
  const shell = createShell({ engine, platform, serve: (r) => engine.serve(r), formatError, now: Date.now });
  const run = (line: string) => runLine(shell, line);
  const ok = async (line: string): Promise<string> => {
    const result = await run(line);
    expect([line, result.status, result.err]).toEqual([line, 0, result.err]);
    return result.out + result.err;
  };
  return { engine, platform, act, run, ok };
}

const subjects = (out: string): string[] => out.trim().split('\n');

describe('a colleague at lab://team', () => {
  let t: Awaited<ReturnType<typeof openTeam>>;
  beforeAll(async () => {
    t = await openTeam();
  });

  it('comes with lab team, which can be said twice', async () => {
    expect(await t.ok('lab team')).toContain('git remote add origin lab://team');
    await t.ok('git remote add origin lab://team; git push -u origin main');
    expect(await t.ok('lab team')).toContain('you share lab://team');
    expect((await t.engine.view('history')).steps.map((s) => s.action)).toContain('team');
  });

  it('pushes after the first push, so that the second is refused until what came was brought in', async () => {
    expect(await t.ok('git ls-remote origin main')).not.toContain(await t.platform.git.resolve('main'));
    await t.ok('echo one > notes.txt; git add notes.txt; git commit -qm "Note one"');
    const refused = await t.run('git push');
    expect(refused.status).toBe(1);
    expect(refused.err).toContain('! [rejected]        main -> main (fetch first)');
    await t.ok('git pull --no-rebase');
    const log = await t.ok('git log --format="%an: %s" -3');
    expect(subjects(log)).toEqual(expect.arrayContaining(["Learner: Merge branch 'main' of lab://team", 'Noor Haddad: Say in the README how we work together', 'Learner: Note one']));
    expect(await t.ok('cat README.md')).toContain('## Working together');
    await t.ok('git push');
    await t.ok('git pull -q --no-rebase');
    expect(await t.ok('cat monitoring/ridership.yaml')).toContain('threshold: 0.4\n');
  });

  it('changes the very setting that is being pushed: a true conflict, settled by hand', async () => {
    await t.ok("sed -i 's/l2: 1$/l2: 10/' params.yaml; git commit -qam 'Stronger l2'");
    expect((await t.run('git push')).err).toContain('(fetch first)');
    const pulled = await t.run('git pull --no-rebase');
    expect(pulled.status).toBe(1);
    expect(pulled.out).toContain('CONFLICT (content): Merge conflict in params.yaml');
    expect(await t.ok('cat params.yaml')).toMatch(/<<<<<<< HEAD\n {2}l2: 10\n=======\n {2}l2: 2\n>>>>>>> [0-9a-f]{40}\n/);
    await t.ok("sed -i -e '/^<<<<<<</d' -e '/^=======/d' -e '/^>>>>>>>/d' -e '/l2: 2$/d' params.yaml; git add params.yaml; git commit -q --no-edit; git push");
    expect(await t.ok('git status')).toContain("up to date with 'origin/main'");
  });

  it('acts by the history alone: the same story gives the same commits', async () => {
    const story = async (): Promise<string> => {
      const other = await openTeam();
      await other.ok('lab team; git remote add origin lab://team; git push -qu origin main');
      await other.ok('echo 1 > a; git add a; git commit -qm a; git pull -q --no-rebase; git push -q');
      return other.ok('git ls-remote');
    };
    expect(await story()).toBe(await story());
  });

  it('does nothing once all is done, and nothing at a push that fails', async () => {
    const before = (await loadTeam(t.platform))!;
    await t.ok('git pull -q --no-rebase; echo two >> notes.txt; git commit -qam two; git push -q; git pull -q --no-rebase; echo three >> notes.txt; git commit -qam three; git push -q');
    const after = (await loadTeam(t.platform))!;
    expect(after.pushes).toBe(before.pushes + 2);
    expect(after.acts.map((a) => a.id)).toEqual(['agreement', 'tend', 'clash', 'describe']);
    expect(await t.ok('cat docs/files.md')).toContain('- `params.yaml`');
    expect((await t.run('git push origin nope')).status).toBe(1);
    expect(await loadTeam(t.platform)).toEqual(after);
  });
});

describe('a review', () => {
  let t: Awaited<ReturnType<typeof openTeam>>;
  const roundOf = async (platform: MemoryPlatform, id = 1): Promise<Review['rounds'][number]> => (await loadTeam(platform))!.reviews.find((r) => r.id === id)!.rounds.at(-1)!;
  beforeAll(async () => {
    t = await openTeam();
    await t.ok('lab team; git remote add origin lab://team; git push -qu origin main; git pull -q --no-rebase');
  });

  it('needs a team, a pushed branch and something new', async () => {
    const alone = await openLab();
    await expect(alone.act('review', { branch: 'x' })).rejects.toMatchObject({ code: 'no-team' });
    await expect(t.act('review', { branch: 'none' })).rejects.toMatchObject({ code: 'review-no-branch', data: { branch: 'none', known: [] } });
    await expect(t.act('review', { branch: 'main' })).rejects.toMatchObject({ code: 'review-main' });
    await t.ok('git switch -qc same; git push -q origin same; git switch -q main');
    await expect(t.act('review', { branch: 'same' })).rejects.toMatchObject({ code: 'review-nothing-new' });
  });

  it('finds what is wrong in the very lines, and asks for a change', async () => {
    await t.ok("git switch -qc stronger; sed -i -e 's/seed: 7/seed: 8/' -e 's/l2: 1$/l2: 10/' -e 's/2004-01-01/2004-06-01/' params.yaml; git commit -qam 'Try a stronger l2'");
    await t.ok('seq 1 60000 > data/rows.csv; printf "<<<<<<< HEAD\\na\\n=======\\nb\\n>>>>>>> x\\n" > notes.md; echo "api_key: 0123456789abcdef" > deploy/key.yaml; git add .; git commit -qm "And more"');
    const pushed = await t.ok('git push -u origin stronger');
    expect(pushed).toContain('remote:      lab review --branch stronger');
    const asked = await t.run('lab review --branch stronger');
    expect(asked.status).toBe(1);
    expect(asked.out).toContain('params.yaml:18  the seed went from 7 to 8');
    const { comments, verdict } = await roundOf(t.platform);
    expect(verdict).toBe('changes');
    expect(comments.map(({ kind, path, line }) => [kind, path, line])).toEqual([
      ['markers', 'notes.md', 1], ['secret', 'deploy/key.yaml', 1], ['large-file', 'data/rows.csv', undefined], ['seed', 'params.yaml', 18], ['test-rows', 'params.yaml', 15], ['no-metrics', 'params.yaml', undefined],
    ]);
    await expect(t.act('review', { branch: 'stronger' })).rejects.toMatchObject({ code: 'review-unchanged', data: { branch: 'stronger', id: 1 } });
  });

  it('takes the branch into main when all is mended', async () => {
    await t.ok("git rm -q notes.md deploy/key.yaml data/rows.csv; sed -i -e 's/seed: 8/seed: 7/' -e 's/2004-06-01/2004-01-01/' params.yaml; git commit -qam 'Mend'; git push -q");
    expect((await t.run('lab review --branch stronger')).out).toContain('the metrics are the old ones');
    await t.ok('lab train --model linear --set l2=10; lab evaluate; git push -q');
    expect(await t.ok('lab review --branch stronger')).toContain('approved, and merged into main');
    const round = await roundOf(t.platform);
    expect(round).toMatchObject({ verdict: 'approved', comments: [] });
    await t.ok('git switch -q main; git pull -q');
    expect(await t.platform.git.resolve('HEAD')).toBe(round.merge);
    expect(await t.ok('git log -1 --format="%an%n%B"')).toContain("Noor Haddad\nMerge branch 'stronger' (review 1)\n\nReviewed-by: Noor Haddad");
    const { steps } = await t.engine.view('history');
    expect(steps.filter((s) => s.action === 'review').map((s) => s.reason)).toEqual(['changes', 'changes', 'approved']);
  });

  it('sees that a branch does not merge, and that dvc.lock is out of date', async () => {
    await t.ok("git switch -qc old HEAD~1; sed -i 's/# My model/# Mine/' README.md; git commit -qam Mine; git push -qu origin old; git switch -q main; sed -i 's/# My model/# Ours/' README.md; git commit -qam Ours; git push -q");
    await t.run('lab review --branch old');
    expect((await roundOf(t.platform, 2)).comments).toEqual([{ kind: 'conflicts', path: 'README.md', facts: { branch: 'main' } }]);
    await t.ok("git switch -qc lock; lab pipeline; lab reproduce; git add -A .; git commit -qm 'A pipeline'; printf '    l2: 5\\n' >> params.yaml; git commit -qam 'Change l2'; git push -qu origin lock");
    expect((await t.run('lab review --branch lock')).out).toContain('stage train was not run again after params.yaml:pipeline.train changed');
    expect((await roundOf(t.platform, 3)).comments.map((c) => c.kind)).toEqual(['stale-lock']);
    await t.ok("lab reproduce; git push -q; lab review --branch lock");
  });
});
