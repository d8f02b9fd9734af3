import git from 'isomorphic-git';
import { LabError } from '../../core/lab-error.js';
import type { CommitOptions, Git, GitNote } from '../../lab/platform.js';
import { readIndex, writeIndex } from './git-index.js';
import { initRepository } from './init-repository.js';
import { clonePath } from '../../lab/team/clone-path.js';
import type { FileAt } from './object-database.js';
import { namesIn, readText, statOf, writeFileDeep, type PromisesFs } from './promises-fs.js';
import { isomorphic, openApart, openRepository, readCommit, writeCommit, type Author, type Repository } from './repository.js';
import { readHead, readHeadCommit, resolveRevision } from './revisions.js';
import { findMergeBase, readLog } from './commit-log.js';
import { dropLogLine, setRef, writeLooseCommit } from './loose-commits.js';
import { applyChanges, setFiles } from './merging.js';
import { readReflog } from './reflog.js';
import { createRef, deleteBranch, detachHead, listRefs, moveHead, pointHead, pointRef, renameBranch } from './refs.js';
import { openRemote, sharedAt } from './remote-address.js';
import { createShared } from './shared-repository.js';
import { replaceInTree, stage, stageContent, stageFile, unstage, writeIndexTree } from './staging.js';
import { bringTo, switchBranch } from './switching.js';
import { readStatus } from './working-tree.js';

export interface GitOptions {
  /** Milliseconds. */
  now(): number;
  readonly author?: Partial<Author>;
}

const LEARNER: Author = { name: 'Learner', email: 'learner@looplab.local', timezoneOffset: 0 };

/** The git repository in the folder `dir` of any promises file system. */
export function createGit(fs: PromisesFs, dir: string, options: GitOptions): Git {
  return gitOn(openRepository(fs, dir, { ...LEARNER, ...options.author }, options.now), dir);
}

/** `home` is the project's folder, below which the lab's own remotes and clones lie. */
function gitOn(repo: Repository, home: string): Git {
  const { fs } = repo;
  return {
    init: () => initRepository(repo),
    isRepository: async () => (await statOf(fs, `${repo.gitdir}/HEAD`)) !== undefined,
    add: (paths) => stage(repo, paths),
    addContent: (path, content) => stageContent(repo, path, content),
    removeFromIndex: (paths) => unstage(repo, paths),
    commit: (message, options) => commitIndex(repo, message, options),
    commitOnly: (paths, message) => commitPaths(repo, paths, message),
    status: () => readStatus(repo),
    log: ({ ref = 'HEAD', depth = Number.POSITIVE_INFINITY } = {}) => readLog(repo, ref, depth),
    reflog: (ref) => readReflog(repo, ref),
    mergeBase: async (a, b) => findMergeBase(repo, await resolveRevision(repo, a), await resolveRevision(repo, b)),
    reset: (revision, mode, reason) => resetTo(repo, revision, mode, reason),
    applyChanges: (base, theirs, names) => applyChanges(repo, base, theirs, names),
    writeLooseCommit: (source, message, parents) => writeLooseCommit(repo, source, message, parents),
    setRef: (ref, id, reason) => setRef(repo, ref, id, reason),
    dropLogLine: (ref, n) => dropLogLine(repo, ref, n),
    readNote: (name) => readText(fs, `${repo.gitdir}/${name}`),
    writeNote: (name, note) => writeNote(repo, name, note),
    clearNotes: (folder) => clearNotes(repo, folder),
    refs: (prefix) => listRefs(repo, prefix),
    pointRef: (ref, target) => pointRef(repo, ref, target),
    pointedRef: async (ref) => /^ref: (\S+)/.exec((await readText(fs, `${repo.gitdir}/${ref}`)) ?? '')?.[1],
    readConfig: async () => (await readText(fs, `${repo.gitdir}/config`)) ?? '',
    writeConfig: async (text) => void (await fs.writeFile(`${repo.gitdir}/config`, text)),
    openRemote: (url, given = {}) => openRemote(repo, home, url, given),
    shared: (name) => createShared(sharedAt(repo, home, name)),
    inFolder: (folder) => gitOn(openApart(fs, `${home}/${folder}`, `${home}/${clonePath(folder)}`, repo.author, () => repo.now()), home),
    resolve: (ref) => resolveRevision(repo, ref),
    head: () => readHead(repo),
    branches: async () => (await git.listBranches(isomorphic(repo))).sort(),
    createBranch: (name, at, reason) => createRef(repo, 'branch', name, at, reason),
    renameBranch: (from, to) => renameBranch(repo, from, to),
    deleteBranch: (name) => deleteBranch(repo, name),
    switchTo: (branch, reason) => switchBranch(repo, branch, reason),
    async detach(commit, reason) {
      await bringTo(repo, commit);
      await detachHead(repo, commit, reason);
    },
    attach: (branch, reason) => pointHead(repo, branch, reason),
    tags: async () => (await git.listTags(isomorphic(repo))).sort(),
    createTag: (name, at, message) => createTag(repo, name, at, message),
    deleteTag: (name) => deleteTag(repo, name),
    readAt: (revision, path) => readAt(repo, revision, path),
    treeAt: async (revision) => new Map([...(await filesAt(repo, revision))].map(([path, { id }]) => [path, id])),
  };
}

async function commitIndex(repo: Repository, message: string, { parents, author, reason, empty = false }: CommitOptions = {}): Promise<string> {
  const head = await readHeadCommit(repo);
  const index = await readIndex(repo.fs, repo.gitdir);
  if (index.conflicts.size > 0) throw new LabError('unmerged', { files: [...index.conflicts.keys()] });
  const tree = await writeIndexTree(repo, index);
  if (!empty && (head ? head.tree === tree : index.size === 0)) throw new LabError('nothing-to-commit');
  const commit = await writeCommit(repo, tree, parents ?? (head ? [head.id] : []), message, author);
  await moveHead(repo, commit, reason ?? reasonOf(head, message));
  return commit;
}

const reasonOf = (head: unknown, message: string): string => `commit${head === undefined ? ' (initial)' : ''}: ${message.trim().split('\n')[0]}`;

async function resetTo(repo: Repository, revision: string, mode: 'soft' | 'mixed' | 'hard' | 'keep', reason?: string): Promise<void> {
  const commit = await resolveRevision(repo, revision);
  if (mode === 'keep') await bringTo(repo, commit);
  else if (mode !== 'soft') await setFiles(repo, commit, mode);
  if (reason !== undefined) await moveHead(repo, commit, reason);
}

async function writeNote({ fs, gitdir }: Repository, name: GitNote, note?: string): Promise<void> {
  if (note === undefined) await fs.unlink(`${gitdir}/${name}`).catch(() => undefined);
  else await writeFileDeep(fs, `${gitdir}/${name}`, note);
}

async function clearNotes({ fs, gitdir }: Repository, folder: string): Promise<void> {
  for (const name of await namesIn(fs, `${gitdir}/${folder}`)) await fs.unlink(`${gitdir}/${folder}/${name}`);
  await fs.rmdir(`${gitdir}/${folder}`).catch(() => undefined);
}

async function commitPaths(repo: Repository, paths: readonly string[], message: string): Promise<string | undefined> {
  const [head, index] = [await readHeadCommit(repo), await readIndex(repo.fs, repo.gitdir)];
  if (index.conflicts.size > 0) throw new LabError('unmerged', { files: [...index.conflicts.keys()] });
  const changes = new Map<string, FileAt | undefined>();
  for (const path of paths) changes.set(path, await stageFile(repo, index, path));
  await writeIndex(repo.fs, repo.gitdir, index);
  const tree = await replaceInTree(repo, head?.tree, changes);
  if (head ? head.tree === tree : [...changes.values()].every((c) => c === undefined)) return undefined;
  const commit = await writeCommit(repo, tree, head ? [head.id] : [], message);
  await moveHead(repo, commit, reasonOf(head, message));
  return commit;
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
