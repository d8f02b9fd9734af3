import { clonePath } from '../../lab/team/clone-path.js';
import type { Git, Platform, ProjectFiles } from '../../lab/platform.js';

/** A repository, its files, and the folder of it in which a command was typed. */
export interface Place {
  readonly git: Git;
  readonly files: ProjectFiles;
  readonly prefix: string;
}

/** The repository that a folder of the project belongs to: a clone's, or the project's own. */
export async function findRepository({ git, files }: Pick<Platform, 'git' | 'files'>, folder: string): Promise<Place> {
  const [root = '', ...rest] = folder.split('/');
  const isClone = root !== '' && (await files.stat(`${clonePath(root)}/HEAD`)) !== undefined;
  return isClone ? { git: git.inFolder(root), files: filesBelow(files, root), prefix: rest.join('/') } : { git, files, prefix: folder };
}

function filesBelow(files: ProjectFiles, root: string): ProjectFiles {
  const at = (path: string): string => (path === '' ? root : `${root}/${path}`);
  return {
    read: (path) => files.read(at(path)),
    write: (path, content) => files.write(at(path), content),
    remove: (path) => files.remove(at(path)),
    list: (path) => files.list(at(path)),
    stat: (path) => files.stat(at(path)),
    makeFolder: (path) => files.makeFolder(at(path)),
  };
}
