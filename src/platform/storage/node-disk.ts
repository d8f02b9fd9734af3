import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
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

/**
 * Reads the real disk, and only below `root`: a link that leads outside throws `bad-path`. The calls do not leave this thread: the files are
 * small and many, and handing each to another thread costs ten times what reading it does.
 */
export async function openNodeDisk(root: string): Promise<Disk> {
  const top = await realpath(root);
  const known = new Set<string>();
  const inside = (path: string): string => {
    const folder = path === root ? root : dirname(path);
    if (known.has(folder)) return path;
    const parent = realpathSync.native(folder);
    if (parent !== top && !parent.startsWith(top + sep)) throw new LabError('bad-path', { path });
    // what was found holds for this turn of the event loop, so that a walk asks once for each folder
    if (known.size === 0) setImmediate(() => known.clear());
    known.add(folder);
    return path;
  };
  return {
    readFile: async (path) => new Uint8Array(readFileSync(inside(path))),
    lstat: async (path) => lstatSync(inside(path)),
    readdir: async (path) => readdirSync(inside(path)),
    readlink: async (path) => readlinkSync(inside(path)),
  };
}
