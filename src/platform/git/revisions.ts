import git from 'isomorphic-git';
import { LabError } from '../../core/lab-error.js';
import { readSetting } from '../../core/version/git-config.js';
import type { FileAt } from './object-database.js';
import { readText } from './promises-fs.js';
import { readReflog } from './reflog.js';
import { isomorphic, readCommit, type Commit, type Repository } from './repository.js';

const BRANCH = 'ref: refs/heads/';

/** The current branch and commit; no commit on a branch that has none, no branch when HEAD is detached. */
export async function readHead(repo: Repository): Promise<{ branch?: string; commit?: string }> {
  const head = (await readText(repo.fs, `${repo.gitdir}/HEAD`))?.trim();
  if (head === undefined) return {};
  if (!head.startsWith(BRANCH)) return { commit: head };
  const branch = head.slice(BRANCH.length);
  const commit = await readBranch(repo, branch);
  return commit === undefined ? { branch } : { branch, commit };
}

/** The commit of a branch, or undefined when there is no such branch. */
export async function readBranch(repo: Repository, branch: string): Promise<string | undefined> {
  const loose = (await readText(repo.fs, `${repo.gitdir}/refs/heads/${branch}`))?.trim();
  if (loose !== undefined) return loose;
  const packed = await readText(repo.fs, `${repo.gitdir}/packed-refs`);
  return packed?.split('\n').find((line) => line.endsWith(` refs/heads/${branch}`))?.slice(0, 40);
}

/** The commit that HEAD names, or undefined before the first. */
export async function readHeadCommit(repo: Repository): Promise<Commit | undefined> {
  const { commit } = await readHead(repo);
  return commit === undefined ? undefined : readCommit(repo, commit);
}

/** Full id of the commit that a revision names: branch, tag, `HEAD`, `@`, short id, with any of `~n`, `^`, `^n`. Throws `unknown-revision`. */
export async function resolveRevision(repo: Repository, ref: string): Promise<string> {
  const [, base = '', steps = ''] = /^(.*?)((?:[~^]\d*)*)$/s.exec(ref) ?? [];
  const unknown = new LabError('unknown-revision', { ref });
  try {
    let id = await peel(repo, await resolveEntry(repo, base));
    for (const [, sign, count] of steps.matchAll(/([~^])(\d*)/g)) id = await step(repo, id, sign!, count === '' ? 1 : Number(count));
    return id;
  } catch {
    throw unknown;
  }
}

/** A name, or with `@{n}` where it stood n moves ago. */
async function resolveEntry(repo: Repository, base: string): Promise<string> {
  const [, branch] = /^(.*)@\{(?:u|upstream)\}$/s.exec(base) ?? [];
  if (branch !== undefined) return resolveUpstream(repo, branch);
  const [, name = '', count] = /^(.*)@\{(\d+)\}$/s.exec(base) ?? [];
  if (count === undefined) return resolveName(repo, base === '@' ? 'HEAD' : base);
  const ref = name === '' ? `refs/heads/${(await readHead(repo)).branch}` : name === 'HEAD' ? name : name === 'stash' ? 'refs/stash' : `refs/heads/${name}`;
  const entry = (await readReflog(repo, ref))[Number(count)];
  if (!entry) throw new Error('no such entry');
  return entry.after;
}

/** `@{u}`: the ref that follows the remote's branch, by the settings of a branch (the current one when it is not named). */
async function resolveUpstream(repo: Repository, branch: string): Promise<string> {
  const name = branch === '' || branch === 'HEAD' ? (await readHead(repo)).branch : branch;
  const config = (await readText(repo.fs, `${repo.gitdir}/config`)) ?? '';
  const [remote, merge] = ['remote', 'merge'].map((key) => readSetting(config, 'branch', name ?? '', key));
  if (remote === undefined || merge === undefined) throw new Error('no upstream');
  return resolveName(repo, remote === '.' ? merge : merge.replace(/^refs\/heads\//, `refs/remotes/${remote}/`));
}

async function resolveName(repo: Repository, name: string): Promise<string> {
  if (!/^[\w][\w./+@-]*$/u.test(name) && !/^[^\s~^:?*[\\.-][^\s~^:?*[\\]*$/u.test(name)) throw new Error('not a name');
  if (name.includes('..')) throw new Error('not a name');
  if (name === 'FETCH_HEAD') return ((await readText(repo.fs, `${repo.gitdir}/FETCH_HEAD`)) ?? '').slice(0, 40);
  for (const ref of name === 'HEAD' || name === 'ORIG_HEAD' ? [name] : name === 'stash' ? ['refs/stash'] : [name, `refs/tags/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`, `refs/remotes/${name}/HEAD`]) {
    if (ref === name && !/^(HEAD|ORIG_HEAD|refs\/.*)$/.test(name)) continue;
    const id = await git.resolveRef({ ...isomorphic(repo), ref }).catch(() => undefined);
    if (id !== undefined) return id;
  }
  if (!/^[0-9a-f]{4,40}$/.test(name)) throw new Error('no such name');
  return git.expandOid({ ...isomorphic(repo), oid: name });
}

/** The commit behind a tag object. */
async function peel(repo: Repository, id: string): Promise<string> {
  const { type, content } = await repo.objects.read(id);
  if (type === 'commit') return id;
  const target = /^object ([0-9a-f]{40})/.exec(new TextDecoder().decode(content))?.[1];
  if (type !== 'tag' || target === undefined) throw new Error('not a commit');
  return peel(repo, target);
}

async function step(repo: Repository, id: string, sign: string, count: number): Promise<string> {
  if (sign === '^') {
    const parent = count === 0 ? id : (await readCommit(repo, id)).parents[count - 1];
    if (parent === undefined) throw new Error('no such parent');
    return parent;
  }
  let at = id;
  for (let i = 0; i < count; i++) at = await step(repo, at, '^', 1);
  return at;
}

/** Files of HEAD's tree; empty before the first commit. */
export async function readHeadFiles(repo: Repository): Promise<Map<string, FileAt>> {
  const head = await readHeadCommit(repo);
  return head ? repo.objects.flatten(head.tree) : new Map();
}
