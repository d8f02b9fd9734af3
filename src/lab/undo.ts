import { LabError } from '../core/lab-error.js';
import type { Platform } from './platform.js';
import { sameBytes } from './project/file-watch.js';
import type { ActRecord } from './undo/act-record.js';
import { restorings } from './undo/plan-act.js';
import { planUndo } from './undo/plan-undo.js';
import type { UndoPlan } from './undo/plan.js';
import { defineVerb, text, type Outcome } from './verb.js';

/** Takes the last act back: an act of the lab by a commit that reverts its own, a move by git by moving back. A second undo brings it back. */
export const undo = defineVerb({
  name: 'undo',
  summary: 'take back the last act, or bring back what the last undo took',
  flags: { act: text('the act that you mean; refused when another came after it (see: lab last)') },
  async run({ platform }, { act }) {
    const found = await planUndo(platform);
    if (!found) throw new LabError('undo-nothing');
    const { plan, record } = found;
    if (act !== undefined && act !== plan.id) throw new LabError('undo-moved-on', { act, now: plan.text });
    if (plan.refused) throw plan.refused;
    const changed = record ? await revert(platform, record) : await moveBack(platform, plan);
    return {
      result: { id: plan.id, text: plan.text, redo: plan.redo, files: plan.files },
      lines: [`${plan.redo ? 'brought back' : 'took back'}: ${plan.text}`, ...(plan.same === undefined ? [] : [`  the same in git: ${plan.same}`]), `  lab undo once more ${plan.redo ? 'takes it back' : 'brings it back'}`],
      step: { object: { type: plan.redo ? 'redo' : 'undo', id: plan.id }, reason: plan.text, ...changed.moved },
      ...changed.files,
    };
  },
});

interface Changed {
  readonly files?: Pick<Outcome<unknown>, 'files' | 'message' | 'leave'>;
  readonly moved?: { readonly before: string; readonly after: string };
}

/** Puts back what was outside git, and lays the files of a commit that reverts the act's. */
async function revert(platform: Platform, record: ActRecord): Promise<Changed> {
  const all = await restorings(platform, record);
  for (const { path, committed, content } of all) await put(platform, path, committed ? committed.content : content);
  if (record.commit === undefined) return {};
  const subject = (await platform.git.log({ ref: record.commit, depth: 1 }))[0]!.message.split('\n')[0]!;
  const [, reverted] = /^Revert "(.*)"$/.exec(subject) ?? [];
  const tracked = all.filter(({ committed }) => committed !== undefined);
  const message = `${reverted === undefined ? `Revert "${subject}"` : `Reapply "${reverted}"`}\n\nThis reverts commit ${record.commit}.`;
  const apart = tracked.filter(({ committed, content }) => !sameBytes(committed?.content, content));
  return { files: { files: tracked.map(({ path }) => path), message, leave: new Map(apart.map(({ path, content }) => [path, content])) } };
}

/** Moves `HEAD` back as git itself would; throws `local-changes` {files} rather than lose one. */
async function moveBack({ git }: Platform, { branch, to, same }: UndoPlan): Promise<Changed> {
  const before = (await git.head()).commit!;
  if (branch !== undefined) await git.switchTo(branch);
  else {
    await git.reset(to!, 'keep', `reset: moving to ${same!.split(' ').at(-1)!}`);
    await git.writeNote('ORIG_HEAD', `${before}\n`);
  }
  return { moved: { before, after: (await git.head()).commit! } };
}

async function put({ files }: Platform, path: string, content: Uint8Array | undefined): Promise<void> {
  if (content) await files.write(path, content);
  else if (await files.stat(path)) await files.remove(path);
}
