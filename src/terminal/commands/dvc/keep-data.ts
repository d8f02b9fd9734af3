import { formatDvcFile } from '../../../core/version/dvc-file.js';
import { formatManifest } from '../../../core/version/manifest.js';
import { md5Hex } from '../../../core/version/md5.js';
import type { Platform } from '../../../lab/platform.js';
import { ignorePath, readText } from '../../../lab/project/files.js';
import { collectData } from '../../../lab/project/dvc-ignore.js';
import { listFiles } from '../../../lab/project/list-files.js';

/** A path's content as DVC calls it. */
export interface KeptData {
  readonly md5: string;
  readonly size: number;
  readonly nfiles?: number;
}

/** Puts a file or folder of the working tree into the cache and gives its hash; the working tree is left as it is. */
export async function cacheData({ files, objects }: Platform, path: string, names: (folder: string) => Promise<string[]>): Promise<KeptData> {
  if ((await files.stat(path))?.type === 'file') {
    const content = await files.read(path);
    const md5 = md5Hex(content);
    await objects.put(md5, content);
    return { md5, size: content.length };
  }
  const entries = [];
  let size = 0;
  for (const file of await names(path)) {
    const content = await files.read(file);
    const md5 = md5Hex(content);
    await objects.put(md5, content);
    entries.push({ md5, relpath: file.slice(path.length + 1) });
    size += content.length;
  }
  const manifest = formatManifest(entries);
  await objects.put(manifest.id, manifest.content);
  return { md5: manifest.id, size, nfiles: entries.length };
}

/** Tracks a path with a `.dvc` file, as `dvc add` does: into the cache, a line in `.gitignore`, and out of the working tree, where it can still be read. */
export async function trackPath(platform: Platform, path: string): Promise<{ pointer: string; ignore: string }> {
  const kept = await cacheData(platform, path, (folder) => collectData(platform, folder));
  const at = path.lastIndexOf('/') + 1;
  const pointer = `${path}.dvc`;
  await platform.files.write(pointer, formatDvcFile({ ...kept, path: path.slice(at) }));
  const ignore = await ignorePath(platform, path.slice(0, Math.max(0, at - 1)), path.slice(at));
  await removeData(platform, path);
  return { pointer, ignore };
}

/** Takes data out of the working tree; files of a folder that `.dvcignore` leaves out stay. */
async function removeData(platform: Platform, path: string): Promise<void> {
  const { files } = platform;
  const all = (await files.stat(path))?.type === 'directory' ? await listFiles(platform, path) : [];
  const own = await collectOrNone(platform, path, all);
  if (own.length === all.length) return files.remove(path);
  for (const file of own) await files.remove(file);
}

const collectOrNone = async (platform: Platform, path: string, all: readonly string[]): Promise<readonly string[]> => (all.length === 0 ? [] : collectData(platform, path));

/** Takes a path's line out of `.gitignore` again; an empty file goes with it. Gives the file that changed. */
export async function unignorePath({ files }: Platform, path: string, platform: Platform): Promise<string | undefined> {
  const at = path.lastIndexOf('/') + 1;
  const file = `${path.slice(0, at)}.gitignore`;
  const text = await readText(platform, file);
  const line = `/${path.slice(at)}`;
  if (text === undefined || !text.split('\n').includes(line)) return undefined;
  const left = text.split('\n').filter((other) => other !== line).join('\n');
  if (left.trim() === '') await files.remove(file);
  else await files.write(file, left);
  return file;
}
