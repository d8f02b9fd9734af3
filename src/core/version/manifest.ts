import { LabError } from '../lab-error.js';
import { md5Hex } from './md5.js';
import { asciiJson, compareCodePoints } from './python-value.js';

/** One file of a tracked folder. */
export interface ManifestEntry {
  readonly md5: string;
  readonly relpath: string;
}

/** The `.dir` object of a folder, byte for byte as dvc-data's `Tree.as_bytes` writes it, and its id. */
export function formatManifest(entries: readonly ManifestEntry[]): { id: string; content: Uint8Array } {
  const sorted = [...entries].sort((a, b) => compareCodePoints(a.relpath, b.relpath));
  const items = sorted.map(({ md5, relpath }) => `{"md5": ${asciiJson(md5)}, "relpath": ${asciiJson(relpath)}}`);
  const content = new TextEncoder().encode(`[${items.join(', ')}]`);
  return { id: `${md5Hex(content)}.dir`, content };
}

/** Reads a `.dir` object; throws `bad-manifest`. */
export function parseManifest(content: Uint8Array, id: string): ManifestEntry[] {
  const value: unknown = JSON.parse(new TextDecoder().decode(content));
  if (!Array.isArray(value)) throw new LabError('bad-manifest', { id });
  return value.map((entry: unknown) => {
    const { md5, relpath } = entry as Partial<ManifestEntry>;
    if (typeof md5 !== 'string' || typeof relpath !== 'string') throw new LabError('bad-manifest', { id });
    return { md5, relpath };
  });
}
