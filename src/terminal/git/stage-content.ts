import type { Git } from '../../lab/platform.js';

/** Puts a content into the index, whatever the working file holds; undefined takes the path out. */
export async function stageContent(git: Git, path: string, content: Uint8Array | undefined): Promise<void> {
  if (content !== undefined) return git.addContent(path, content);
  if ((await git.treeAt('INDEX')).has(path)) await git.removeFromIndex([path]);
}
