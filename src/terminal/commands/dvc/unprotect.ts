import { LabError } from '../../../core/lab-error.js';
import type { Platform } from '../../../lab/platform.js';
import { filesBehind, trackedOuts } from '../../../lab/project/tracked-outs.js';
import { projectPath } from './project-path.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc unprotect`: a copy of tracked data in the working tree, to be changed and added again. */
export const unprotect: DvcSubcommand = {
  name: 'unprotect',
  usage: 'dvc unprotect targets [targets ...]',
  summary: 'Unprotect tracked files or directories, so that they can be changed',
  flags: [],
  async run(words, _flags, call) {
    if (words.length === 0) return { err: 'usage: dvc unprotect targets [targets ...]\ndvc: error: the following arguments are required: targets\n', status: 254 };
    const outs = await trackedOuts(call.host.platform);
    const paths = words.map((word) => projectPath(call.folder, word));
    const unknown = paths.find((path) => !outs.some((out) => out.path === path));
    if (unknown !== undefined) throw new LabError('dvc-no-target', { target: unknown });
    await call.turn.begin(call.signal);
    for (const out of outs) if (paths.includes(out.path)) await copyOut(call.host.platform, out);
    return { status: 0 };
  },
};

/** Writes tracked data into the working tree, unless something stands there already. Throws `object-missing`. */
export async function copyOut({ files, objects }: Platform, out: { readonly path: string; readonly md5: string }): Promise<void> {
  const behind = await filesBehind(out, [objects]);
  if (!behind) throw new LabError('object-missing', { id: out.md5 });
  for (const [path, id] of behind) if (!(await files.stat(path))) await files.write(path, await objects.get(id));
}
