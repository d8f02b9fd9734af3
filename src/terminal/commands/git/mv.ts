import { fatal, readOptions } from '../../git/options.js';
import { readPathspecs } from '../../git/pathspec.js';
import { removeFile } from '../../git/remove-file.js';
import { stageContent } from '../../git/stage-content.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git mv [<options>] <source>... <destination>',
  flags: { '-n': 'dry', '--dry-run': 'dry', '-v': 'verbose', '--verbose': 'verbose' },
  refused: { '-f': 'a file that is there is not written over; remove it first', '--force': 'a file that is there is not written over; remove it first' },
};

interface Move {
  readonly from: string;
  readonly to: string;
}

/** `git mv`: gives tracked files another name, in the working tree and in the index. */
export const mv: Subcommand = {
  name: 'mv',
  summary: 'Move or rename a file or a directory',
  async run(words, call) {
    const { flags, words: rest, paths } = readOptions(SPEC, words);
    const specs = readPathspecs(call.prefix, [...rest, ...(paths ?? [])]);
    const target = specs.pop();
    if (target === undefined || specs.length === 0) return { err: `usage: ${SPEC.usage}\n`, status: 129 };
    const isFolder = target.path === '' || (await call.files.stat(target.path))?.type === 'directory';
    if (specs.length > 1 && !isFolder) throw fatal(`destination '${target.word}' is not a directory`);
    const moves: Move[] = [];
    const whole: Move[] = [];
    for (const { path } of specs) {
      const to = isFolder ? [target.path, path.split('/').at(-1)].filter((part) => part !== '').join('/') : target.path;
      whole.push({ from: path, to });
      moves.push(...(await movesOf(call, path, to)));
    }
    const said = flags.has('dry') || flags.has('verbose') ? describe(whole, moves, flags.has('dry')) : '';
    if (flags.has('dry')) return ok(said);
    await call.turn.begin(call.signal);
    for (const move of moves) await carryOut(call, move);
    return ok(said);
  },
};

const describe = (whole: readonly Move[], moves: readonly Move[], dry: boolean): string =>
  [...(dry ? [...whole, ...moves.filter((m) => !whole.some((w) => w.from === m.from))].map((m) => `Checking rename of '${m.from}' to '${m.to}'\n`) : []), ...[...whole, ...moves.filter((m) => !whole.some((w) => w.from === m.from))].map((m) => `Renaming ${m.from} to ${m.to}\n`)].join('');

/** The files that move with a path; throws git's words when it cannot be moved. */
async function movesOf({ git, files }: GitCall, from: string, to: string): Promise<Move[]> {
  const refuse = (why: string): Error => fatal(`${why}, source=${from}, destination=${to}`);
  const stat = await files.stat(from);
  if (!stat) throw refuse('bad source');
  if (to === from || to.startsWith(`${from}/`)) throw refuse('can not move directory into itself');
  const known = [...(await git.treeAt('INDEX')).keys()];
  if (stat.type === 'directory') {
    const below = known.filter((p) => p.startsWith(`${from}/`));
    if (below.length === 0) throw refuse('source directory is empty');
    if (await files.stat(to)) throw refuse('destination exists');
    return below.map((p) => ({ from: p, to: `${to}${p.slice(from.length)}` }));
  }
  if (!known.includes(from)) throw refuse('not under version control');
  if (await files.stat(to)) throw refuse('destination exists');
  const folder = to.split('/').slice(0, -1).join('/');
  if (folder !== '' && !(await files.stat(folder))) throw fatal(`renaming '${from}' failed: No such file or directory`);
  return [{ from, to }];
}

async function carryOut({ git, files }: GitCall, { from, to }: Move): Promise<void> {
  const [staged, present] = [await git.readAt('INDEX', from), (await files.stat(from)) ? await files.read(from) : undefined];
  await git.removeFromIndex([from]);
  if (present !== undefined) {
    await files.write(to, present);
    await removeFile(files, from);
  }
  await stageContent(git, to, staged!);
}
