import type { ProjectFiles } from '../../lab/platform.js';

/** Takes a file out of the working tree, and the folders that it leaves empty, as git does. */
export async function removeFile(files: ProjectFiles, path: string): Promise<void> {
  await files.remove(path);
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    if ((await files.list(path.slice(0, end))).length > 0) return;
    await files.remove(path.slice(0, end));
  }
}
