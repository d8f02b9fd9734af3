import { expect, test } from 'vitest';
import { columnOf } from '../../src/core/table/select.js';
import { writeCsv } from '../../src/core/table/write-csv.js';
import { makeSupportRequests } from '../../src/world/support-requests/generate.js';

const table = makeSupportRequests(2400, 2024);

test('the shipped file is what the generator writes; `vitest -u` writes it anew', async () => {
  await expect(new TextDecoder().decode(writeCsv(table))).toMatchFileSnapshot('../../public/data/support_requests.csv');
});

test('words of dialects come only after the shift, in both languages', () => {
  const [received, text, language] = ['received', 'text', 'language'].map((name) => columnOf(table, name));
  if (received?.type !== 'date' || text?.type !== 'text' || language?.type !== 'text') throw new Error('types');
  const shift = Date.UTC(2024, 9, 1);
  const spoken = /(?<!\p{L})(عايز|بدي|أبغى|ودي|دلوقتي|هلق|الحين|فلوسي|مصاري|وين|فين|إزاي|شلون|ليش|ليه|مش|إيش|wanna|gotta|pls|plz|busted|cant|dont|wheres|pwd)(?!\p{L})/u;
  const rows = Array.from({ length: table.rows }, (_, row) => ({ late: received.values[row]! >= shift, spoken: spoken.test(text.levels[text.codes[row]!]!) }));
  expect(rows.some((row) => !row.late && row.spoken)).toBe(false);
  expect(rows.filter((row) => row.late && row.spoken).length).toBeGreaterThan(50);
  expect(new Set(Array.from(language.codes)).size).toBe(2);
  expect(columnOf(table, 'intent')).toMatchObject({ levels: { length: 24 } });
});
