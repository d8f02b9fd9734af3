import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/** Files of JS and CSS that a built page loads before anything is asked of it: what `index.html` names and, by Vite's manifest, all that these import statically. */
export function firstScreenFiles(dist: string): string[] {
  const html = readFileSync(`${dist}/index.html`, 'utf8');
  const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8')) as Manifest;
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map((hit) => hit[1]!);
  const keyOf = new Map(Object.entries(manifest).map(([key, chunk]) => [chunk.file, key]));
  const files = new Set(named);
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the manifest has no entry ${key}`);
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const file of named.filter((name) => name.endsWith('.js'))) visit(keyOf.get(file) ?? 'index.html');
  return [...files].sort();
}

export interface Weight {
  readonly kib: number;
  readonly files: readonly { readonly file: string; readonly kib: number }[];
}

/** Weight of these files, each compressed by gzip at level 9, in KiB. */
export function weighFirstScreen(dist: string): Weight {
  const files = firstScreenFiles(dist).map((file) => ({ file, kib: gzipSync(readFileSync(`${dist}/${file}`), { level: 9 }).length / 1024 }));
  return { kib: files.reduce((sum, { kib }) => sum + kib, 0), files: files.sort((a, b) => b.kib - a.kib) };
}
