/** Where the shell shows the project. */
export const PROJECT = '/home/learner/project';
export const HOME = '/home/learner';

/** Gives an absolute path without `.`, `..` or doubled slashes. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Path inside the project (`''` for its root); undefined when it lies outside. */
export function insideProject(absolute: string): string | undefined {
  if (absolute === PROJECT) return '';
  return absolute.startsWith(`${PROJECT}/`) ? absolute.slice(PROJECT.length + 1) : undefined;
}

/** Gives a project path as seen from a project folder, such as `../data/raw.yaml` from `src`. */
export function relativePath(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || './';
}
