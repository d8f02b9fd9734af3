import type { CommandResult } from '../../command.js';
import { describeMerge, explainLosses } from '../../git/bring-in.js';
import { shortId } from '../../git/blob-id.js';
import { subjectOf } from '../../git/log-lines.js';
import { fatal, GitError, lastValue, readOptions, type ReadOptions } from '../../git/options.js';
import { patchOf } from '../../git/patch.js';
import { removeFile } from '../../git/remove-file.js';
import { changesBetween, revisionSide } from '../../git/sides.js';
import { stageContent } from '../../git/stage-content.js';
import { statOf } from '../../git/stat.js';
import { ok, type GitCall, type Subcommand } from '../../git/subcommand.js';
import { status } from './status.js';

const REF = 'refs/stash';
const SPEC = {
  usage: 'git stash [push [-u] [-q] [-m <message>]]\n   or: git stash (list | show [-p] | pop | apply | drop) [<stash>]\n   or: git stash clear',
  flags: { '-u': 'untracked', '--include-untracked': 'untracked', '-q': 'quiet', '--quiet': 'quiet', '-p': 'patch', '--patch': 'patch', '--stat': 'stat' },
  values: { '-m': 'message', '--message': 'message' },
  refused: { '-k': 'index and files are put away together', '--keep-index': 'index and files are put away together', '-a': 'ignored files hold data that DVC tracks; they stay', '--all': 'ignored files hold data that DVC tracks; they stay', '--index': 'what was staged comes back as changed files; stage it anew' },
};

/** `git stash`: puts changes away on a pile and takes them back. */
export const stash: Subcommand = {
  name: 'stash',
  summary: 'Stash the changes in a dirty working directory away',
  async run(words, call) {
    const options = readOptions(SPEC, words);
    const [act = 'push', name, extra] = options.words;
    if (extra !== undefined || options.paths !== undefined) throw new GitError('error: whole changes are put away here, not those of some paths', 129);
    if (act === 'push' || act === 'save') return push(call, options);
    if (act === 'list') return list(call);
    if (act === 'clear') return clear(call);
    const n = await placeOf(call, name);
    if (act === 'show') return show(call, n, options);
    if (act === 'drop') return drop(call, n, options.flags.has('quiet'));
    if (act === 'apply') return apply(call, n, options.flags.has('quiet'));
    if (act === 'pop') return pop(call, n, options.flags.has('quiet'));
    throw fatal(`subcommand wasn't specified; 'push' can't be assumed due to unexpected token '${act}'`);
  },
};

async function push(call: GitCall, options: ReadOptions): Promise<CommandResult> {
  const { git } = call;
  const { branch, commit: head } = await git.head();
  if (head === undefined) throw new GitError('You do not have the initial commit yet', 1);
  const entries = await git.status();
  if (entries.some((e) => e.conflict)) throw new GitError(entries.filter((e) => e.conflict).map((e) => `${e.path}: needs merge\n`).join(''), 1);
  const untracked = options.flags.has('untracked') ? entries.filter((e) => e.unstaged === 'untracked').map((e) => e.path) : [];
  if (untracked.length === 0 && entries.every((e) => e.unstaged === 'untracked')) return ok('No local changes to save\n');
  const on = branch ?? '(no branch)';
  const place = `${on}: ${shortId(head)} ${subjectOf((await git.log({ depth: 1 }))[0]!.message)}`;
  const given = lastValue(options, 'message');
  const message = given === undefined || given === '' ? `WIP on ${place}` : `On ${on}: ${given}`;
  await call.turn.begin(call.signal);
  const index = await git.writeLooseCommit('index', `index on ${place}\n`, [head]);
  const third = untracked.length === 0 ? [] : [await git.writeLooseCommit(untracked, `untracked files on ${place}\n`, [])];
  const id = await git.writeLooseCommit('tracked', message, [head, index, ...third]);
  await git.setRef(REF, id, message);
  for (const path of untracked) await removeFile(call.files, path);
  await git.reset('HEAD', 'hard', 'reset: moving to HEAD');
  return ok(options.flags.has('quiet') ? '' : `Saved working directory and index state ${message}\n`);
}

async function list({ git }: GitCall): Promise<CommandResult> {
  return ok((await git.reflog(REF)).map(({ message }, n) => `stash@{${n}}: ${message}\n`).join(''));
}

async function clear(call: GitCall): Promise<CommandResult> {
  await call.turn.begin(call.signal);
  await call.git.setRef(REF, undefined, '');
  return ok();
}

/** Place on the pile, newest is 0; throws git's words when nothing lies there. */
async function placeOf({ git }: GitCall, word: string | undefined): Promise<number> {
  const count = (await git.reflog(REF)).length;
  if (word === undefined && count === 0) throw new GitError('No stash entries found.', 1);
  const digits = word === undefined ? '0' : (/^(?:stash@\{)?(\d+)\}?$/.exec(word)?.[1] ?? (word === 'stash' ? '0' : undefined));
  if (digits === undefined) throw new GitError(`error: ${word} is not a valid reference`, 1);
  const ref = word === digits ? REF : 'stash';
  if (count === 0) throw new GitError(`error: ${ref}@{${digits}} is not a valid reference`, 1);
  if (Number(digits) >= count) throw fatal(`log for '${ref}' only has ${count} entries`);
  return Number(digits);
}

async function show({ git }: GitCall, n: number, { flags }: ReadOptions): Promise<CommandResult> {
  const id = (await git.reflog(REF))[n]!.after;
  const changes = await changesBetween(await revisionSide(git, `${id}^`), await revisionSide(git, id));
  return ok(flags.has('patch') ? changes.map(patchOf).join('') : statOf(changes));
}

async function drop(call: GitCall, n: number, quiet: boolean): Promise<CommandResult> {
  const id = (await call.git.reflog(REF))[n]!.after;
  await call.turn.begin(call.signal);
  await call.git.dropLogLine(REF, n);
  return ok(quiet ? '' : `Dropped refs/stash@{${n}} (${id})\n`);
}

async function pop(call: GitCall, n: number, quiet: boolean): Promise<CommandResult> {
  const applied = await apply(call, n, quiet);
  if (applied.status !== 0) return { ...applied, err: `${applied.err ?? ''}The stash entry is kept in case you need it again.\n` };
  return ok(`${applied.out ?? ''}${(await drop(call, n, quiet)).out ?? ''}`);
}

async function apply(call: GitCall, n: number, quiet: boolean): Promise<CommandResult> {
  const { git, files } = call;
  const id = (await git.reflog(REF))[n]!.after;
  const [base, , third] = (await git.log({ ref: id, depth: 1 }))[0]!.parents;
  const others = third === undefined ? [] : [...(await git.treeAt(third)).keys()];
  const inTheWay = await Promise.all(others.map(async (path) => ((await files.stat(path)) ? [path] : [])));
  if (inTheWay.flat().length > 0) return { err: `${inTheWay.flat().map((p) => `${p} already exists, no checkout\n`).join('')}error: could not restore untracked files from stash\n`, status: 1 };
  await call.turn.begin(call.signal);
  const names = { ours: 'Updated upstream', theirs: 'Stashed changes' };
  let outcome;
  try {
    outcome = await git.applyChanges(base, id, names);
  } catch (cause) {
    const said = explainLosses(cause, 'merge');
    if (said instanceof GitError) return { err: `${said.message}\n`, status: 1 };
    throw cause;
  }
  if (outcome.conflicts.length === 0) await unstageKnown(call);
  for (const path of others) await files.write(path, (await git.readAt(third!, path))!);
  const after = quiet ? '' : ((await status.run([], call)).out ?? '');
  return { out: describeMerge(outcome, names) + after, status: outcome.conflicts.length === 0 ? 0 : 1 };
}

/** What came back stands as changed files; only files that HEAD does not have stay in the index. */
async function unstageKnown(call: GitCall): Promise<void> {
  const known = await call.git.treeAt('HEAD');
  for (const entry of await call.git.status()) {
    if (known.has(entry.path) && entry.staged !== 'unmodified') await stageContent(call.git, entry.path, await call.git.readAt('HEAD', entry.path));
  }
}
