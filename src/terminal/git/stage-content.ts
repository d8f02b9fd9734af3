import type { Git, ProjectFiles } from '../../lab/platform.js';
import { removeFile } from './remove-file.js';

/**
 * Puts a content into the index, whatever the working file holds; undefined takes the path out.
 * The index takes content from the working tree only, so the content stands there for the moment of `add`.
 */
export async function stageContent({ git, files }: { git: Git; files: ProjectFiles }, path: string, content: Uint8Array | undefined): Promise<void> {
  if (content === undefined) return (await git.treeAt('INDEX')).has(path) ? git.removeFromIndex([path]) : undefined;
  const present = (await files.stat(path)) ? await files.read(path) : undefined;
  await files.write(path, content);
  await git.add([path]);
  if (present === undefined) await removeFile(files, path);
  else await files.write(path, present);
}
