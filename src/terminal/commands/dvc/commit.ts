import { LabError } from '../../../core/lab-error.js';
import { findChanges } from '../../../core/pipeline/find-changes.js';
import { formatLock } from '../../../core/pipeline/lock-file.js';
import { readPipeline, stateOf } from '../../../lab/project/pipeline-file.js';
import { lockInputs } from '../../../lab/project/run-stage.js';
import { chooseOuts, trackedOuts } from '../../../lab/project/tracked-outs.js';
import { collectData } from '../../../lab/project/dvc-ignore.js';
import { Workspace } from '../../../lab/project/workspace.js';
import type { CommandCall } from '../../command.js';
import { cacheData, trackPath } from './keep-data.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc commit`: what stands in the working tree becomes what `.dvc` files and `dvc.lock` say, without running anything. */
export const commit: DvcSubcommand = {
  name: 'commit',
  usage: 'dvc commit [-f] [targets ...]',
  summary: 'Record changes to files or directories tracked by DVC',
  flags: ['-f', '--force'],
  async run(words, flags, call) {
    const { platform } = call.host;
    const outs = chooseOuts(await trackedOuts(platform), words);
    const stages = await changedStages(call, words, flags.has('-f', '--force'));
    await call.turn.begin(call.signal);
    for (const out of outs) if (out.owner.endsWith('.dvc') && (await platform.files.stat(out.path))) await trackPath(platform, out.path);
    if (stages.length > 0) await commitStages(call, stages);
    return { status: 0 };
  },
};

/** Stages that differ from the lock; without `-f` a changed dependency stops the act, as DVC asks then. */
async function changedStages({ host: { platform } }: CommandCall, words: readonly string[], force: boolean): Promise<string[]> {
  if (!(await platform.files.stat('dvc.yaml'))) return [];
  const { graph, locked } = await readPipeline(platform);
  const changed: string[] = [];
  for (const [name, stage] of graph.stages) {
    if (!locked[name] || (words.length > 0 && !words.includes(name))) continue;
    const changes = findChanges(stage, locked[name], await stateOf(platform, stage, locked[name]));
    if (changes.length > 0) changed.push(name);
    if (!force && changes.some(({ kind }) => kind !== 'out')) throw new LabError('dvc-commit-changed', { stage: name });
  }
  return changed;
}

async function commitStages({ host: { platform } }: CommandCall, names: readonly string[]): Promise<void> {
  const { graph, locked } = await readPipeline(platform);
  for (const name of names) {
    const stage = graph.stages.get(name)!;
    const inputs = lockInputs(stage, await stateOf(platform, stage, locked[name]));
    const outs = [];
    for (const { path, cache } of stage.outs) {
      if (await platform.files.stat(path)) {
        outs.push({ path, ...(await cacheData(platform, path, (folder) => collectData(platform, folder))) });
        if (cache) await platform.files.remove(path);
      } else {
        const hash = await (await Workspace.open(platform)).hashOf(path);
        if (!hash) throw new LabError('stage-no-output', { stage: name, path, line: stage.line });
        outs.push(hash);
      }
    }
    locked[name] = { ...inputs, outs };
    await platform.files.write('dvc.lock', formatLock(locked));
  }
}
