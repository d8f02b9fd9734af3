import { parseDvcFile, type DvcPointer } from '../core/version/dvc-file.js';
import { parseManifest } from '../core/version/manifest.js';
import type { Platform } from '../lab/platform.js';

/** Data that a `.dvc` file stands for: a file (also one of a tracked folder), or a folder and the names in it. */
export type Tracked =
  | { readonly kind: 'file'; readonly pointer: string; readonly id: string; readonly size: number | undefined }
  | { readonly kind: 'folder'; readonly pointer: string; readonly names: readonly string[] };

type Source = Pick<Platform, 'files' | 'objects'>;

/** The pointer file (such as `data/raw.csv.dvc`) that owns a path, or undefined. */
export async function findPointer(source: Source, path: string): Promise<string | undefined> {
  const parts = path.split('/');
  for (let n = 1; n <= parts.length; n++) {
    const pointer = `${parts.slice(0, n).join('/')}.dvc`;
    if (parts[n - 1] !== '' && (await source.files.stat(pointer))?.type === 'file') return pointer;
  }
  return undefined;
}

/** What a path stands for when a `.dvc` file beside it, or beside a folder above it, tracks it. */
export async function findTracked(source: Source, path: string): Promise<Tracked | undefined> {
  const file = await findPointer(source, path);
  if (file === undefined) return undefined;
  const pointer = readPointer(await source.files.read(file), file);
  if (!pointer) return undefined;
  const inside = path.slice(file.length - '.dvc'.length + 1);
  if (!pointer.md5.endsWith('.dir')) return inside === '' ? { kind: 'file', pointer: file, id: pointer.md5, size: pointer.size } : undefined;
  const manifest = parseManifest(await source.objects.get(pointer.md5), pointer.md5);
  const entry = manifest.find((e) => e.relpath === inside);
  if (entry) return { kind: 'file', pointer: file, id: entry.md5, size: undefined };
  const prefix = inside === '' ? '' : `${inside}/`;
  const below = manifest.filter((e) => e.relpath.startsWith(prefix)).map((e) => e.relpath.slice(prefix.length).split('/')[0]!);
  return inside === '' || below.length > 0 ? { kind: 'folder', pointer: file, names: [...new Set(below)] } : undefined;
}

/** A `.dvc` file that a learner has broken stands for nothing; it can still be read and mended itself. */
function readPointer(bytes: Uint8Array, file: string): DvcPointer | undefined {
  try {
    return parseDvcFile(new TextDecoder().decode(bytes), file);
  } catch {
    return undefined;
  }
}
