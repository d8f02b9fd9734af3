import type { GraphNode } from './commit-graph.js';

/** Commits (newest first) in the order of a graph: a line of work is told to its end before the next one. */
export function orderByLines<T extends GraphNode>(commits: readonly T[]): T[] {
  const byId = new Map(commits.map((c) => [c.id, c]));
  const children = new Map<string, number>();
  for (const parent of commits.flatMap((c) => c.parents)) children.set(parent, (children.get(parent) ?? 0) + 1);
  const waiting = commits.filter((c) => !children.has(c.id)).reverse();
  const ordered: T[] = [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    ordered.push(next);
    for (const parent of next.parents) {
      const left = children.get(parent)! - 1;
      children.set(parent, left);
      const commit = byId.get(parent);
      if (left === 0 && commit) waiting.push(commit);
    }
  }
  return ordered;
}
