/** lightning-fs's tree: a folder is a map of names to nodes, with its stat at key 0. */
export type TreeNode = Map<string | number, TreeNode | TreeStat>;

export interface TreeStat {
  mode: number;
  type: 'file' | 'dir' | 'symlink';
  size: number;
  ino: number;
  mtimeMs: number;
  uid: number;
  gid: number;
  target?: string;
}

/** What is stored of one entry: name, type, mode, size, time, inode, target of a link. */
type Row = [name: string, type: 'f' | 'd' | 'l', mode: number, size: number, modified: number, ino: number, target?: string];

const STAT = 0;
const OWNER = { uid: 1, gid: 1 };
const TYPES = { file: 'f', dir: 'd', symlink: 'l' } as const;
const NAMES = { f: 'file', d: 'dir', l: 'symlink' } as const;

/** The root of an empty file system. */
export const emptyRoot = (): TreeNode => folderNode({ mode: 0o777, type: 'dir', size: 0, ino: 0, mtimeMs: 0, ...OWNER });

const folderNode = (stat: TreeStat): TreeNode => new Map<string | number, TreeNode | TreeStat>([[STAT, stat]]);
const statOf = (node: TreeNode): TreeStat => node.get(STAT) as TreeStat;

/** The folder at an absolute path, or undefined when there is none. */
export function findFolder(root: TreeNode, path: string): TreeNode | undefined {
  let at: TreeNode | undefined = root;
  for (const part of path.split('/').filter((p) => p !== '')) at = at?.get(part) as TreeNode | undefined;
  return at && statOf(at).type === 'dir' ? at : undefined;
}

/** The record of one folder: its entries, without what is below them. */
export function renderFolder(folder: TreeNode): string {
  const rows: Row[] = [];
  for (const [name, node] of folder) {
    if (typeof name !== 'string') continue;
    const { type, mode, size, mtimeMs, ino, target } = statOf(node as TreeNode);
    rows.push(target === undefined ? [name, TYPES[type], mode, size, mtimeMs, ino] : [name, TYPES[type], mode, size, mtimeMs, ino, target]);
  }
  return JSON.stringify(rows);
}

/** Builds the tree from the records of its folders, by absolute path. */
export function buildTree(records: ReadonlyMap<string, string>): TreeNode {
  const root = emptyRoot();
  const fill = (folder: TreeNode, path: string): void => {
    for (const [name, type, mode, size, mtimeMs, ino, target] of JSON.parse(records.get(path) ?? '[]') as Row[]) {
      const node = folderNode({ mode, type: NAMES[type], size, ino, mtimeMs, ...OWNER, ...(target === undefined ? {} : { target }) });
      folder.set(name, node);
      if (type === 'd') fill(node, path === '/' ? `/${name}` : `${path}/${name}`);
    }
  };
  fill(root, '/');
  return root;
}
