import git from 'isomorphic-git';
import { LabError } from '../../core/lab-error.js';
import type { Git } from '../../lab/platform.js';
import { readIndex, writeIndex } from './git-index.js';
import { initRepository } from './init-repository.js';
import type { FileAt } from './object-database.js';
import { statOf, writeFileDeep, type PromisesFs } from './promises-fs.js';
import { isomorphic, openRepository, readCommit, writeCommit, type Author, type Repository } from './repository.js';
import { moveHead, readHead, readHeadCommit, readLog, resolveRevision } from './revisions.js';
import { replaceInTree, stage, stageFile, unstage, writeIndexTree } from './staging.js';
import { switchBranch } from './switching.js';
import { readStatus } from './working-tree.js';

export interface GitOptions {
  /** Milliseconds. */
  now(): number;
  readonly author?: Partial<Author>;
}

const LEARNER: Author = { name: 'Learner', email: 'learner@looplab.local', timezoneOffset: 0 };

/** The git repository in the folder `dir` of any promises file system. */
export function createGit(fs: PromisesFs, dir: string, { now, author }: GitOptions): Git {
  const repo = openRepository(fs, dir, { ...LEARNER, ...author }, now);
  return {
    init: () => initRepository(repo),
    isRepository: async () => (await statOf(fs, `${repo.gitdir}/HEAD`)) !== undefined,
    add: (paths) => stage(repo, paths),
    removeFromIndex: (paths) => unstage(repo, paths),
    commit: (message) => commitIndex(repo, message),
    commitOnly: (paths, message) => commitPaths(repo, paths, message),
    status: () => readStatus(repo),
    log: ({ ref = 'HEAD', depth = Number.POSITIVE_INFINITY } = {}) => readLog(repo, ref, depth),
    resolve: (ref) => resolveRevision(repo, ref),
    head: () => readHead(repo),
    branches: async () => (await git.listBranches(isomorphic(repo))).sort(),
    createBranch: (name, at) => createRef(repo, 'branch', name, at),
    deleteBranch: (name) => deleteBranch(repo, name),
    switchTo: (branch) => switchBranch(repo, branch),
    tags: async () => (await git.listTags(isomorphic(repo))).sort(),
    createTag: (name, at, message) => createTag(repo, name, at, message),
    deleteTag: (name) => deleteTag(repo, name),
    readAt: (revision, path) => readAt(repo, revision, path),
    treeAt: async (revision) => new Map([...(await filesAt(repo, revision))].map(([path, { id }]) => [path, id])),
  };
}

async function commitIndex(repo: Repository, message: string): Promise<string> {
  const head = await readHeadCommit(repo);
  const index = await readIndex(repo.fs, repo.gitdir);
  const tree = await writeIndexTree(repo, index);
  if (head ? head.tree === tree : index.size === 0) throw new LabError('nothing-to-commit');
  return advance(repo, tree, head?.id, message);
}

async function commitPaths(repo: Repository, paths: readonly string[], message: string): Promise<string | undefined> {
  const [head, index] = [await readHeadCommit(repo), await readIndex(repo.fs, repo.gitdir)];
  const changes = new Map<string, FileAt | undefined>();
  for (const path of paths) changes.set(path, await stageFile(repo, index, path));
  await writeIndex(repo.fs, repo.gitdir, index);
  const tree = await replaceInTree(repo, head?.tree, changes);
  if (head ? head.tree === tree : [...changes.values()].every((c) => c === undefined)) return undefined;
  return advance(repo, tree, head?.id, message);
}

async function advance(repo: Repository, tree: string, parent: string | undefined, message: string): Promise<string> {
  const commit = await writeCommit(repo, tree, parent === undefined ? [] : [parent], message);
  await moveHead(repo, commit);
  return commit;
}

/** Git's own rules for names of branches and tags (git-check-ref-format). */
const isRefName = (name: string): boolean =>
  name !== '' && name !== '@' && name !== 'HEAD' && !/(^[-/.]|\/\.|\.\.|\/\/|@\{|[/.]$|\.lock(\/|$)|[\0-\x20\x7f~^:?*[\\])/.test(name);

async function createRef(repo: Repository, kind: 'branch' | 'tag', name: string, at = 'HEAD'): Promise<void> {
  if (!isRefName(name)) throw new LabError('bad-name', { name });
  const known = kind === 'branch' ? await git.listBranches(isomorphic(repo)) : await git.listTags(isomorphic(repo));
  // a ref is a file, so `a` and `a/b` cannot both be
  const clash = known.find((k) => k === name || k.startsWith(`${name}/`) || name.startsWith(`${k}/`));
  if (clash !== undefined) throw new LabError('name-taken', { name: clash });
  const id = await resolveRevision(repo, at);
  await writeFileDeep(repo.fs, `${repo.gitdir}/refs/${kind === 'branch' ? 'heads' : 'tags'}/${name}`, `${id}\n`);
}

async function deleteBranch(repo: Repository, branch: string): Promise<void> {
  if (!(await git.listBranches(isomorphic(repo))).includes(branch)) throw new LabError('unknown-branch', { branch });
  if ((await readHead(repo)).branch === branch) throw new LabError('current-branch', { branch });
  await git.deleteRef({ ...isomorphic(repo), ref: `refs/heads/${branch}` });
}

async function createTag(repo: Repository, name: string, at?: string, message?: string): Promise<void> {
  await createRef(repo, 'tag', name, at);
  if (message === undefined) return;
  const { name: author, email, timezoneOffset } = repo.author;
  const tagger = { name: author, email, timezoneOffset, timestamp: Math.floor(repo.now() / 1000) };
  const object = await resolveRevision(repo, at ?? 'HEAD');
  await git.annotatedTag({ ...isomorphic(repo), ref: name, object, message: message.trim(), tagger, force: true });
}

async function deleteTag(repo: Repository, tag: string): Promise<void> {
  if (!(await git.listTags(isomorphic(repo))).includes(tag)) throw new LabError('unknown-tag', { tag });
  await git.deleteRef({ ...isomorphic(repo), ref: `refs/tags/${tag}` });
}

async function filesAt(repo: Repository, revision: string): Promise<ReadonlyMap<string, FileAt>> {
  if (revision === 'INDEX') return readIndex(repo.fs, repo.gitdir);
  return repo.objects.flatten((await readCommit(repo, await resolveRevision(repo, revision))).tree);
}

async function readAt(repo: Repository, revision: string, path: string): Promise<Uint8Array | undefined> {
  const file =
    revision === 'INDEX'
      ? (await readIndex(repo.fs, repo.gitdir)).get(path)
      : await repo.objects.find((await readCommit(repo, await resolveRevision(repo, revision))).tree, path);
  return file && (await repo.objects.read(file.id)).content;
}
