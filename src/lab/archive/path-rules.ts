import { LabError } from '../../core/lab-error.js';
import type { ZipEntry } from './zip-reader.js';

// characters that some file systems drop from names, so that `.g<U+200C>it` would become `.git`
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Whether some file system would take a name for `.git`: other case, trailing dots or spaces, a short name, a stream. */
export function resemblesGit(name: string): boolean {
  const plain = name.replace(IGNORED, '').toLowerCase();
  return /^(\.git|git~\d+)[. ]*(:.*)?$/.test(plain);
}

/** Whether a name can be a part of a path on every system: no `.`, `..`, separator, control character. */
export const isPlainName = (name: string): boolean => name !== '' && name !== '.' && name !== '..' && !/[/\\\0-\x1f\x7f]/.test(name);

/** Throws `import-bad-path` {path} for an entry that is a link, or whose path leads outside or is not unique. `top` is the project's folder in the zip. */
export function checkEntries(entries: readonly ZipEntry[], top: string): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const entry of entries) {
    const path = entry.name.slice(top.length).replace(/\/$/, '');
    if (path === '' && entry.isFolder && top !== '') continue;
    const parts = path.split('/');
    const strange = /^[A-Za-z]:/.test(path) || !parts.every(isPlainName) || parts.some((p, i) => resemblesGit(p) && (p !== '.git' || i > 0));
    if (entry.isLink || strange || (!entry.isFolder && files.has(path))) throw new LabError('import-bad-path', { path: entry.name });
    if (!entry.isFolder) files.add(path);
    parts.slice(0, -1).forEach((_, i) => folders.add(parts.slice(0, i + 1).join('/')));
    if (entry.isFolder) folders.add(path);
  }
  for (const path of files) if (folders.has(path)) throw new LabError('import-bad-path', { path });
}

/** The folder (with its `/`) that the whole project lies in; `` when it lies at the top. */
export function projectFolder(entries: readonly ZipEntry[]): string {
  const names = entries.map((e) => e.name);
  const first = names[0]?.split('/')[0] ?? '';
  const whole = isPlainName(first) && !resemblesGit(first) && names.every((n) => n.startsWith(`${first}/`));
  return whole && names.includes(`${first}/.git/HEAD`) ? `${first}/` : '';
}
