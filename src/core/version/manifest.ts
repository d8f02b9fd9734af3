import { LabError } from '../lab-error.js';
import { md5Hex } from './md5.js';

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

/** Python's `json.dumps` of a string: ASCII only, lower-case hex escapes. */
const asciiJson = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => (c === '\u007f' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));

function compareCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
