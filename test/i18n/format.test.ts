import { describe, expect, it } from 'vitest';
import { makeFormat } from '../../src/i18n/format.js';
import { chooseLocale, I18n } from '../../src/i18n/i18n.svelte.js';
import { arPlural, enPlural } from '../../src/i18n/plural.js';
import { shell } from '../../src/i18n/areas/shell.ar.js';

describe('counted phrases', () => {
  it.each([[0, 'لا إصدارات'], [1, 'إصدار واحد'], [2, 'إصداران'], [3, '3 إصدارات'], [10, '10 إصدارات'], [11, '11 إصدارًا'], [99, '99 إصدارًا'], [100, '100 إصدار'], [102, '102 إصدار'], [103, '103 إصدارات']])('%i has its Arabic form', (count, words) => {
    expect(shell.facts.versions(count)).toBe(words);
  });
  it.each([[0, '0 rows'], [1, '1 row'], [2, '2 rows'], [1234, '1,234 rows']])('%i has its English form', (count, words) => {
    expect(enPlural(count, { one: '# row', other: '# rows' })).toBe(words);
  });
  it('uses the general form when a language has more forms than were given', () => {
    expect(arPlural(2, { other: '# صف' })).toBe('2 صف');
  });
});

describe('numbers', () => {
  const en = makeFormat('en');
  const ar = makeFormat('ar');
  it.each([[2.21456, '2.215'], [0, '0'], [1234.56, '1,235'], [-0.5, '-0.5'], [0.00001234, '1.23E-5'], [Number.NaN, 'NaN'], [Number.POSITIVE_INFINITY, '∞'], [Number.NEGATIVE_INFINITY, '−∞']])('%d reads %s', (value, text) => {
    expect(en.number(value)).toBe(text);
  });
  it('keeps Latin digits in Arabic', () => {
    expect(ar.number(1234.5)).toMatch(/^1[,.]?235$/);
    expect(ar.date('2005-01-31')).toMatch(/31.*يناير.*2005/);
  });
  it('gives days in UTC, wherever the reader is', () => {
    expect(en.date('2005-01-01')).toBe('1 Jan 2005');
    expect(en.date(Date.UTC(2005, 0, 1, 23, 59))).toBe('1 Jan 2005');
  });
  it.each([[0, '0 bytes'], [999, '999 bytes'], [1000, '1 kB'], [48_200_000, '48.2 MB'], [2e12, '2 TB'], [5e15, '5,000 TB']])('%d bytes read %s', (value, text) => {
    expect(en.bytes(value)).toBe(text);
  });
  it.each([[3.25, '3.3 seconds'], [42, '42 seconds'], [90, '2 minutes'], [7200, '2 hours']])('%d seconds read %s', (value, text) => {
    expect(en.duration(value)).toBe(text);
  });
});

describe('the language', () => {
  it.each([
    [undefined, ['ar-EG', 'en'], 'ar'],
    [undefined, ['de-DE', 'AR'], 'ar'],
    [undefined, ['de-DE'], 'en'],
    ['en', ['ar'], 'en'],
    ['<script>', ['ar'], 'ar'],
  ])('stored %s with %s is %s', (stored, preferred, locale) => {
    expect(chooseLocale(stored, preferred)).toBe(locale);
  });
  it('loads the first words, then all, and keeps all when it changes', async () => {
    const i18n = new I18n();
    await i18n.use('en');
    expect([i18n.t.shell.saved, i18n.t.errors, i18n.dir]).toEqual(['Saved', undefined, 'ltr']);
    await i18n.loadAll();
    await i18n.use('ar');
    expect([i18n.t.ui.copy, i18n.dir, i18n.complete]).toEqual(['انسخ', 'rtl', true]);
  });
});
