import { lstat, readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { LabError } from '../../core/lab-error.js';
import type { Disk } from './staged-fs.js';

/** Gives paths back when they lie below `root` on the real disk, and throws `bad-path` when a link leads outside. `root` is absolute. */
export async function confineTo(root: string): Promise<(path: string) => Promise<string>> {
  const top = await realpath(root);
  return async (path) => {
    const parent = path === root ? top : await realpath(dirname(path));
    if (parent !== top && !parent.startsWith(top + sep)) throw new LabError('bad-path', { path });
    return path;
  };
}

/** Reads the real disk, and only below `root`: a link that leads outside throws `bad-path`. */
export async function openNodeDisk(root: string): Promise<Disk> {
  const inside = await confineTo(root);
  return {
    readFile: async (path) => new Uint8Array(await readFile(await inside(path))),
    lstat: async (path) => lstat(await inside(path)),
    readdir: async (path) => readdir(await inside(path)),
    readlink: async (path) => readlink(await inside(path)),
  };
}
