import { LabError } from '../../../core/lab-error.js';
import { insideProject, resolvePath } from '../../paths.js';

/** A path that was typed in a folder as a path of the project, without a `/` at the end. Throws `dvc-outside` {path}. */
export function projectPath(folder: string, word: string): string {
  const path = insideProject(resolvePath(folder, word));
  if (path === undefined || path === '') throw new LabError('dvc-outside', { path: word });
  return path;
}
