import type { CommandResult } from '../command.js';
import { answersOf } from '../answers.js';
import { chooseHunks, type Chosen } from './choose-hunks.js';
import { GitError } from './options.js';
import { isBinaryChange } from './patch.js';
import type { Pathspec } from './pathspec.js';
import { stageContent } from './stage-content.js';
import { changesBetween, revisionSide, workingSide, type Change } from './sides.js';
import type { GitCall } from './subcommand.js';

/** `git add -p`: asks of each stretch of change in tracked files whether to stage it. */
export async function addHunks(call: GitCall, specs: readonly Pathspec[]): Promise<CommandResult> {
  const { git, files } = call;
  const open = new Set((await git.status()).filter((e) => e.conflict).map((e) => e.path));
  const changes = (await changesBetween(await revisionSide(git, 'INDEX'), await workingSide(git, files), specs)).filter((c) => !open.has(c.path));
  if (changes.length === 0) return { err: 'No changes.\n', status: 0 };
  const texts = changes.filter((c) => !isBinaryChange(c));
  if (texts.length === 0) return { err: 'Only binary files changed.\n', status: 0 };
  const next = answersOf(call);
  if (!next) throw new GitError('error: -p asks about each change: type it on a line of its own in a terminal, or give the answers on standard input', 1);
  let out = '';
  const say = (text: string): void => {
    out += text;
    call.stream(text);
  };
  for (const change of texts) {
    const chosen = await chooseHunks(change, { next, say, complain: (text) => call.show(`${text}\n`) });
    say('\n');
    await stageChosen(call, change, chosen);
    if (chosen.quit) break;
  }
  return { out, status: 0 };
}

async function stageChosen(call: GitCall, { path, before }: Change, { content, isChanged }: Chosen): Promise<void> {
  if (!isChanged) return;
  await call.turn.begin(call.signal);
  // while the answers came, another act may have staged the file
  if ((await call.git.treeAt('INDEX')).get(path) !== before!.id) throw new GitError(`error: patch failed: ${path}\nerror: ${path}: the index has changed meanwhile; nothing of it was staged`, 1);
  await stageContent(call.git, path, content);
}
