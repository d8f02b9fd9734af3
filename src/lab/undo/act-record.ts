import { LabError } from '../../core/lab-error.js';
import { md5Hex } from '../../core/version/md5.js';
import type { Platform } from '../platform.js';
import type { FileChange } from '../project/file-watch.js';
import { readJson, writeJson } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import type { ServicesState } from '../project/state.js';
import type { FinalReason } from '../verb.js';

const FOLDER = '.lab/undo';
const RECORD = `${FOLDER}/last.json`;

/** A file that the act changed: the md5 of what it held before, and of what counts of it afterwards; null where there was none. */
export interface KeptFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What is needed to take the last act back that changed something. */
export interface ActRecord {
  readonly version: 1;
  /** Its step in the journal. */
  readonly seq: number;
  readonly hash: string;
  readonly verb: string;
  readonly command: string;
  readonly object: { readonly type: string; readonly id: string };
  readonly reason?: string;
  readonly commit?: string;
  /** Lines in the log of `HEAD` when it ended: more of them now mean that git did something since. */
  readonly moves: number;
  /** It moved `HEAD` otherwise than by its commit. */
  readonly moved: boolean;
  readonly final?: FinalReason;
  readonly files: readonly KeptFile[];
}

/** Keeps the record of an act in place of the one before, with the contents that it needs. */
export async function keepAct(platform: Platform, act: Omit<ActRecord, 'version' | 'files'>, changes: readonly FileChange[]): Promise<void> {
  const kept = act.final === undefined ? changes : [];
  await forgetAct(platform);
  for (const { before } of kept) if (before) await platform.files.write(`${FOLDER}/${md5Hex(before)}`, before);
  const files = kept.map(({ path, before, after }) => ({ path, before: before ? md5Hex(before) : null, after: digestOf(path, after) }));
  await writeJson(platform, RECORD, { version: 1, ...act, files } satisfies ActRecord);
}

async function forgetAct({ files }: Platform): Promise<void> {
  if (await files.stat(FOLDER)) await files.remove(FOLDER);
}

/** The record of the last act that changed something; undefined without one, or when it is not of the known shape. */
export async function lastAct(platform: Platform): Promise<ActRecord | undefined> {
  const found = await readJson<Partial<ActRecord> | null>(platform, RECORD).catch(() => undefined);
  const whole = found?.version === 1 && typeof found.seq === 'number' && typeof found.moves === 'number' && typeof found.object?.type === 'string' && typeof found.object.id === 'string';
  return whole && Array.isArray(found.files) && found.files.every(isKeptFile) ? (found as ActRecord) : undefined;
}

const isDigest = (value: unknown): boolean => value === null || (typeof value === 'string' && /^[0-9a-f]{32}$/.test(value));
const isKeptFile = (file: Partial<KeptFile> | null): boolean => typeof file?.path === 'string' && !/^\.git(\/|$)/i.test(file.path) && isDigest(file.before) && isDigest(file.after);

/** What a file held before the act; undefined when there was none. Throws `undo-no-record` when the content is not what its name says. */
export async function contentBefore({ files }: Platform, { before, path }: KeptFile): Promise<Uint8Array | undefined> {
  if (before === null) return undefined;
  const stat = await files.stat(`${FOLDER}/${before}`);
  const content = stat ? await files.read(`${FOLDER}/${before}`) : new Uint8Array();
  if (!stat || md5Hex(content) !== before) throw new LabError('undo-no-record', { command: path });
  return content;
}

/** The md5 of what counts of a file; requests that a service has answered since do not. */
export function digestOf(path: string, content: Uint8Array | undefined): string | null {
  if (!content) return null;
  const state = path === PATHS.services ? servicesIn(content) : undefined;
  if (!state) return md5Hex(content);
  return md5Hex(new TextEncoder().encode(JSON.stringify(state.services.map(({ requests: _requests, ...service }) => service))));
}

/** The services as they were, with the requests that were answered since: those cannot be taken back. */
export function withAnswered(before: Uint8Array, now: Uint8Array | undefined): Uint8Array {
  const [old, current] = [servicesIn(before), now && servicesIn(now)];
  if (!old || !current) return before;
  const services = old.services.map((service) => ({ ...service, requests: current.services.find(({ name }) => name === service.name)?.requests ?? service.requests }));
  return new TextEncoder().encode(`${JSON.stringify({ ...old, services, pinnedCalls: current.pinnedCalls }, null, 2)}\n`);
}

function servicesIn(content: Uint8Array): ServicesState | undefined {
  try {
    const state = JSON.parse(new TextDecoder().decode(content)) as ServicesState | null;
    return Array.isArray(state?.services) ? state : undefined;
  } catch {
    return undefined;
  }
}
