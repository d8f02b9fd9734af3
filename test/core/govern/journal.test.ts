import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { canonicalJson } from '../../../src/core/govern/canonical-json.js';
import { chainAct, formatEntry, GENESIS_HASH, hashEntry, parseJournal, verifyJournal, type JournalEntry } from '../../../src/core/govern/journal.js';

test('canonical JSON is that of RFC 8785, section 3.2.2', () => {
  const value: unknown = JSON.parse('{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}');
  expect(canonicalJson(value)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
});

test('canonical JSON sorts by UTF-16 unit and leaves undefined members out', () => {
  expect(canonicalJson({ '\u{1f600}': 1, '\ufb33': 2, b: undefined, a: 3 })).toBe('{"a":3,"\u{1f600}":1,"\ufb33":2}');
});

function journalOf(length: number): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (let i = 0; i < length; i++) entries.push(chainAct({ ts: '2026-01-01T00:00:00Z', actor: 'learner', action: 'train', object: { type: 'run', id: `r${i}` }, command: 'lab train' }, entries.at(-1)));
  return entries;
}
const rehash = ({ hash: _hash, ...rest }: JournalEntry): JournalEntry => ({ ...rest, hash: hashEntry(rest) });
const textOf = (entries: readonly JournalEntry[]): string => entries.map(formatEntry).join('');

describe('the chain', () => {
  it('starts at 64 zeros and hashes with SHA-256 of the previous hash and the entry', () => {
    const [first] = journalOf(1);
    const { hash, ...rest } = first!;
    expect(first!.prev_hash).toBe(GENESIS_HASH);
    expect(hash).toBe(createHash('sha256').update(GENESIS_HASH + canonicalJson(rest)).digest('hex'));
  });

  it('holds as it was written, and when it is empty', () => {
    const entries = journalOf(5);
    expect(verifyJournal(textOf(entries))).toEqual({ ok: true, head: entries[4]!.hash, length: 5 });
    expect(verifyJournal('')).toEqual({ ok: true, head: GENESIS_HASH, length: 0 });
    expect(parseJournal(textOf(entries))).toEqual(entries);
  });

  test.each<[string, number, (entries: JournalEntry[]) => JournalEntry[]]>([
    ['a changed line', 3, (e) => e.map((entry, i) => (i === 2 ? { ...entry, actor: 'someone' } : entry))],
    ['a changed line with its hash made again', 4, (e) => e.map((entry, i) => (i === 2 ? rehash({ ...entry, actor: 'someone' }) : entry))],
    ['a missing line', 2, (e) => [e[0]!, ...e.slice(2)]],
    ['two lines swapped', 1, (e) => [e[1]!, e[0]!, ...e.slice(2)]],
    ['a line twice', 2, (e) => [e[0]!, ...e]],
  ])('names the first line that %s breaks', (_name, seq, change) => {
    expect(verifyJournal(textOf(change(journalOf(5))))).toMatchObject({ ok: false, seq });
  });

  test.each(['not json', 'null', '[]', '{"seq":1}', '{"seq":"1","hash":"","prev_hash":""}'])('refuses the line %s', (line) => {
    expect(verifyJournal(`${line}\n`)).toMatchObject({ ok: false, seq: 1 });
  });
});
