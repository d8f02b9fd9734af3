import { parseTree, type ObjectType } from './object-database.js';
import type { Repository } from './repository.js';

/** An object that another names; its kind is known when a tree names it. */
interface Named {
  readonly id: string;
  readonly isBlob: boolean;
}

/** What an object names: parents and tree of a commit, entries of a tree (other repositories left out), target of a tag. Throws `git-unsafe-path`. */
export function namedBy(type: ObjectType, content: Uint8Array): Named[] {
  if (type === 'tree') return parseTree(content).filter((e) => e.mode !== '160000').map((e) => ({ id: e.id, isBlob: e.mode !== '40000' }));
  if (type === 'blob') return [];
  const text = new TextDecoder().decode(content);
  const head = text.slice(0, Math.max(0, text.indexOf('\n\n')));
  return [...head.matchAll(/^(?:tree|parent|object) ([0-9a-f]{40})$/gm)].map((m) => ({ id: m[1]!, isBlob: false }));
}

/** Ids of every object that some ids lead to; what `stop` knows is left out with all behind it. Contents of files are not read. */
export async function* walkObjects(repo: Repository, ids: readonly string[], stop: (id: string) => boolean | Promise<boolean>): AsyncGenerator<string> {
  const seen = new Set<string>();
  const open: Named[] = ids.map((id) => ({ id, isBlob: false }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    if (await stop(next.id)) continue;
    if (!next.isBlob) {
      const { type, content } = await repo.objects.read(next.id);
      open.push(...namedBy(type, content));
    }
    yield next.id;
  }
}

/** Ids of the objects that one who has `known` lacks of what `wanted` leads to; a known id that is not here is passed over. */
export async function objectsBetween(repo: Repository, known: readonly string[], wanted: readonly string[]): Promise<string[]> {
  const commits = await commitsOf(repo, known, new Set());
  const fresh = await commitsOf(repo, wanted, commits);
  const edges: string[] = [];
  for (const id of fresh) {
    const { type, content } = await repo.objects.read(id);
    edges.push(...namedBy(type, content).map((n) => n.id).filter((named) => commits.has(named)));
  }
  const had = new Set<string>();
  for (const edge of new Set(edges)) {
    const { content } = await repo.objects.read(edge);
    const tree = /^tree ([0-9a-f]{40})/.exec(new TextDecoder().decode(content))?.[1];
    if (tree !== undefined) for await (const id of walkObjects(repo, [tree], (at) => had.has(at))) had.add(id);
  }
  const found: string[] = [];
  for await (const id of walkObjects(repo, wanted, (at) => commits.has(at) || had.has(at))) found.push(id);
  return found;
}

/** Commits and tags that some ids lead to, without those in `but` and what lies behind them. */
async function commitsOf(repo: Repository, ids: readonly string[], but: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || but.has(id) || !(await repo.objects.has(id))) continue;
    const { type, content } = await repo.objects.read(id);
    if (type !== 'commit' && type !== 'tag') continue;
    found.add(id);
    open.push(...namedBy(type, content).map((named) => named.id));
  }
  return found;
}
