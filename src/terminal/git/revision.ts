import type { Git } from '../../lab/platform.js';
import { insideProject, PROJECT, resolvePath } from '../paths.js';
import { fatal } from './options.js';
import type { GitCall } from './subcommand.js';

/** Full id of a revision; throws git's own words when there is none. */
export async function findRevision(git: Git, word: string): Promise<string> {
  const id = await tryRevision(git, word);
  if (id === undefined) throw fatal(`bad revision '${word}'`);
  return id;
}

export async function tryRevision(git: Git, word: string): Promise<string | undefined> {
  return git.resolve(word).catch(() => undefined);
}

/** Whether a word is a revision or range rather than a path; throws git's "ambiguous argument" when it is neither. */
export async function looksLikeRevision(call: GitCall, word: string, certain: boolean): Promise<boolean> {
  const ends = word.includes('..') && !word.startsWith('../') && word !== '..' ? word.split(/\.{2,3}/) : [word];
  const found = await Promise.all(ends.map((end) => tryRevision(call.git, end === '' ? 'HEAD' : end)));
  if (found.every((id) => id !== undefined)) return true;
  if (certain) throw fatal(`bad revision '${word}'`);
  const path = insideProject(resolvePath(call.prefix === '' ? PROJECT : `${PROJECT}/${call.prefix}`, word));
  if (path !== undefined && (path === '' || /[*?]/.test(word) || (await call.files.stat(path)))) return false;
  throw fatal(
    `ambiguous argument '${word}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
  );
}
