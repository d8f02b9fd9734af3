import { sha1 } from '@noble/hashes/legacy.js';
import git from 'isomorphic-git';
import { LabError } from '../../../core/lab-error.js';
import type { GitRemote, RefResult, RefUpdate, RemoteOptions } from '../../../lab/remote-port.js';
import { readLog } from '../commit-log.js';
import { NO_ID } from '../reflog.js';
import { listRefs } from '../refs.js';
import type { Repository } from '../repository.js';
import { objectsBetween } from '../walk-objects.js';
import { readAdvertisement, type Advertisement } from './advertisement.js';
import { FLUSH, joinBytes, packet, readPackets, textOf } from './pkt-line.js';
import { takePack } from './received-pack.js';
import { Wire, type Service } from './wire.js';

const AGENT = 'agent=looplab/1';
/** Commits that are named as had, newest first; the server finds a common one among them or sends more than is needed. */
const MOST_HAVES = 256;

/** A repository behind smart HTTP (gitprotocol-pack, version 0), such as `git http-backend` or a forge serves. */
export function httpRemote(repo: Repository, url: string, options: RemoteOptions): GitRemote {
  const wire = new Wire(url, options);
  const advertised = async (service: Service): Promise<Advertisement> => readAdvertisement(await wire.advertised(service), service, url);
  return {
    refs: () => advertised('git-upload-pack'),
    async fetch(ids) {
      const lacking: string[] = [];
      for (const id of new Set(ids)) if (!(await repo.objects.has(id))) lacking.push(id);
      if (lacking.length === 0) return 0;
      const { capabilities } = await advertised('git-upload-pack');
      const answer = await wire.call('git-upload-pack', await wantRequest(repo, lacking, capabilities));
      return takePack(repo, readSideBand(answer, url, options), url);
    },
    async push(updates) {
      const { capabilities, refs } = await advertised('git-receive-pack');
      const late = updates.filter((u) => refs.get(u.ref) !== u.before);
      const asked = updates.filter((u) => !late.includes(u));
      const stale = late.map(({ ref }): RefResult => ({ ref, refused: 'fetch first' }));
      if (asked.length === 0) return stale;
      const answer = await wire.call('git-receive-pack', await pushRequest(repo, asked, [...refs.values()], capabilities));
      return [...stale, ...readReport(answer, asked, capabilities, url, options)];
    },
  };
}

async function wantRequest(repo: Repository, ids: readonly string[], capabilities: ReadonlySet<string>): Promise<Uint8Array> {
  const wished = ['side-band-64k', 'ofs-delta', 'no-progress'].filter((c) => capabilities.has(c));
  const wants = ids.map((id, i) => packet(`want ${id}${i === 0 ? ` ${[...wished, AGENT].join(' ')}` : ''}\n`));
  return joinBytes([...wants, FLUSH, ...(await commitsHere(repo)).map((id) => packet(`have ${id}\n`)), packet('done\n')]);
}

/** Commits that the refs of this repository lead to, newest first. */
async function commitsHere(repo: Repository): Promise<string[]> {
  const tips = [...new Set((await listRefs(repo, 'refs/')).values())];
  return (await readLog(repo, tips, Number.POSITIVE_INFINITY)).slice(0, MOST_HAVES).map((c) => c.id);
}

/** The pack in an answer of upload-pack; what it says of progress is shown. */
function readSideBand(bytes: Uint8Array, url: string, { said }: RemoteOptions): Uint8Array {
  // without side-band the pack follows the acknowledgements as it is
  const plain = findPack(bytes);
  if (plain !== undefined) return plain;
  const { packets, whole } = packetsOf(bytes, url);
  const parts: Uint8Array[] = [];
  for (const content of packets) {
    if (content === 'flush') continue;
    const band = content[0];
    if (band === 1) parts.push(content.subarray(1));
    else if (band === 2) said?.(new TextDecoder().decode(content.subarray(1)));
    else if (band === 3) throw new LabError('remote-says', { url, message: textOf(content.subarray(1)) });
    else if (textOf(content).startsWith('ERR ')) throw new LabError('remote-says', { url, message: textOf(content).slice(4) });
  }
  if (!whole) throw new LabError('remote-cut-off', { url });
  return joinBytes(parts);
}

function findPack(bytes: Uint8Array): Uint8Array | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200_000));
  const [lead] = /^(?:[0-9a-f]{4}(?:ACK [0-9a-f]{40}[^\n]*|NAK)\n)+(?=PACK)/.exec(head) ?? [];
  return lead === undefined ? undefined : bytes.subarray(lead.length);
}

async function pushRequest(repo: Repository, updates: readonly RefUpdate[], theirs: readonly string[], capabilities: ReadonlySet<string>): Promise<Uint8Array> {
  const wished = ['report-status', 'side-band-64k', ...(updates.some((u) => u.after === undefined) ? ['delete-refs'] : [])].filter((c) => capabilities.has(c));
  const commands = updates.map(({ ref, before, after }, i) => packet(`${before ?? NO_ID} ${after ?? NO_ID} ${ref}${i === 0 ? `\0 ${[...wished, AGENT].join(' ')}` : ''}`));
  const wanted = updates.flatMap((u) => (u.after === undefined ? [] : [u.after]));
  if (wanted.length === 0) return joinBytes([...commands, FLUSH]);
  const oids = await objectsBetween(repo, theirs, wanted);
  const pack = oids.length === 0 ? emptyPack() : (await git.packObjects({ fs: { promises: repo.fs }, dir: repo.dir, gitdir: repo.gitdir, oids })).packfile!;
  return joinBytes([...commands, FLUSH, pack]);
}

function emptyPack(): Uint8Array {
  const head = Uint8Array.from([0x50, 0x41, 0x43, 0x4b, 0, 0, 0, 2, 0, 0, 0, 0]);
  return joinBytes([head, sha1(head)]);
}

/** What receive-pack reports: `unpack ok`, then `ok ref` or `ng ref reason`. */
function readReport(bytes: Uint8Array, updates: readonly RefUpdate[], capabilities: ReadonlySet<string>, url: string, options: RemoteOptions): RefResult[] {
  if (!capabilities.has('report-status')) return updates.map(({ ref }) => ({ ref }));
  const report = capabilities.has('side-band-64k') ? readSideBand(bytes, url, options) : bytes;
  const { packets } = packetsOf(report, url);
  const lines = packets.filter((p) => p !== 'flush').map(textOf);
  const unpacked = lines.shift();
  if (unpacked === undefined || !unpacked.startsWith('unpack ')) throw new LabError('remote-cut-off', { url });
  return updates.map(({ ref }) => {
    if (lines.includes(`ok ${ref}`)) return { ref };
    const reason = lines.find((line) => line.startsWith(`ng ${ref} `))?.slice(`ng ${ref} `.length);
    return { ref, refused: reason ?? (unpacked === 'unpack ok' ? 'remote failed to report status' : unpacked.slice('unpack '.length)) };
  });
}

function packetsOf(bytes: Uint8Array, url: string): ReturnType<typeof readPackets> {
  try {
    return readPackets(bytes);
  } catch {
    throw new LabError('remote-not-git', { url });
  }
}
