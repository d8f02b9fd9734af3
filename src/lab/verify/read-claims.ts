import type { Claim } from '../../core/evaluate/judge-claims.js';
import { md5Hex } from '../../core/version/md5.js';
import { readFlat } from '../../core/pipeline/flat-values.js';
import type { Platform } from '../platform.js';
import type { Pipeline } from '../project/pipeline-file.js';
import { Workspace } from '../project/workspace.js';

/** Files of metrics that the stages write. */
export const metricPaths = ({ graph }: Pipeline): string[] => [...graph.stages.values()].flatMap(({ outs }) => outs.filter(({ kind }) => kind === 'metric').map(({ path }) => path));

/** Contents of the project's metric files by path; those that are not there are left out. */
export async function readMetricFiles(platform: Platform, paths: readonly string[]): Promise<Map<string, Uint8Array>> {
  const workspace = await Workspace.open(platform);
  const found = new Map<string, Uint8Array>();
  for (const path of paths) if (await workspace.hashOf(path)) found.set(path, (await workspace.read(path)).get(path) ?? new Uint8Array());
  return found;
}

/** What metric files claim, value by value; words where a number is due, and a file that cannot be read, claim no number. */
export function claimsOf(files: ReadonlyMap<string, Uint8Array>): Claim[] {
  return [...files].flatMap(([path, content]) => {
    try {
      return [...readFlat(content, path)].map(([name, value]) => ({ path, name, claimed: typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN }));
    } catch {
      return [];
    }
  });
}

/** Tells whether the claims are still those that were checked. */
export const digestOf = (files: ReadonlyMap<string, Uint8Array>): string => md5Hex(new TextEncoder().encode([...files].map(([path, content]) => `${path} ${md5Hex(content)}`).join('\n')));
