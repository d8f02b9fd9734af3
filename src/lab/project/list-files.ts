import type { Platform } from '../platform.js';

const HIDDEN = new Set(['.git', '.lab', '.dvc']);

/** All files below a folder of the working tree, git's, DVC's and the lab's own left out. */
export async function listFiles(platform: Pick<Platform, 'files'>, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await platform.files.list(folder)) {
    if (folder === '' && HIDDEN.has(name)) continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    const stat = await platform.files.stat(path);
    if (stat?.type === 'directory') found.push(...(await listFiles(platform, path)));
    else if (stat) found.push(path);
  }
  return found;
}
