import { LabError } from '../../core/lab-error.js';
import type { ObjectStore } from '../../lab/platform.js';
import { namesIn, readBytes, statOf, writeFileDeep, type PromisesFs } from '../git/promises-fs.js';
import { objectAt, objectPath } from '../../lab/archive/object-path.js';

const ROOT = '.dvc/cache/files/md5';

/** An object store in a project's folder, laid out as DVC's cache (read-only files). */
export function createFileObjects(fs: PromisesFs, dir: string): ObjectStore {
  const full = (id: string): string => `${dir}/${objectPath(id)}`;
  const has = async (id: string): Promise<boolean> => (await statOf(fs, full(id))) !== undefined;
  return {
    has,
    async put(id, content) {
      if (!(await has(id))) await writeFileDeep(fs, full(id), content, 0o444);
    },
    async get(id) {
      const content = await readBytes(fs, full(id));
      if (!content) throw new LabError('object-missing', { id });
      return content;
    },
    async remove(id) {
      if (await has(id)) await fs.unlink(full(id));
    },
    async list() {
      const found: { id: string; size: number }[] = [];
      for (const first of (await namesIn(fs, `${dir}/${ROOT}`)).sort())
        for (const rest of (await namesIn(fs, `${dir}/${ROOT}/${first}`)).sort()) {
          const id = objectAt(`${ROOT}/${first}/${rest}`);
          const stat = id === undefined ? undefined : await statOf(fs, full(id));
          if (id !== undefined && stat?.isFile()) found.push({ id, size: stat.size });
        }
      return found;
    },
  };
}
