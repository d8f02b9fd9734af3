import { parseLock } from '../core/pipeline/lock-file.js';
import type { LockedFile } from '../core/pipeline/stage.js';
import { parseDvcFile, type DvcPointer } from '../core/version/dvc-file.js';
import { parseManifest } from '../core/version/manifest.js';
import type { Platform } from '../lab/platform.js';

/** Data that a `.dvc` file or a stage of `dvc.lock` stands for: a file (also one of a tracked folder), or a folder and the names in it. */
export type Tracked =
  | { readonly kind: 'file'; readonly pointer: string; readonly id: string; readonly size: number | undefined }
  | { readonly kind: 'folder'; readonly pointer: string; readonly names: readonly string[] };

type Source = Pick<Platform, 'files' | 'objects'>;

/** The file that owns a path: a pointer such as `data/raw.csv.dvc`, or `dvc.lock`; undefined for a path that is not tracked. */
export async function findPointer(source: Source, path: string): Promise<string | undefined> {
  return (await findOwner(source, path))?.pointer;
}

/** What a path stands for when a `.dvc` file or a stage tracks it, or a folder above it. */
export async function findTracked(source: Source, path: string): Promise<Tracked | undefined> {
  const owner = await findOwner(source, path);
  if (!owner?.data) return undefined;
  const { pointer, data, root } = owner;
  const inside = path.slice(root.length + 1);
  if (!data.md5.endsWith('.dir')) return inside === '' ? { kind: 'file', pointer, id: data.md5, size: data.size } : undefined;
  const manifest = parseManifest(await source.objects.get(data.md5), data.md5);
  const entry = manifest.find((e) => e.relpath === inside);
  if (entry) return { kind: 'file', pointer, id: entry.md5, size: undefined };
  const prefix = inside === '' ? '' : `${inside}/`;
  const below = manifest.filter((e) => e.relpath.startsWith(prefix)).map((e) => e.relpath.slice(prefix.length).split('/')[0]!);
  return inside === '' || below.length > 0 ? { kind: 'folder', pointer, names: [...new Set(below)] } : undefined;
}

/** Names that outputs of stages have in a folder of the project, which its files do not show. */
export async function stageOutputNames(source: Source, folder: string): Promise<string[]> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const outs = (await lockedOuts(source)).filter(({ path }) => path.startsWith(prefix));
  const names = await Promise.all(outs.map(async ({ path }) => ((await isIgnored(source, path)) ? path.slice(prefix.length).split('/')[0]! : undefined)));
  return [...new Set(names.filter((name) => name !== undefined))];
}

interface Owner {
  readonly pointer: string;
  /** The tracked path itself. */
  readonly root: string;
  /** Undefined when the pointer is broken. */
  readonly data: Pick<DvcPointer, 'md5'> & { readonly size?: number | undefined } | undefined;
}

async function findOwner(source: Source, path: string): Promise<Owner | undefined> {
  const parts = path.split('/');
  for (let n = 1; n <= parts.length; n++) {
    const root = parts.slice(0, n).join('/');
    const pointer = `${root}.dvc`;
    if (parts[n - 1] !== '' && (await source.files.stat(pointer))?.type === 'file') return { pointer, root, data: readPointer(await source.files.read(pointer), pointer) };
  }
  const out = (await lockedOuts(source)).find((one) => path === one.path || path.startsWith(`${one.path}/`));
  return out && (await isIgnored(source, out.path)) ? { pointer: 'dvc.lock', root: out.path, data: out } : undefined;
}

/** Outputs that live in the cache have a line in `.gitignore`; others are files of their own. */
async function isIgnored({ files }: Source, path: string): Promise<boolean> {
  const at = path.lastIndexOf('/') + 1;
  const file = `${path.slice(0, at)}.gitignore`;
  if ((await files.stat(file))?.type !== 'file') return false;
  return new TextDecoder().decode(await files.read(file)).split('\n').includes(`/${path.slice(at)}`);
}

let lastLock: { readonly text: string; readonly outs: readonly LockedFile[] } = { text: '', outs: [] };

/** Outputs in `dvc.lock`; none when it is missing or broken. */
async function lockedOuts({ files }: Source): Promise<readonly LockedFile[]> {
  if ((await files.stat('dvc.lock'))?.type !== 'file') return [];
  const text = new TextDecoder().decode(await files.read('dvc.lock'));
  if (text !== lastLock.text) lastLock = { text, outs: readLock(text) };
  return lastLock.outs;
}

function readLock(text: string): LockedFile[] {
  try {
    return Object.values(parseLock(text)).flatMap(({ outs }) => outs);
  } catch {
    return [];
  }
}

/** A `.dvc` file that a learner has broken stands for nothing; it can still be read and mended itself. */
function readPointer(bytes: Uint8Array, file: string): DvcPointer | undefined {
  try {
    return parseDvcFile(new TextDecoder().decode(bytes), file);
  } catch {
    return undefined;
  }
}
