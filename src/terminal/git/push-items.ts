import { readRemotes, upstreamOf, type KnownRemote } from '../../lab/team/tracking.js';
import { fatal, GitError } from './options.js';
import type { PushItem } from './push-updates.js';
import { findRemote } from './remotes.js';
import type { GitCall } from './subcommand.js';

/** Where `git push` goes without a name: where the branch pushes, `origin`, or the only remote. Throws git's words when there is none. */
export async function pushTarget(call: GitCall, word: string | undefined): Promise<KnownRemote> {
  if (word !== undefined) return findRemote(call, word);
  const remotes = await readRemotes(call.git);
  const { branch } = await call.git.head();
  const upstream = branch === undefined ? undefined : await upstreamOf(call.git, branch);
  const found = remotes.find((r) => r.name === (upstream?.remote ?? 'origin')) ?? (remotes.length === 1 ? remotes[0] : undefined);
  if (found) return found;
  throw fatal('No configured push destination.\nEither specify the URL from the command-line or configure a remote repository using\n\n    git remote add <name> <url>\n\nand then push using the remote name\n\n    git push <name>\n');
}

/** What `git push` without refs sends, as `push.default = simple` has it: the current branch, to the one of its name. */
export async function currentItem({ git }: GitCall, remote: KnownRemote, setsUpstream: boolean, named: boolean): Promise<PushItem> {
  const { branch, commit } = await git.head();
  if (branch === undefined) throw fatal(`You are not currently on a branch.\nTo push the history leading to the current (detached HEAD)\nstate now, use\n\n    git push ${remote.name} HEAD:<name-of-remote-branch>\n`);
  const upstream = await upstreamOf(git, branch);
  if (commit === undefined) throw new GitError(`error: src refspec refs/heads/${branch} does not match any\nerror: failed to push some refs to '${remote.url}'`, 1);
  const item = { from: branch, ref: `refs/heads/${branch}`, id: commit };
  const elsewhere = named && upstream?.remote !== remote.name && (await readRemotes(git)).length > 0 && upstream !== undefined;
  if (elsewhere || setsUpstream) return item;
  if (upstream === undefined)
    throw fatal(`The current branch ${branch} has no upstream branch.\nTo push the current branch and set the remote as upstream, use\n\n    git push --set-upstream ${remote.name} ${branch}\n\nTo have this happen automatically for branches without a tracking\nupstream, see 'push.autoSetupRemote' in 'git help config'.\n`);
  if (upstream.merge !== item.ref) throw unlikeNames(remote.name, upstream.merge.replace('refs/heads/', ''));
  return item;
}

const unlikeNames = (remote: string, name: string): GitError =>
  fatal(`The upstream branch of your current branch does not match\nthe name of your current branch.  To push to the upstream branch\non the remote, use\n\n    git push ${remote} HEAD:${name}\n\nTo push to the branch of the same name on the remote, use\n\n    git push ${remote} HEAD\n\nTo choose either option permanently, see push.default in 'git help config'.\n\nTo avoid automatically configuring an upstream branch when its name\nwon't match the local branch, see option 'simple' of branch.autoSetupMerge\nin 'git help config'.\n`);

/** Reads `src`, `src:dst` or `:dst`. Throws git's words for a source or a destination that cannot be. */
export async function readRefspec({ git }: GitCall, spec: string, remote: KnownRemote, deletes: boolean): Promise<PushItem> {
  const failed = `\nerror: failed to push some refs to '${remote.url}'`;
  if (spec.startsWith('+')) throw new GitError(`error: ${spec}: work of others is not written over unseen here; use --force-with-lease`, 129);
  const [src = '', dst] = deletes ? ['', spec] : split(spec);
  if (src === '') return { from: '', ref: fullName(dst ?? '', 'refs/heads/'), id: undefined };
  const kind = await kindOf(git, src);
  if (kind === undefined) throw new GitError(`error: src refspec ${src} does not match any${failed}`, 1);
  const { branch } = await git.head();
  const name = dst ?? (kind.prefix === 'HEAD' ? branch : src.replace(/^refs\/(heads|tags)\//, ''));
  const prefix = kind.prefix === 'HEAD' ? 'refs/heads/' : kind.prefix;
  if (name === undefined || (prefix === undefined && !name.startsWith('refs/'))) throw new GitError(`error: The destination you provided is not a full refname (i.e.,\nstarting with "refs/"); use ${src}:refs/heads/${name ?? '<branch>'}${failed}`, 1);
  return { from: src.replace(/^refs\/(heads|tags)\//, ''), ref: fullName(name, prefix ?? ''), id: kind.id };
}

const split = (spec: string): [string, string | undefined] => {
  const at = spec.indexOf(':');
  return at < 0 ? [spec, undefined] : [spec.slice(0, at), spec.slice(at + 1)];
};

const fullName = (name: string, prefix: string): string => {
  const full = name.startsWith('refs/') ? name : prefix + name;
  if (!/^refs\/(heads|tags)\/[^\0-\x20\x7f~^:?*[\\]+$/.test(full) || /(\.\.|\/\.|\/\/|@\{|\/$|\.$|\.lock$)/.test(full)) throw fatal(`invalid refspec '${name}'`);
  return full;
};

/** Which kind of name a source is, and what it stands for; a tag stands for its own object. */
async function kindOf(git: GitCall['git'], src: string): Promise<{ prefix: string | undefined; id: string } | undefined> {
  if (src === 'HEAD' || src === '@') return git.resolve('HEAD').then((id) => ({ prefix: 'HEAD', id }), () => undefined);
  for (const prefix of ['refs/heads/', 'refs/tags/']) {
    const id = (await git.refs(prefix)).get(src.startsWith('refs/') ? src : prefix + src);
    if (id !== undefined) return { prefix, id };
  }
  return git.resolve(src).then((id) => ({ prefix: undefined, id }), () => undefined);
}
