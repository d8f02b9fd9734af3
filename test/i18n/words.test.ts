import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ar } from '../../src/i18n/ar.js';
import { en } from '../../src/i18n/en.js';
import { errorText } from '../../src/i18n/error-text.js';
import { first as firstAr } from '../../src/i18n/first.ar.js';
import { first as firstEn } from '../../src/i18n/first.en.js';
import { VERBS } from '../../src/lab/verbs.js';

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

/** Paths of all leaves, with whether each is a text or a function of how many arguments. */
function leaves(words: object, path = ''): Map<string, string | ((...args: never[]) => string)> {
  return new Map(Object.entries(words).flatMap(([key, value]) => (typeof value === 'object' && value !== null ? [...leaves(value as object, `${path}${key}.`)] : [[`${path}${key}`, value as string]])));
}

const english = leaves({ ...firstEn, ...en });
const arabic = leaves({ ...firstAr, ...ar });
/** Names, units and words of code that stand in Latin letters in Arabic too. */
const LATIN_ALLOWED = /^(shell\.(name|language)|register\.champion|glossary\..*\.name|.*\.titles\..*)$/;

describe('words', () => {
  it('exist in both languages under the same keys', () => {
    expect([...arabic.keys()].sort()).toEqual([...english.keys()].sort());
  });
  it('are of the same kind in both languages', () => {
    const differ = [...english].filter(([key, value]) => typeof value !== typeof arabic.get(key)).map(([key]) => key);
    expect(differ).toEqual([]);
  });
  it('are Arabic in Arabic and never empty', () => {
    const foreign = [...arabic].filter(([key, value]) => typeof value === 'string' && !/[\u0600-\u06FF]/.test(value) && /\b[A-Za-z]?[a-z]{4,}/.test(value) && !LATIN_ALLOWED.test(key) && value === english.get(key)).map(([key]) => key);
    const empty = [...english, ...arabic].filter(([, value]) => value === '').map(([key]) => key);
    expect({ foreign, empty }).toEqual({ foreign: [], empty: [] });
  });
  it('hold no emoji', () => {
    const pictures = [...english, ...arabic].filter(([, value]) => typeof value === 'string' && /\p{Extended_Pictographic}/u.test(value)).map(([key]) => key);
    expect(pictures).toEqual([]);
  });
});

describe('words of failures', () => {
  const codes = new Set(filesIn('src', /\.(ts|svelte)$/).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/new LabError\(\s*'([^']+)'/g)].map((match) => match[1]!)));

  it('are found in the source at all', () => {
    expect(codes.size).toBeGreaterThan(50);
  });
  it.each([['English', en.errors as Record<string, unknown>], ['Arabic', ar.errors as Record<string, unknown>]])('exist for every code in %s', (_name, errors) => {
    expect([...codes].filter((code) => typeof errors[code] !== 'function').sort()).toEqual([]);
  });
  it('never show a hole, whatever data are missing', () => {
    const said = [...codes].flatMap((code) => [en.errors, ar.errors].map((errors) => errorText(errors, { code, data: {} }, '-')));
    expect(said.filter((text) => /undefined|NaN|\[object/.test(text) || text.length < 10)).toEqual([]);
  });
  it('fall back for a code that nobody knows', () => {
    expect(errorText(en.errors, { code: 'never-heard', data: {} }, '-')).toContain('never-heard');
    expect(errorText(undefined, { code: 'quota-full', data: {} }, 'not here yet')).toBe('not here yet');
  });
});

describe('words of progress', () => {
  it('exist for every verb and every note', () => {
    const notes = filesIn('src/lab', /\.ts$/).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/note: (?:\w+ > 0 \? )?'([\w-]+)'(?: : '([\w-]+)')?/g)].flatMap((match) => match.slice(1).filter((word) => word !== undefined)));
    const verbs = Object.keys(VERBS);
    expect(notes.length).toBeGreaterThan(2);
    expect([...notes, ...verbs, 'export', 'import', 'reset'].filter((word) => !(word in en.ui.notes))).toEqual([]);
  });
});

describe('the glossary', () => {
  it('has every term that a lesson links to', () => {
    const used = filesIn('lessons', /\.md$/).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/:term\[[^\]]*\]\{id=([\w-]+)/g)].map((match) => match[1]!));
    expect(used.length).toBeGreaterThan(0);
    expect([...new Set(used)].filter((id) => !(id in en.glossary))).toEqual([]);
  });
  it('says each term in one sentence', () => {
    const long = Object.entries(en.glossary).filter(([, { text }]) => text.length > 160 || !text.endsWith('.')).map(([key]) => key);
    expect(long).toEqual([]);
  });
});
