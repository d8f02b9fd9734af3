import { parseDocument } from 'yaml';
import { LabError } from '../../../core/lab-error.js';
import { formatLock } from '../../../core/pipeline/lock-file.js';
import type { Platform } from '../../../lab/platform.js';
import { readText } from '../../../lab/project/files.js';
import { readPipeline } from '../../../lab/project/pipeline-file.js';
import { trackedOuts, type TrackedOut } from '../../../lab/project/tracked-outs.js';
import type { CommandCall } from '../../command.js';
import { unignorePath } from './keep-data.js';
import { projectPath } from './project-path.js';
import type { DvcSubcommand } from './subcommand.js';
import { copyOut } from './unprotect.js';

/** `dvc remove`: stops tracking a `.dvc` file or a stage; the data stays in the working tree, or goes with `--outs`. */
export const remove: DvcSubcommand = {
  name: 'remove',
  usage: 'dvc remove [--outs] targets [targets ...]',
  summary: 'Remove stages from dvc.yaml and/or stop tracking files or directories',
  flags: ['--outs'],
  async run(words, flags, call) {
    if (words.length === 0) return { err: 'usage: dvc remove [--outs] targets [targets ...]\ndvc: error: the following arguments are required: targets\n', status: 254 };
    const { platform } = call.host;
    const outs = await trackedOuts(platform);
    const owners = words.map((word) => ownerOf(call, word, outs));
    const stages = owners.some((owner) => !owner.endsWith('.dvc')) ? [...(await readPipeline(platform)).graph.stages.keys()] : [];
    const unknown = owners.find((owner) => !stages.includes(owner) && !outs.some((out) => out.owner === owner));
    if (unknown !== undefined) throw new LabError('dvc-no-target', { target: unknown });
    await call.turn.begin(call.signal);
    for (const owner of owners) {
      for (const out of outs.filter((one) => one.owner === owner)) await release(platform, out, flags.has('--outs'));
      if (owner.endsWith('.dvc')) await platform.files.remove(owner);
      else await removeStage(platform, owner);
    }
    return { status: 0 };
  },
};

const ownerOf = ({ folder }: CommandCall, word: string, outs: readonly TrackedOut[]): string => (outs.some(({ owner }) => owner === word) || !word.endsWith('.dvc') ? word : projectPath(folder, word));

async function release(platform: Platform, out: TrackedOut, withData: boolean): Promise<void> {
  if (!withData && (await platform.objects.has(out.md5))) await copyOut(platform, out);
  if (withData && (await platform.files.stat(out.path))) await platform.files.remove(out.path);
  await unignorePath(platform, out.path, platform);
}

async function removeStage(platform: Platform, name: string): Promise<void> {
  const document = parseDocument((await readText(platform, 'dvc.yaml'))!);
  if (!document.deleteIn(['stages', name])) throw new LabError('dvc-no-target', { target: name });
  await platform.files.write('dvc.yaml', document.toString({ indentSeq: false }));
  const { locked } = await readPipeline(platform);
  if (!(name in locked)) return;
  const { [name]: _gone, ...left } = locked;
  await platform.files.write('dvc.lock', formatLock(left));
}
