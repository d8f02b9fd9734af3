import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTwins } from './native-git.js';

/** Native git reaches `lab://team` through this helper (gitremote-helpers), so both print and keep the same address. */
const HELPER = `#!/bin/bash
while read -r line; do
  case "$line" in
    capabilities) printf 'connect\\n\\n';;
    connect\\ *) printf '\\n'; exec \${line#connect } "$LAB_TEAM/\${2#lab://}.git";;
  esac
done
`;

/** Lines that begin with `peer:` are done by native git in a clone of each remote, as another person would. */
const STORY = [
  'printf "/.lab\\n/copy\\n" > .gitignore; echo 1 > f; git add .; git commit -qm one; git push', 'git push origin main', 'git fetch', 'git ls-remote', 'git pull',
  'git remote add origin lab://team; git remote; git remote -v; git remote add origin lab://team', 'git remote add "a b" lab://team', 'git remote get-url origin; git remote get-url no', 'git remote set-url no lab://x', 'git remote remove no', 'git remote frobnicate 2>&1 | head -1',
  'git push 2>&1', 'git push -n -u origin main', 'git push -u origin main', 'git push', 'git status', 'git branch -vv', 'git branch -r; git branch -a; git log --oneline --decorate', 'git push origin nope', 'cat .git/config | grep -v "^.core\\|repositoryf\\|filemode\\|bare\\|logall"',
  'git branch feature/x; git tag v1; git tag -a -m words v2; git push origin feature/x v1 v2', 'git ls-remote; git ls-remote --tags origin; git ls-remote origin "feature/*"', 'echo 2 > g; git add g; git commit -qm two; git status; git branch -v; git status -sb', 'git push', 'git reflog --decorate origin/main',
  'peer: git pull -q; echo p >> f; git commit -qam "by a peer"; git push -q origin main',
  'echo 3 > h; git add h; git commit -qm three; git push', 'git fetch', 'git fetch', 'git status; git status -sb; git branch -vv', 'git push', 'git pull', 'git pull --ff-only 2>&1 | tail -1', 'git pull --no-rebase --no-edit', 'git log --decorate -1', 'git push; git status', 'git reflog --decorate -n 3',
  'peer: git pull -q --no-rebase; echo q >> f; git commit -qam "peer two"; git push -q', 'git pull', 'git reflog --decorate -n 1',
  'peer: echo r >> f; git commit -qam "peer three"; git push -q', 'echo mine > mine; git add mine; git commit -qm mine; git pull --rebase -q; git log --oneline --format="%an %s" -3; git push 2>&1 | tail -1 | wc -l',
  'peer: git pull -q; printf "1\\nPEER\\n" > f; git commit -qam "peer rebased on"; git push -q', 'printf "1\\nMINE\\n" > f; git commit -qam "to be made again"; git pull --rebase -q', 'git status; cat f; git reflog --decorate -n 2', 'git pull', 'echo both > f; git add f; GIT_EDITOR=true git rebase --continue', 'git reflog --decorate -n 3; git log -2 --format="%an %s"; git push 2>&1 | wc -l; git status',
  'peer: git pull -q; printf "1\\npeer\\n" > f; git commit -qam "peer f"; git push -q', 'printf "1\\nmine\\n" > f; git commit -qam "my f"; git push 2>&1 | head -2', 'git pull --no-rebase', 'git status', 'cat f', 'git pull', 'echo "1 both" > f; git add f; git commit -q --no-edit; git log -1 --format=%B', 'git push',
  'git push origin main:other HEAD:refs/heads/o2; git ls-remote --heads', 'git push origin :feature/x; git push --delete origin v1; git push origin --delete nope', 'git push --tags', 'git push origin v2:v2 2>&1', 'git tag -d v2; git tag v2; git push origin v2',
  'git reset -q --hard HEAD~1; git push', 'git push --force-with-lease=main:HEAD~1', 'git push --force-with-lease', 'git status -sb',
  'peer: git fetch -q; git reset -q --hard origin/main; echo s >> f; git commit -qam "peer four"; git push -q', 'git commit -q --amend -m again; git push --force-with-lease', 'git fetch -q; git reset -q --hard origin/main; git status',
  'peer: git fetch -q; git branch -q news; git push -q origin news; git push -q origin :o2; git tag w1; git push -q origin w1', 'git fetch', 'git fetch -p', 'git branch -r', 'git switch news', 'git status; git branch -vv; git switch main; git switch news; git switch -q main',
  'git switch -c mine2 origin/other; git branch -vv', 'git push', 'git branch -u origin/news; git branch -vv; git branch --unset-upstream; git branch --unset-upstream; git branch -u origin/none 2>&1 | head -1', 'git switch -q main; git branch -D mine2 news; cat .git/config | tail -3',
  'git fetch origin news; cut -f2- .git/FETCH_HEAD; git merge FETCH_HEAD', 'git merge --no-ff origin/other; git merge --abort', 'git fetch origin nope', 'git pull origin other', 'git config pull.rebase false; git config pull.rebase; git config --get pull.ff; git config --unset pull.rebase; git config pull.rebase',
  'git push origin --delete main', 'git push lab://team main:direct; git ls-remote lab://team direct', 'git fetch lab://none', 'git remote rename origin hub 2>/dev/null; git remote -v; git branch -r | grep -v HEAD; git branch -vv', 'git remote remove hub; git branch -r; git status; cat .git/config | tail -2',
  'git clone lab://team copy 2>/dev/null; cd copy; git status; git log --oneline --decorate -3; git branch -a; git remote -v; echo c > c; git add c; git commit -qm "From the clone"; git push; cd ..; git status -s | grep -v copy', 'git clone lab://team copy', 'git clone lab://none there 2>&1 | tail -5; ls',
];

describe('remotes, beside native git', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>;
  let mineEnv: NodeJS.ProcessEnv;
  const remoteOf = (who: 'ours' | 'native'): string => (who === 'ours' ? join(twins.ours, '.lab/remotes') : join(twins.top, 'native-remotes'));
  const peer = (who: 'ours' | 'native', line: string, minute: number): void => {
    const date = `${1767225600 + 60 * minute} +0000`;
    const env = { ...twins.env, GIT_AUTHOR_NAME: 'Peer', GIT_COMMITTER_NAME: 'Peer', GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const dir = join(twins.top, `peer-${who}`);
    execFileSync('bash', ['-c', `[ -d ${dir} ] || git clone -q ${remoteOf(who)}/team.git ${dir}; cd ${dir}; ${line}`], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  beforeAll(async () => {
    twins = await openTwins();
    mkdirSync(join(twins.top, 'bin'));
    writeFileSync(join(twins.top, 'bin/git-remote-lab'), HELPER);
    chmodSync(join(twins.top, 'bin/git-remote-lab'), 0o755);
    twins.env.PATH = `${join(twins.top, 'bin')}:${twins.env.PATH}`;
    Object.assign(twins.env, { LAB_TEAM: join(twins.top, 'native-remotes') });
    mineEnv = { ...twins.env };
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', join(twins.top, 'native-remotes/team.git')], { env: mineEnv });
    await twins.platform.git.shared('team').create();
    await twins.platform.save();
  });
  afterAll(() => twins.close());

  let minute = 0;
  it.each(STORY)('%s', async (line) => {
    minute++;
    if (line.startsWith('peer: ')) {
      for (const who of ['ours', 'native'] as const) peer(who, line.slice(6), minute);
      await twins.both('true');
    } else {
      const { mine, native } = await twins.both(line);
      const lines = (out: string): string[] => out.replace(/[^\s']+\/native-remotes\/(\w+)\.git/g, (_, name: string) => `lab://${name}`).split('\n').filter((l) => l !== '' && !l.startsWith('remote: ') && l !== 'fatal: the remote end hung up unexpectedly').sort();
      expect([lines(mine.out), mine.status]).toEqual([lines(native.out), native.status]);
    }
    for (const look of ['git status --porcelain=v2', 'git ls-files -s', 'git for-each-ref', 'git log --all --format="%H %P"']) expect(twins.native(look, twins.ours), look).toEqual(twins.native(look));
    const refs = (who: 'ours' | 'native'): string => execFileSync('git', ['-C', join(remoteOf(who), 'team.git'), 'for-each-ref'], { env: mineEnv, encoding: 'utf8' });
    expect(refs('ours')).toEqual(refs('native'));
  });

  it('leaves repositories that native git finds whole', () => {
    for (const dir of [twins.ours, join(twins.ours, '.lab/remotes/team.git'), join(twins.ours, '.lab/clones/copy.git')]) expect(twins.native('git fsck --strict --full --no-dangling', dir)).toEqual({ out: '', status: 0 });
  });
});
