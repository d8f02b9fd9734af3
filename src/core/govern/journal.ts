import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.js';

/** What happened, before it is chained. */
export interface JournalAct {
  /** RFC 3339, UTC. */
  readonly ts: string;
  readonly actor: string;
  readonly action: string;
  readonly object: { readonly type: string; readonly id: string; readonly digest?: string };
  readonly before?: string;
  readonly after?: string;
  readonly reason?: string;
  /** The command a learner would type for it. */
  readonly command: string;
  /** Commit that holds its files. */
  readonly commit?: string;
}

/** One line of the journal: the act, its place, and the hash that ties it to all lines before it. */
export interface JournalEntry extends JournalAct {
  readonly seq: number;
  readonly prev_hash: string;
  readonly hash: string;
}

export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 of the previous hash and the canonical JSON of the entry without its hash. */
export function hashEntry(entry: Omit<JournalEntry, 'hash'>): string {
  return bytesToHex(sha256(utf8ToBytes(entry.prev_hash + canonicalJson(entry))));
}

/** Gives the act its place behind `previous` (undefined: it is the first). */
export function chainAct(act: JournalAct, previous: JournalEntry | undefined): JournalEntry {
  const entry = { ...act, seq: previous ? previous.seq + 1 : 1, prev_hash: previous?.hash ?? GENESIS_HASH };
  return { ...entry, hash: hashEntry(entry) };
}

export const formatEntry = (entry: JournalEntry): string => `${canonicalJson(entry)}\n`;

export type JournalVerdict = { readonly ok: true; readonly head: string; readonly length: number } | { readonly ok: false; readonly seq: number; readonly reason: string };

/** Recomputes the whole chain of a `journal.jsonl`; says the first line that does not hold. */
export function verifyJournal(text: string): JournalVerdict {
  let head = GENESIS_HASH;
  let seq = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    seq++;
    const entry = readEntry(line);
    if (!entry) return { ok: false, seq, reason: 'not a journal entry' };
    const { hash, ...rest } = entry;
    if (entry.seq !== seq) return { ok: false, seq, reason: `seq is ${entry.seq}` };
    if (entry.prev_hash !== head) return { ok: false, seq, reason: 'prev_hash does not match the line before' };
    if (hashEntry(rest) !== hash) return { ok: false, seq, reason: 'hash does not match the content' };
    head = hash;
  }
  return { ok: true, head, length: seq };
}

/** The entries of a journal that `verifyJournal` accepts. */
export const parseJournal = (text: string): JournalEntry[] => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as JournalEntry);

function readEntry(line: string): JournalEntry | undefined {
  try {
    const value = JSON.parse(line) as Partial<JournalEntry> | null;
    const whole = value && typeof value.seq === 'number' && typeof value.hash === 'string' && typeof value.prev_hash === 'string';
    return whole ? (value as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}
