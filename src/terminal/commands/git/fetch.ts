import { readRemotes, upstreamOf } from '../../../lab/team/tracking.js';
import { fetchRefs } from '../../git/fetch-refs.js';
import { fatal, readOptions } from '../../git/options.js';
import { findRemote } from '../../git/remotes.js';
import type { GitCall, Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git fetch [<options>] [<repository> [<branch>...]]\n   or: git fetch --all [<options>]',
  flags: { '--all': 'all', '-p': 'prune', '--prune': 'prune', '-t': 'tags', '--tags': 'tags', '-q': 'quiet', '--quiet': 'quiet' },
  refused: { '--depth': 'a history here is always whole', '-f': 'branches of yours are not written over here', '--force': 'branches of yours are not written over here', '--dry-run': 'look with git ls-remote instead' },
};

/** `git fetch`: brings what a remote has, and changes no branch of yours. */
export const fetch: Subcommand = {
  name: 'fetch',
  summary: 'Download objects and refs from another repository',
  async run(words, call) {
    const { flags, words: names } = readOptions(SPEC, words);
    const [given, ...branches] = names;
    if (flags.has('all') && given !== undefined) throw fatal('fetch --all does not take a repository argument');
    const odd = branches.find((b) => b.includes(':') || b.startsWith('+'));
    if (odd !== undefined) throw fatal(`'${odd}': a fetch here goes to the branches of the remote's name; merge from there`);
    if (given === undefined && !flags.has('all') && (await readRemotes(call.git)).length === 0) return { status: 0 };
    const targets = flags.has('all') ? await readRemotes(call.git) : [await findRemote(call, given ?? (await usualRemote(call)))];
    const accounts: string[] = [];
    for (const target of targets) {
      const wishes = { action: ['fetch', ...words].join(' '), prune: flags.has('prune'), tags: flags.has('tags'), ...(branches.length > 0 ? { branches } : {}) };
      accounts.push((flags.has('all') && !flags.has('quiet') ? `Fetching ${target.name}\n` : '') + (await fetchRefs(call, target, wishes)).account);
    }
    return { err: flags.has('quiet') ? '' : accounts.join(''), status: 0 };
  },
};

/** The remote that the current branch follows, the only one there is, or `origin`. */
export async function usualRemote({ git }: GitCall): Promise<string> {
  const { branch } = await git.head();
  const upstream = branch === undefined ? undefined : await upstreamOf(git, branch);
  if (upstream !== undefined) return upstream.remote;
  const known = await readRemotes(git);
  return known.length === 1 ? known[0]!.name : 'origin';
}
