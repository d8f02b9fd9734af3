import type { ProjectFile } from '../../lab/views/file-views.js';

/** A folder with what is in it, folders first, each by name. */
export interface Folder {
  readonly path: string;
  readonly name: string;
  readonly folders: readonly Folder[];
  readonly files: readonly ProjectFile[];
}

const byName = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);

/** The tree of a list of files. */
export function treeOf(files: readonly ProjectFile[], path = ''): Folder {
  const prefix = path === '' ? '' : `${path}/`;
  const inside = files.filter((file) => file.path.startsWith(prefix));
  const isDirect = (file: ProjectFile): boolean => !file.path.slice(prefix.length).includes('/');
  const names = new Set(inside.filter((file) => !isDirect(file)).map((file) => file.path.slice(prefix.length).split('/')[0]!));
  return { path, name: path.split('/').at(-1)!, folders: [...names].map((name) => treeOf(inside, prefix + name)).sort(byName), files: inside.filter(isDirect).sort(byName) };
}
