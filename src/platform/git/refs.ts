import git from 'isomorphic-git';
import { LabError } from '../../core/lab-error.js';
import { namesIn, readText, removeEmptyFolders, parentOf, statOf, writeFileDeep } from './promises-fs.js';
import { forgetReflog, logMove, NO_ID } from './reflog.js';
import { isomorphic, type Repository } from './repository.js';
import { readBranch, readHead, resolveRevision } from './revisions.js';

/** Moves the current branch (or a detached HEAD) to a commit; both logs keep why. */
export async function moveHead(repo: Repository, commit: string, reason: string): Promise<void> {
  const { branch, commit: before } = await readHead(repo);
  await writeFileDeep(repo.fs, branch === undefined ? `${repo.gitdir}/HEAD` : `${repo.gitdir}/refs/heads/${branch}`, `${commit}\n`);
  // what does not move is logged by git only for HEAD, and only on a branch
  if (branch !== undefined && before !== commit) await logMove(repo, `refs/heads/${branch}`, before, commit, reason);
  if (branch !== undefined || before !== commit) await logMove(repo, 'HEAD', before, commit, reason);
}

/** Makes HEAD name a branch, with a line in its log. */
export async function pointHead(repo: Repository, branch: string, reason: string): Promise<void> {
  const [before, after] = [(await readHead(repo)).commit, await readBranch(repo, branch)];
  await repo.fs.writeFile(`${repo.gitdir}/HEAD`, `ref: refs/heads/${branch}\n`);
  if (after !== undefined) await logMove(repo, 'HEAD', before, after, reason);
}

/** Makes HEAD name a commit and no branch, with a line in its log. */
export async function detachHead(repo: Repository, commit: string, reason: string): Promise<void> {
  const before = (await readHead(repo)).commit;
  await repo.fs.writeFile(`${repo.gitdir}/HEAD`, `${commit}\n`);
  await logMove(repo, 'HEAD', before, commit, reason);
}

/** Git's own rules for names of branches and tags (git-check-ref-format). */
const isRefName = (name: string): boolean =>
  name !== '' && name !== '@' && name !== 'HEAD' && !/(^[-/.]|\/\.|\.\.|\/\/|@\{|[/.]$|\.lock(\/|$)|[\0-\x20\x7f~^:?*[\\])/.test(name);

/** Makes a branch or tag at a revision. Throws `bad-name`, `name-taken`, `unknown-revision`. */
export async function createRef(repo: Repository, kind: 'branch' | 'tag', name: string, at = 'HEAD', reason = `branch: Created from ${at}`): Promise<void> {
  if (!isRefName(name)) throw new LabError('bad-name', { name });
  const known = kind === 'branch' ? await git.listBranches(isomorphic(repo)) : await git.listTags(isomorphic(repo));
  // a ref is a file, so `a` and `a/b` cannot both be
  const clash = known.find((k) => k === name || k.startsWith(`${name}/`) || name.startsWith(`${k}/`));
  if (clash !== undefined) throw new LabError('name-taken', { name: clash });
  const id = await resolveRevision(repo, at);
  const ref = `refs/${kind === 'branch' ? 'heads' : 'tags'}/${name}`;
  await writeFileDeep(repo.fs, `${repo.gitdir}/${ref}`, `${id}\n`);
  await logMove(repo, ref, undefined, id, reason);
}

/** Gives a branch another name; its log goes with it. Throws `unknown-branch`, `bad-name`, `name-taken`. */
export async function renameBranch(repo: Repository, from: string, to: string): Promise<void> {
  const id = await readBranch(repo, from);
  if (id === undefined) throw new LabError('unknown-branch', { branch: from });
  const isCurrent = (await readHead(repo)).branch === from;
  const log = await readText(repo.fs, `${repo.gitdir}/logs/refs/heads/${from}`);
  await createRef(repo, 'branch', to, id);
  await forgetReflog(repo, `refs/heads/${to}`);
  const reason = `Branch: renamed refs/heads/${from} to refs/heads/${to}`;
  if (log !== undefined) await writeFileDeep(repo.fs, `${repo.gitdir}/logs/refs/heads/${to}`, log);
  await logMove(repo, `refs/heads/${to}`, id, id, reason);
  if (isCurrent) {
    await repo.fs.writeFile(`${repo.gitdir}/HEAD`, `ref: refs/heads/${to}\n`);
    // git notes the end of the old name and the start of the new one
    await logMove(repo, 'HEAD', id, NO_ID, reason);
    await logMove(repo, 'HEAD', undefined, id, reason);
  }
  await removeBranch(repo, from);
}

/** Removes a branch that is not current, with its log. Throws `unknown-branch`, `current-branch`. */
export async function deleteBranch(repo: Repository, branch: string): Promise<void> {
  if (!(await git.listBranches(isomorphic(repo))).includes(branch)) throw new LabError('unknown-branch', { branch });
  if ((await readHead(repo)).branch === branch) throw new LabError('current-branch', { branch });
  await removeBranch(repo, branch);
}

async function removeBranch(repo: Repository, branch: string): Promise<void> {
  await git.deleteRef({ ...isomorphic(repo), ref: `refs/heads/${branch}` });
  await forgetReflog(repo, `refs/heads/${branch}`);
}

/** Refs below a prefix that ends in `/`, by full name, sorted; loose ones before packed ones. A ref that names another gives what that one names. */
export async function listRefs(repo: Repository, prefix: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const line of ((await readText(repo.fs, `${repo.gitdir}/packed-refs`)) ?? '').split('\n')) {
    const [, id, ref] = /^([0-9a-f]{40}) (refs\/\S+)$/.exec(line) ?? [];
    if (id !== undefined && ref?.startsWith(prefix)) found.set(ref, id);
  }
  const visit = async (folder: string): Promise<void> => {
    for (const name of await namesIn(repo.fs, `${repo.gitdir}/${folder}`)) {
      const ref = `${folder}/${name}`;
      if ((await statOf(repo.fs, `${repo.gitdir}/${ref}`))?.isDirectory()) await visit(ref);
      else await keep(ref);
    }
  };
  const keep = async (ref: string): Promise<void> => {
    const text = ((await readText(repo.fs, `${repo.gitdir}/${ref}`)) ?? '').trim();
    const target = /^ref: (refs\/\S+)$/.exec(text)?.[1];
    const id = target === undefined ? text : ((await readText(repo.fs, `${repo.gitdir}/${target}`))?.trim() ?? found.get(target) ?? '');
    if (/^[0-9a-f]{40}$/.test(id)) found.set(ref, id);
    else found.delete(ref);
  };
  await visit(prefix.replace(/\/$/, ''));
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Makes a ref name another one, as `refs/remotes/origin/HEAD` does; without a target it goes. */
export async function pointRef(repo: Repository, ref: string, target: string | undefined): Promise<void> {
  const path = `${repo.gitdir}/${ref}`;
  if (target !== undefined) return writeFileDeep(repo.fs, path, `ref: ${target}\n`);
  await repo.fs.unlink(path).catch(() => undefined);
  await removeEmptyFolders(repo.fs, parentOf(path), `${repo.gitdir}/refs`);
}
