import { LabError } from '../../core/lab-error.js';
import { parseLock } from '../../core/pipeline/lock-file.js';
import { parsePipeline } from '../../core/pipeline/parse-pipeline.js';
import { parseDvcFile } from '../../core/version/dvc-file.js';
import { parseManifest } from '../../core/version/manifest.js';
import { parsePythonYaml } from '../../core/version/python-yaml.js';
import type { Platform } from '../platform.js';
import { readText } from './files.js';
import { DvcIgnore } from './dvc-ignore.js';
import { listFiles } from './list-files.js';

/** Data that DVC tracks: a `.dvc` file's or a stage's output in the cache. `owner` is the `.dvc` file or the stage. */
export interface TrackedOut {
  readonly path: string;
  readonly md5: string;
  readonly owner: string;
  readonly push: boolean;
}

type Texts = { readonly names: readonly string[]; read(path: string): Promise<string | undefined> };

/** What DVC tracks in the working tree, or at a revision; by path. Throws what the files' parsers throw. */
export async function trackedOuts(platform: Platform, revision?: string): Promise<TrackedOut[]> {
  const texts = revision === undefined ? await workTree(platform) : await treeOf(platform, revision);
  const outs: TrackedOut[] = [];
  for (const file of texts.names.filter((name) => name.endsWith('.dvc') && !name.startsWith('.dvc/'))) {
    const at = file.lastIndexOf('/') + 1;
    const { md5, path } = parseDvcFile((await texts.read(file))!, file);
    outs.push({ path: file.slice(0, at) + path, md5, owner: file, push: true });
  }
  outs.push(...(await stageOuts(texts)));
  return outs.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function stageOuts(texts: Texts): Promise<TrackedOut[]> {
  const [lock, pipeline, params] = await Promise.all(['dvc.lock', 'dvc.yaml', 'params.yaml'].map((path) => texts.read(path)));
  if (lock === undefined || pipeline === undefined) return [];
  const locked = parseLock(lock);
  const stages = parsePipeline(pipeline, params === undefined ? {} : parsePythonYaml(params, 'params.yaml').value);
  return stages.flatMap(({ name, outs }) =>
    outs.filter(({ cache }) => cache).flatMap(({ path, push }) => {
      const md5 = locked[name]?.outs.find((out) => out.path === path)?.md5;
      return md5 === undefined ? [] : [{ path, md5, owner: name, push }];
    }),
  );
}

async function workTree(platform: Platform): Promise<Texts> {
  const files = await listFiles(platform, '');
  return { names: (await DvcIgnore.open(platform, files)).filter(files), read: (path) => readText(platform, path) };
}

async function treeOf({ git }: Platform, revision: string): Promise<Texts> {
  const id = await git.resolve(revision);
  return {
    names: [...(await git.treeAt(id)).keys()],
    read: async (path) => {
      const bytes = await git.readAt(id, path);
      return bytes && new TextDecoder().decode(bytes);
    },
  };
}

/** Where objects can be read: the cache, or a remote. */
export interface ObjectSource {
  has(id: string): Promise<boolean>;
  get(id: string): Promise<Uint8Array>;
}

/** The files behind an output by path, from its manifest when it is a folder; undefined when the manifest is in no source. */
export async function filesBehind({ path, md5 }: Pick<TrackedOut, 'path' | 'md5'>, sources: readonly ObjectSource[]): Promise<Map<string, string> | undefined> {
  if (!md5.endsWith('.dir')) return new Map([[path, md5]]);
  for (const source of sources) if (await source.has(md5)) return new Map(parseManifest(await source.get(md5), md5).map((entry) => [`${path}/${entry.relpath}`, entry.md5]));
  return undefined;
}

/** Every object that outputs need, children before the manifest that names them. */
export async function objectsOf(outs: readonly TrackedOut[], sources: readonly ObjectSource[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const out of outs) {
    for (const id of (await filesBehind(out, sources))?.values() ?? []) ids.add(id);
    ids.add(out.md5);
  }
  return [...ids];
}

/** Outputs of some targets (paths, `.dvc` files or stages); all without targets. Throws `dvc-no-target` {target}. */
export function chooseOuts(outs: readonly TrackedOut[], targets: readonly string[]): TrackedOut[] {
  const unknown = targets.find((target) => !outs.some((out) => belongs(out, target)));
  if (unknown !== undefined) throw new LabError('dvc-no-target', { target: unknown });
  return targets.length === 0 ? [...outs] : outs.filter((out) => targets.some((target) => belongs(out, target)));
}

const belongs = ({ path, owner }: TrackedOut, target: string): boolean => path === target || owner === target || path.startsWith(`${target}/`);
