import { readRemotes } from '../../../lab/team/tracking.js';
import { fatal, readOptions } from '../../git/options.js';
import { findRemote, withRemote } from '../../git/remotes.js';
import type { Subcommand } from '../../git/subcommand.js';
import { usualRemote } from './fetch.js';

const SPEC = {
  usage: 'git ls-remote [--heads] [--tags] [<repository> [<pattern>...]]',
  flags: { '-h': 'heads', '--heads': 'heads', '-t': 'tags', '--tags': 'tags', '-q': 'quiet', '--quiet': 'quiet', '--refs': 'refs' },
};

/** `git ls-remote`: what a remote has now; nothing is brought here. */
export const lsRemote: Subcommand = {
  name: 'ls-remote',
  summary: 'List references in a remote repository',
  async run(words, call) {
    const { flags, words: [given, ...patterns] } = readOptions(SPEC, words);
    if (given === undefined && (await readRemotes(call.git)).length === 0) throw fatal('No remote configured to list refs from.');
    const { url } = await findRemote(call, given ?? (await usualRemote(call)));
    const { refs, peeled, head } = await withRemote(call, url, (remote) => remote.refs());
    const only = flags.has('heads') || flags.has('tags');
    const headId = head === undefined ? undefined : refs.get(head);
    const rows = [
      ...(only || flags.has('refs') || headId === undefined ? [] : [[headId, 'HEAD'] as const]),
      ...[...refs].flatMap(([ref, id]) => [[id, ref] as const, ...(peeled.has(ref) && !flags.has('refs') ? [[peeled.get(ref)!, `${ref}^{}`] as const] : [])]),
    ].filter(([, ref]) => (!only || (flags.has('heads') && ref.startsWith('refs/heads/')) || (flags.has('tags') && ref.startsWith('refs/tags/'))) && (patterns.length === 0 || patterns.some((p) => fits(ref, p))));
    return { out: rows.map(([id, ref]) => `${id}\t${ref}\n`).join(''), err: given === undefined && !flags.has('quiet') ? `From ${url}\n` : '', status: 0 };
  },
};

/** A pattern fits whole parts at the end of a name, with `*` and `?`. */
const fits = (ref: string, pattern: string): boolean =>
  new RegExp(`(^|/)${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`).test(ref);
