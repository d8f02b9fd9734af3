import type { Revisions } from '../lab/views/revisions.js';

/** Ids of all commits that one reaches, itself among them; none when it is not there. */
export function reachableFrom({ commits }: Revisions, tip: string | undefined): ReadonlySet<string> {
  const parents = new Map(commits.map((commit) => [commit.id, commit.parents]));
  const seen = new Set<string>();
  const open = tip === undefined ? [] : [tip];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(parents.get(id) ?? []));
  }
  return seen;
}

/** Those of the commits that were written since a time (milliseconds; git keeps whole seconds). */
export const madeSince = ({ commits }: Revisions, ids: ReadonlySet<string>, since: number): readonly string[] =>
  commits.filter((commit) => ids.has(commit.id) && commit.author.timestamp >= Math.floor(since / 1000)).map((commit) => commit.id);
