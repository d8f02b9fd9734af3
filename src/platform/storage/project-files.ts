import { LabError } from '../../core/lab-error.js';
import type { ProjectFiles } from '../../lab/platform.js';
import { errorCode, isMissing, makeFolders, namesIn, parentOf, writeFileDeep, type PromisesFs } from '../git/promises-fs.js';

/** A project path in its plain form (`` is the project itself). Throws `bad-path` for anything that could lead outside. */
export function checkPath(path: string): string {
  const parts = path.replace(/\/+$/, '').split('/');
  while (parts[0] === '.') parts.shift();
  const bad = path.startsWith('/') || /[\\\0]/.test(path) || parts.some((p) => p === '..' || p === '.' || (p === '' && parts.length > 1));
  if (bad) throw new LabError('bad-path', { path });
  return parts.join('/');
}

/** The working tree in the folder `dir` of a file system. `guard` runs before every change and may throw. */
export function createProjectFiles(fs: PromisesFs, dir: string, guard: () => void = () => undefined): ProjectFiles {
  const full = (path: string): string => {
    const checked = checkPath(path);
    return checked === '' ? dir : `${dir}/${checked}`;
  };
  const change = (path: string): string => {
    guard();
    const target = full(path);
    if (target === dir) throw new LabError('bad-path', { path });
    return target;
  };
  return {
    async read(path) {
      const content = await explain(path, () => fs.readFile(full(path)));
      if (content === undefined || content === null) throw new LabError('is-folder', { path });
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
    write: (path, content) => explainChange(path, () => writeFileDeep(fs, change(path), content)),
    remove: (path) => explain(path, () => removeTree(fs, change(path))),
    list: async (path) => (await explain(path, () => namesIn(fs, full(path)))).sort(),
    async stat(path) {
      const stat = await explain(path, () => followed(fs, full(path)));
      return stat && { type: stat.isDirectory() ? 'directory' : 'file', size: stat.size, modified: stat.mtimeMs };
    },
    makeFolder: (path) =>
      explainChange(path, async () => {
        const target = change(path);
        await makeFolders(fs, target);
        if (!(await fs.stat(target)).isDirectory()) throw new LabError('not-folder', { path });
      }),
  };
}

async function followed(fs: PromisesFs, path: string) {
  try {
    return await fs.stat(path);
  } catch (error) {
    if (isMissing(error) || errorCode(error) === 'ELOOP') return undefined;
    throw error;
  }
}

/** Removes a file, or a folder with all that is in it. */
async function removeTree(fs: PromisesFs, path: string): Promise<void> {
  const stat = await fs.lstat(path);
  if (!stat.isDirectory()) {
    await fs.unlink(path);
    return;
  }
  for (const name of await fs.readdir(path)) await removeTree(fs, `${path}/${name}`);
  await fs.rmdir(path);
}

/** A change fails where a file stands in the place of a folder. */
const explainChange = <T>(path: string, work: () => Promise<T>): Promise<T> =>
  explain(path, async () => {
    try {
      return await work();
    } catch (error) {
      throw ['EEXIST', 'ENOTDIR'].includes(errorCode(error) ?? '') ? new LabError('not-folder', { path: parentOf(path) || path }) : error;
    }
  });

async function explain<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LabError) throw error;
    if (isMissing(error)) throw new LabError('not-found', { path });
    if (errorCode(error) === 'EISDIR') throw new LabError('is-folder', { path });
    throw error;
  }
}
