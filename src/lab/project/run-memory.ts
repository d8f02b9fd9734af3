import { formatLock, lockEntry, parseLock } from '../../core/pipeline/lock-file.js';
import { runCacheId } from '../../core/pipeline/run-cache.js';
import type { LockedStage } from '../../core/pipeline/stage.js';
import { formatPythonYaml } from '../../core/version/python-yaml.js';
import type { Platform } from '../platform.js';
import { readText } from './files.js';

const folderOf = (key: string): string => `.dvc/cache/runs/${key.slice(0, 2)}/${key}`;

/** Remembers what a run made of what went in, where DVC's run cache has it. */
export async function rememberRun(platform: Platform, stage: LockedStage): Promise<void> {
  const { key, value } = runCacheId(stage);
  await platform.files.write(`${folderOf(key)}/${value}`, formatPythonYaml(lockEntry(stage)));
}

/** A run with the same command, dependencies, parameters and output paths whose outputs are all still in the cache. */
export async function recallRun(platform: Platform, stage: LockedStage): Promise<LockedStage | undefined> {
  const folder = folderOf(runCacheId(stage).key);
  for (const name of await platform.files.list(folder)) {
    const text = (await readText(platform, `${folder}/${name}`)) ?? '';
    const known = parseLock(formatLock({}).replace('stages: {}', `stages:\n  run:\n${text.replace(/^(?=.)/gm, '    ')}`))['run'];
    const held = await Promise.all((known?.outs ?? []).map(({ md5 }) => platform.objects.has(md5)));
    if (known && held.every(Boolean)) return known;
  }
  return undefined;
}
