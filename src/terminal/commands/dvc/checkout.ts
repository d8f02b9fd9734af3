import type { Platform } from '../../../lab/platform.js';
import { chooseOuts, filesBehind, trackedOuts, type TrackedOut } from '../../../lab/project/tracked-outs.js';
import { Workspace } from '../../../lab/project/workspace.js';
import { changeLines, type DvcSubcommand } from './subcommand.js';

/** `dvc checkout`: tracked paths read as the pointers say; a copy that stands in the working tree gives way. */
export const checkout: DvcSubcommand = {
  name: 'checkout',
  usage: 'dvc checkout [-f] [targets ...]',
  summary: 'Checkout data files from cache',
  flags: ['-f', '--force'],
  async run(words, flags, call) {
    const { platform } = call.host;
    const outs = chooseOuts(await trackedOuts(platform), words);
    const stale = await staleCopies(platform, outs);
    const lost = flags.has('-f', '--force') ? [] : stale.filter(({ kept }) => !kept);
    if (lost.length > 0) return { err: `ERROR: unable to remove '${lost[0]!.path}' without a confirmation. Use \`-f\` to force.\n`, status: 255 };
    const missing = await missingOuts(platform, outs);
    const present = stale.filter(({ path }) => !missing.includes(path));
    if (present.length > 0) await call.turn.begin(call.signal);
    for (const { path } of present) await platform.files.remove(path);
    const out = changeLines('M', present.filter(({ same }) => !same).map(({ path }) => path));
    return missing.length === 0 ? { out, status: 0 } : { out, err: missingWords(missing), status: 255 };
  },
};

/** DVC's words for outputs whose objects are nowhere. */
export const missingWords = (paths: readonly string[]): string =>
  `ERROR: Checkout failed for following targets:\n${paths.join('\n')}\nIs your cache up to date?\n<https://error.dvc.org/missing-files>\n`;

/** Copies of tracked data in the working tree: whether they equal it, and whether the cache keeps what they hold. */
async function staleCopies(platform: Platform, outs: readonly TrackedOut[]): Promise<{ path: string; same: boolean; kept: boolean }[]> {
  const found = [];
  const workspace = await Workspace.open(platform);
  for (const { path, md5 } of outs) {
    if (!(await platform.files.stat(path))) continue;
    const now = await workspace.hashOfCopy(path);
    if (now !== undefined) found.push({ path, same: now === md5, kept: await platform.objects.has(now) });
  }
  return found;
}

/** Outputs that lack an object in the cache. */
export async function missingOuts({ objects }: Platform, outs: readonly TrackedOut[]): Promise<string[]> {
  const missing: string[] = [];
  for (const out of outs) {
    const behind = await filesBehind(out, [objects]);
    const held = behind && (await Promise.all([...behind.values()].map((id) => objects.has(id))));
    if (!held || held.includes(false)) missing.push(out.path);
  }
  return missing;
}
