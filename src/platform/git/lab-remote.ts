import { LabError } from '../../core/lab-error.js';
import type { GitRemote, RefResult, RefUpdate, RemoteRefs } from '../../lab/remote-port.js';
import { readText, statOf } from './promises-fs.js';
import { listRefs } from './refs.js';
import { setRef } from './loose-commits.js';
import type { Repository } from './repository.js';
import { namedBy, walkObjects } from './walk-objects.js';

/** Whether there is a repository. */
export const isThere = async ({ fs, gitdir }: Repository): Promise<boolean> => (await statOf(fs, `${gitdir}/HEAD`)) !== undefined;

/** Branches and tags of a bare repository, and the branch that its HEAD names. */
export async function readRemoteRefs(bare: Repository): Promise<RemoteRefs> {
  const [heads, tags] = [await listRefs(bare, 'refs/heads/'), await listRefs(bare, 'refs/tags/')];
  const head = /^ref: (\S+)/.exec((await readText(bare.fs, `${bare.gitdir}/HEAD`)) ?? '')?.[1];
  const peeled = new Map<string, string>();
  for (const [ref, id] of tags) {
    const { type, content } = await bare.objects.read(id);
    if (type === 'tag') peeled.set(ref, namedBy(type, content)[0]!.id);
  }
  return { refs: new Map([...heads, ...tags]), peeled, ...(head === undefined ? {} : { head }) };
}

/** A bare repository in the project's own storage, as a remote of the project's repository. */
export function labRemote(repo: Repository, bare: Repository, url: string): GitRemote {
  const open = async (): Promise<void> => {
    if (!(await isThere(bare))) throw new LabError('remote-missing', { url });
  };
  return {
    async refs() {
      await open();
      return readRemoteRefs(bare);
    },
    async fetch(ids) {
      await open();
      return copyObjects(bare, repo, ids);
    },
    async push(updates) {
      await open();
      await copyObjects(repo, bare, updates.flatMap((u) => (u.after === undefined ? [] : [u.after])));
      const results: RefResult[] = [];
      for (const update of updates) results.push(await move(bare, update));
      return results;
    },
  };
}

async function move(bare: Repository, { ref, before, after }: RefUpdate): Promise<RefResult> {
  const { refs, head } = await readRemoteRefs(bare);
  if (refs.get(ref) !== before) return { ref, refused: 'fetch first' };
  if (after === undefined && ref === head) return { ref, refused: 'deletion of the current branch prohibited' };
  const clash = [...refs.keys()].find((known) => known.startsWith(`${ref}/`) || ref.startsWith(`${known}/`));
  if (clash !== undefined && after !== undefined) return { ref, refused: 'failed to update ref' };
  await setRef(bare, ref, after, 'push');
  return { ref };
}

/** Copies what the ids lead to; gives how many objects were new. An object that is there stands for all behind it. */
async function copyObjects(from: Repository, to: Repository, ids: readonly string[]): Promise<number> {
  const lacking: string[] = [];
  for await (const id of walkObjects(from, ids, (at) => to.objects.has(at))) lacking.push(id);
  // what is named is written before what names it, so that the rule above always holds
  for (const id of lacking.reverse()) {
    const { type, content } = await from.objects.read(id);
    await to.objects.write(type, content);
  }
  return lacking.length;
}
