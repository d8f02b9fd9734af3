import { fsError, isObjectPath, parentOf, type PromisesFs } from '../git/promises-fs.js';

/**
 * A file system that asks `guard` before every change (it may throw) and reports each folder whose entries change.
 * `onLoss` is told of each git object that is removed. lightning-fs changes its tree before its db can refuse, so the door has to be in front of it; it also puts files below files, which is refused here.
 */
export function guardFs(fs: PromisesFs, guard: () => void, touch: (folder: string) => void, onLoss: () => void = () => undefined): PromisesFs {
  const open = async (path: string): Promise<void> => {
    guard();
    if (!(await fs.stat(parentOf(path))).isDirectory()) throw fsError('ENOTDIR', path);
    touch(parentOf(path));
  };
  const changing = <A extends unknown[], R>(work: (path: string, ...rest: A) => Promise<R>) => {
    return async (path: string, ...rest: A): Promise<R> => {
      await open(path);
      return work(path, ...rest);
    };
  };
  const folderToo = (work: (path: string) => Promise<unknown>) =>
    changing((path: string) => {
      touch(path);
      return work(path);
    });
  return {
    readFile: (path, options) => fs.readFile(path, options ?? {}),
    stat: (path) => fs.stat(path),
    lstat: (path) => fs.lstat(path),
    readdir: (path) => fs.readdir(path),
    readlink: (path) => fs.readlink(path),
    writeFile: changing((path, content: Uint8Array | string, options?: Parameters<PromisesFs['writeFile']>[2]) => fs.writeFile(path, content, options ?? {})),
    unlink: changing((path) => {
      if (isObjectPath(path)) onLoss();
      return fs.unlink(path);
    }),
    mkdir: folderToo((path) => fs.mkdir(path)),
    rmdir: folderToo((path) => fs.rmdir(path)),
    async symlink(target, path) {
      await open(path);
      return fs.symlink(target, path);
    },
  };
}
