import { fsError, parentOf } from '../git/promises-fs.js';
import { statOfNode, type Changes, type Disk, type StagedNode } from './staged-fs.js';

/** A disk in memory. Contents are never changed in place, so copies share them. */
export interface MemoryDisk extends Disk {
  apply(changes: Changes): void;
  copy(): MemoryDisk;
}

const ROOT: StagedNode = { type: 'folder', mode: 0o755, modified: 0, ino: 0 };

/** Makes a disk in memory that has only the folder `root`, or what `nodes` holds. */
export function createMemoryDisk(root: string, nodes: ReadonlyMap<string, StagedNode> = new Map([[root, ROOT]])): MemoryDisk {
  const held = new Map(nodes);
  const children = new Map<string, Set<string>>();
  const link = (path: string): void => {
    const names = children.get(parentOf(path)) ?? new Set();
    children.set(parentOf(path), names.add(path.slice(path.lastIndexOf('/') + 1)));
  };
  for (const path of held.keys()) link(path);
  const find = (path: string): StagedNode => {
    const node = held.get(path);
    if (!node) throw fsError('ENOENT', path);
    return node;
  };
  return {
    async readFile(path) {
      const node = find(path);
      if (node.type !== 'file') throw fsError('EISDIR', path);
      return node.content.slice();
    },
    lstat: async (path) => statOfNode(find(path)),
    readdir: async (path) => (find(path), [...(children.get(path) ?? [])]),
    async readlink(path) {
      const node = find(path);
      if (node.type !== 'link') throw fsError('EINVAL', path);
      return node.target;
    },
    apply(changes) {
      for (const [path, node] of changes) {
        if (node) {
          held.set(path, node);
          link(path);
        } else {
          held.delete(path);
          children.get(parentOf(path))?.delete(path.slice(path.lastIndexOf('/') + 1));
        }
      }
    },
    copy: () => createMemoryDisk(root, held),
  };
}
