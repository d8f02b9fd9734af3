import { md5Hex } from '../../core/version/md5.js';
import type { StatusEntry } from '../platform.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

/** Beyond this an editor would stand still; bytes. */
const MOST_BYTES = 1 << 20;
/** A project may hold more; a tree of them helps nobody. */
const MOST_FILES = 5000;
/** What the lab and git keep for themselves, and the cache of DVC. */
const HIDDEN = new Set(['.git', '.lab', '.dvc/cache', '.dvc/tmp']);

/** One file of the project's tree. */
export interface ProjectFile {
  readonly path: string;
  /** Against the last commit; absent when it is the same. `data`: kept by DVC, not a file to edit. */
  readonly state?: 'new' | 'changed' | 'conflict' | 'data';
}

/** A file as an editor needs it; `text` only for text of a size that can be edited. */
export interface EditableFile {
  readonly path: string;
  readonly kind: 'text' | 'binary' | 'large' | 'missing';
  readonly text?: string;
  /** md5 of the content; '' when it is missing. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

/** The files of the working tree with what git says of each, sorted by path; at most 5,000. */
export async function projectFiles({ platform }: Session): Promise<readonly ProjectFile[]> {
  const paths = await walk('', platform.files);
  const status = new Map((await platform.git.status()).map((entry) => [entry.path, stateOf(entry)]));
  const files: ProjectFile[] = paths.map((path) => ({ path, ...withState(status.get(path)) }));
  const known = new Set(paths);
  const data = paths.filter((path) => path.endsWith('.dvc')).map((path) => path.slice(0, -'.dvc'.length));
  for (const path of data) if (!known.has(path)) files.push({ path, state: 'data' });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The text of a file with its md5; '' as path is missing. */
export async function editable({ platform: { files } }: Session, args: VerbArgs): Promise<EditableFile> {
  const path = String(args['path'] ?? '');
  const stat = isHidden(path) ? undefined : await files.stat(path);
  if (stat?.type !== 'file') return { path, kind: 'missing', digest: '', size: 0 };
  const bytes = await files.read(path);
  const about = { path, digest: md5Hex(bytes), size: bytes.length };
  if (bytes.length > MOST_BYTES) return { ...about, kind: 'large' };
  const text = asText(bytes);
  return text === undefined ? { ...about, kind: 'binary' } : { ...about, kind: 'text', text };
}

async function walk(folder: string, files: Session['platform']['files']): Promise<string[]> {
  const found: string[] = [];
  for (const name of await files.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (isHidden(path) || found.length >= MOST_FILES) continue;
    if ((await files.stat(path))?.type === 'directory') found.push(...(await walk(path, files)));
    else found.push(path);
  }
  return found.slice(0, MOST_FILES);
}

const isHidden = (path: string): boolean => [...HIDDEN].some((hidden) => path === hidden || path.startsWith(`${hidden}/`));

function stateOf({ staged, unstaged, conflict }: StatusEntry): ProjectFile['state'] {
  if (conflict) return 'conflict';
  if (unstaged === 'untracked' || staged === 'added') return 'new';
  return staged === 'modified' || unstaged === 'modified' ? 'changed' : undefined;
}

const withState = (state: ProjectFile['state']): Pick<ProjectFile, 'state'> => (state === undefined ? {} : { state });

/** UTF-8 without zero bytes, or undefined. */
function asText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
