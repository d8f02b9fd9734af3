import { decorations } from '../../git/log-lines.js';
import { fatal, lastValue, readOptions } from '../../git/options.js';
import { patchOf } from '../../git/patch.js';
import { readPathspecs } from '../../git/pathspec.js';
import { quotePath } from '../../git/quote-path.js';
import { findRevision } from '../../git/revision.js';
import { statOf } from '../../git/stat.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import type { CommandResult } from '../../command.js';
import { changesOf, present } from './log.js';

const SPEC = {
  usage: 'git show [<options>] [<object>...]',
  flags: { '--stat': 'stat', '--oneline': 'oneline', '-s': 'bare', '--no-patch': 'bare', '--name-only': 'names', '--decorate': 'decorate', '--no-renames': 'keep', '-M': 'renames', '--find-renames': 'renames' },
  values: { '--format': 'format', '--pretty': 'format' },
};

/** `git show`: a commit with its diff, or a file as it was with `revision:path`. */
export const show: Subcommand = {
  name: 'show',
  summary: 'Show a commit, or a file as it was',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const outs: string[] = [];
    for (const word of options.words.length === 0 ? ['HEAD'] : options.words) {
      const file = /^([^:]*):(.+)$/s.exec(word);
      if (file) return showFile(call, file[1]!, file[2]!);
      outs.push(await showCommit(call, word, options.flags, lastValue(options, 'format') ?? (options.flags.has('oneline') ? 'oneline' : 'medium')));
    }
    return ok(outs.join('\n'));
  },
};

async function showCommit(call: GitCall, word: string, flags: ReadonlySet<string>, format: string): Promise<string> {
  const id = await findRevision(call.git, word);
  const commit = (await call.git.log({ ref: id, depth: 1 }))[0]!;
  const names = (await decorations(call.git)).get(id) ?? [];
  const head = present(commit, names, format);
  if (flags.has('bare')) return head;
  const changes = await changesOf(call, commit, [], flags.has('keep'));
  const body = flags.has('stat') ? statOf(changes) : flags.has('names') ? changes.map((c) => `${quotePath(c.path)}\n`).join('') : changes.map(patchOf).join('');
  return body === '' ? head : `${head}${format === 'oneline' ? '' : '\n'}${body}`;
}

async function showFile({ git, prefix }: GitCall, revision: string, word: string): Promise<CommandResult> {
  const path = word.startsWith('./') ? readPathspecs(prefix, [word])[0]!.path : word;
  const id = revision === '' ? 'INDEX' : await findRevision(git, revision);
  const content = await git.readAt(id, path);
  if (!content) throw fatal(`path '${path}' does not exist in '${revision === '' ? 'the index' : revision}'`);
  return ok(new TextDecoder().decode(content));
}
