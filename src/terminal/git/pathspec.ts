import { insideProject, PROJECT, resolvePath } from '../paths.js';
import { fatal } from './options.js';

/** A word that names a file, a folder or, with `*` and `?`, several. */
export interface Pathspec {
  readonly word: string;
  readonly path: string;
  matches(path: string): boolean;
}

/** Reads path words as seen from a project folder. Throws git's error for a path outside the project. */
export function readPathspecs(prefix: string, words: readonly string[]): Pathspec[] {
  return words.map((word) => {
    const path = insideProject(resolvePath(prefix === '' ? PROJECT : `${PROJECT}/${prefix}`, word));
    if (path === undefined) throw fatal(`${word}: '${word}' is outside repository at '${PROJECT}'`);
    const pattern = /[*?]/.test(path) ? globOf(path) : undefined;
    return { word, path, matches: (p) => path === '' || p === path || p.startsWith(`${path}/`) || (pattern?.test(p) ?? false) };
  });
}

/** True when no path was asked for or one of them matches. */
export const isChosen = (specs: readonly Pathspec[], path: string): boolean => specs.length === 0 || specs.some((s) => s.matches(path));

function globOf(pattern: string): RegExp {
  const body = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${body}(/.*)?$`, 's');
}
