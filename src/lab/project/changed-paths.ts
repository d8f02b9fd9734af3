import type { Git } from '../platform.js';

/** Paths whose content differs between two commits, sorted; before the first commit there is nothing. */
export async function changedPaths(git: Git, before: string | undefined, after: string): Promise<string[]> {
  const [from, to] = [before === undefined ? new Map<string, string>() : await git.treeAt(before), await git.treeAt(after)];
  return [...new Set([...from.keys(), ...to.keys()])].filter((path) => from.get(path) !== to.get(path)).sort();
}
