import git from 'isomorphic-git';
import { LabError } from '../../core/lab-error.js';
import type { CommitInfo } from '../../lab/platform.js';
import type { FileAt } from './object-database.js';
import { readText, writeFileDeep } from './promises-fs.js';
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

/** Moves the current branch (or a detached HEAD) to a commit. */
export async function moveHead(repo: Repository, commit: string): Promise<void> {
  const { branch } = await readHead(repo);
  await writeFileDeep(repo.fs, branch === undefined ? `${repo.gitdir}/HEAD` : `${repo.gitdir}/refs/heads/${branch}`, `${commit}\n`);
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
    let id = await peel(repo, await resolveName(repo, base === '@' ? 'HEAD' : base));
    for (const [, sign, count] of steps.matchAll(/([~^])(\d*)/g)) id = await step(repo, id, sign!, count === '' ? 1 : Number(count));
    return id;
  } catch {
    throw unknown;
  }
}

async function resolveName(repo: Repository, name: string): Promise<string> {
  if (!/^[\w][\w./+@-]*$/u.test(name) && !/^[^\s~^:?*[\\.-][^\s~^:?*[\\]*$/u.test(name)) throw new Error('not a name');
  if (name.includes('..')) throw new Error('not a name');
  for (const ref of name === 'HEAD' ? ['HEAD'] : [name, `refs/tags/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`]) {
    if (ref === name && name !== 'HEAD' && !name.startsWith('refs/')) continue;
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

/** Commits that can be reached from `ref`, newest first, a parent never before its child. [] before the first commit. */
export async function readLog(repo: Repository, ref: string, depth: number): Promise<CommitInfo[]> {
  if (ref === 'HEAD' && (await readHead(repo)).commit === undefined) return [];
  const all = await reachable(repo, await resolveRevision(repo, ref), depth);
  const children = new Map<string, number>();
  for (const parent of [...all.values()].flatMap((c) => c.parents)) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = [...all.values()].filter((c) => !children.has(c.id));
  const log: CommitInfo[] = [];
  while (ready.length > 0 && log.length < depth) {
    ready.sort((a, b) => b.author.timestamp - a.author.timestamp);
    const { tree: _tree, ...next } = ready.shift()!;
    log.push(next);
    for (const parent of next.parents) {
      children.set(parent, children.get(parent)! - 1);
      if (children.get(parent) === 0 && all.has(parent)) ready.push(all.get(parent)!);
    }
  }
  return log;
}

async function reachable(repo: Repository, start: string, depth: number): Promise<Map<string, Commit>> {
  const found = new Map<string, Commit>();
  let front = [start];
  // one generation a round: no path to the first `depth` commits is longer than `depth`
  for (let round = 0; round < depth && front.length > 0; round++) {
    const next = new Set<string>();
    for (const id of front) {
      if (found.has(id)) continue;
      const commit = await readCommit(repo, id);
      found.set(id, commit);
      commit.parents.forEach((p) => next.add(p));
    }
    front = [...next];
  }
  return found;
}

/** Files of HEAD's tree; empty before the first commit. */
export async function readHeadFiles(repo: Repository): Promise<Map<string, FileAt>> {
  const head = await readHeadCommit(repo);
  return head ? repo.objects.flatten(head.tree) : new Map();
}
