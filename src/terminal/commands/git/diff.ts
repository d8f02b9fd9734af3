import { fatal, readOptions } from '../../git/options.js';
import { patchOf } from '../../git/patch.js';
import { readPathspecs } from '../../git/pathspec.js';
import { quotePath } from '../../git/quote-path.js';
import { findRenames } from '../../git/renames.js';
import { findRevision, looksLikeRevision } from '../../git/revision.js';
import { changesBetween, headSide, revisionSide, workingSide, type Change, type Side } from '../../git/sides.js';
import { shortStatOf, statOf } from '../../git/stat.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git diff [<options>] [<commit>] [--] [<path>...]',
  flags: {
    '--staged': 'staged', '--cached': 'staged', '--stat': 'stat', '--shortstat': 'shortstat', '--name-only': 'names',
    '--name-status': 'states', '--exit-code': 'exit', '--quiet': 'quiet', '-p': 'patch', '--patch': 'patch', '--no-renames': 'keep', '-M': 'renames', '--find-renames': 'renames',
  },
};

/** `git diff`: working tree against index, index against HEAD (`--staged`), or between revisions; unified hunks. */
export const diff: Subcommand = {
  name: 'diff',
  summary: 'Show changes between commits, commit and working tree, etc',
  async run(words, call) {
    const { flags, words: rest, paths } = readOptions(SPEC, words);
    const { revisions, specs } = await splitWords(call, rest, paths);
    const [before, after] = await sidesOf(call, flags.has('staged'), revisions);
    const found = await changesBetween(before, after, readPathspecs(call.prefix, specs));
    const changes = flags.has('keep') ? found : findRenames(found);
    const status = changes.length > 0 && (flags.has('exit') || flags.has('quiet')) ? 1 : 0;
    return { ...ok(flags.has('quiet') ? '' : print(changes, flags)), status };
  },
};

function print(changes: readonly Change[], flags: ReadonlySet<string>): string {
  if (flags.has('names')) return changes.map((c) => `${quotePath(c.path)}\n`).join('');
  if (flags.has('states')) return changes.map((c) => `${stateOf(c)}\t${quotePath(c.path)}\n`).join('');
  if (flags.has('stat')) return statOf(changes);
  if (flags.has('shortstat')) return shortStatOf(changes);
  return changes.map(patchOf).join('');
}

/** `A`, `M`, `D`, or `R090` and the old path. */
function stateOf({ before, after, from, likeness }: Change): string {
  if (from !== undefined) return `R${String(likeness).padStart(3, '0')}\t${quotePath(from)}`;
  return !before ? 'A' : !after ? 'D' : 'M';
}

async function splitWords(call: GitCall, words: readonly string[], after: readonly string[] | undefined): Promise<{ revisions: string[]; specs: readonly string[] }> {
  const revisions: string[] = [];
  for (const [i, word] of words.entries()) {
    if (!(await looksLikeRevision(call, word, after !== undefined))) return { revisions, specs: words.slice(i) };
    revisions.push(...(word.includes('...') ? refuseThreeDots(word) : word.split('..').map((end) => (end === '' ? 'HEAD' : end))));
  }
  return { revisions, specs: after ?? [] };
}

function refuseThreeDots(word: string): never {
  throw fatal(`'${word}': the three-dot form is not offered here; use two revisions`);
}

async function sidesOf({ git, files }: GitCall, staged: boolean, revisions: readonly string[]): Promise<[Side, Side]> {
  const [a, b, c] = revisions;
  if (c !== undefined || (staged && b !== undefined)) throw fatal('too many revisions; at most two can be compared');
  if (b !== undefined) return [await revisionSide(git, await findRevision(git, a!)), await revisionSide(git, await findRevision(git, b))];
  const before = a === undefined ? undefined : await revisionSide(git, await findRevision(git, a));
  if (staged) return [before ?? (await headSide(git)), await revisionSide(git, 'INDEX')];
  return [before ?? (await revisionSide(git, 'INDEX')), await workingSide(git, files)];
}
