import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import git from 'isomorphic-git';
import { LabError } from '../../../core/lab-error.js';
import { identify, type ObjectType } from '../object-database.js';
import type { Repository } from '../repository.js';
import { namedBy } from '../walk-objects.js';

/** Up to this many objects become loose, as git's `fetch.unpackLimit` has it, only higher: loose ones are what the lab reads fast. */
const UNPACK_LIMIT = 5000;

/** Takes a pack in when it and all that its objects name are whole; gives the number of objects. Throws `remote-cut-off`, `remote-broken`, `git-unsafe-path`. */
export async function takePack(repo: Repository, pack: Uint8Array, url: string, limit = UNPACK_LIMIT): Promise<number> {
  checkFrame(pack, url);
  const name = `objects/pack/pack-${bytesToHex(pack.slice(-20))}`;
  const [file, index] = [`${repo.gitdir}/${name}.pack`, `${repo.gitdir}/${name}.idx`];
  await repo.fs.writeFile(file, pack);
  const drop = async (): Promise<void> => {
    for (const path of [file, index]) await repo.fs.unlink(path).catch(() => undefined);
  };
  try {
    const cache = {};
    const { oids } = await git.indexPack({ fs: { promises: repo.fs }, dir: repo.gitdir, gitdir: repo.gitdir, filepath: `${name}.pack`, cache });
    await checkObjects(repo, oids, cache, url);
    if (oids.length > limit) return oids.length;
    for (const oid of oids) {
      const { type, content } = await readPacked(repo, oid, cache);
      await repo.objects.write(type, content);
    }
    await drop();
    return oids.length;
  } catch (cause) {
    await drop();
    throw cause instanceof LabError ? cause : new LabError('remote-broken', { url, reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** Version 2, and the checksum at the end fits (gitformat-pack). */
function checkFrame(pack: Uint8Array, url: string): void {
  if (pack.length < 32) throw new LabError('remote-cut-off', { url });
  if (String.fromCharCode(...pack.subarray(0, 4)) !== 'PACK' || pack[7] !== 2) throw new LabError('remote-broken', { url, reason: 'not a pack of version 2' });
  if (bytesToHex(sha1(pack.subarray(0, -20))) !== bytesToHex(pack.slice(-20))) throw new LabError('remote-cut-off', { url });
}

async function readPacked(repo: Repository, oid: string, cache: object): Promise<{ type: ObjectType; content: Uint8Array }> {
  const { type, object } = await git.readObject({ fs: { promises: repo.fs }, gitdir: repo.gitdir, oid, format: 'content', cache });
  return { type: type as ObjectType, content: new Uint8Array(object as Uint8Array) };
}

/** Each object is what its id says, and what it names came too or was here. */
async function checkObjects(repo: Repository, oids: readonly string[], cache: object, url: string): Promise<void> {
  const came = new Set(oids);
  for (const oid of oids) {
    const { type, content } = await readPacked(repo, oid, cache);
    if (identify(type, content).id !== oid) throw new LabError('remote-broken', { url, reason: `object ${oid}` });
    for (const { id: named } of namedBy(type, content)) if (!came.has(named) && !(await repo.objects.has(named))) throw new LabError('remote-broken', { url, reason: `object ${named} did not come` });
  }
}
