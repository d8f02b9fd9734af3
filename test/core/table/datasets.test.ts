import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DatasetIndex } from '../../../src/core/table/dataset-facts.js';
import { DATASET_INDEX } from '../../../src/core/table/dataset-facts.js';
import { parseCsv } from '../../../src/core/table/csv-parser.js';
import { readImageSet, withPixelColumns } from '../../../src/core/table/image-set.js';
import { columnOf } from '../../../src/core/table/select.js';
import { profileTable } from '../../../src/core/table/profile.js';

const PUBLIC = new URL('../../../public/', import.meta.url);
const DATA = new URL('data/', PUBLIC);
const index = JSON.parse(readFileSync(new URL(DATASET_INDEX, PUBLIC), 'utf8')) as DatasetIndex;

const tables = index.datasets.filter(({ images }) => images === undefined);
const pictures = index.datasets.filter(({ images }) => images !== undefined);

test('every shipped file has its facts, its licence text and its line in the list of licences', () => {
  const files = readdirSync(DATA, { recursive: true }).map(String).filter((name) => /\.(csv|u8)$/.test(name));
  expect([...new Set(index.datasets.flatMap(({ file, images }) => (images ? [file, images.labels_file] : [file])))].sort()).toEqual(files.sort());
  const list = readFileSync(new URL('README.md', DATA), 'utf8');
  for (const { file, licence_file, citation } of index.datasets) {
    expect(list).toContain(`\`${file}\``);
    expect(list).toContain(licence_file);
    expect(list).toContain(citation);
  }
});

describe.each(tables)('$id', (facts) => {
  const bytes = readFileSync(new URL(facts.file, DATA));
  const { table, notes } = parseCsv(bytes);
  const names = table.columns.map(({ name }) => name);

  test('the file is what the facts say', () => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(facts.sha256);
    // numbers written in more than one way are what there is to clean in that set
    const told = facts.id === 'penguins_messy' ? ['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g'].map((column) => expect.objectContaining({ code: 'type-changed', from: 'number', column })) : facts.id === 'support_requests' ? [{ code: 'no-numbers' }] : [];
    expect([bytes.length, table.rows, notes]).toEqual([facts.bytes, facts.rows, told]);
    expect(table.columns.map(({ name, type }) => ({ name, type }))).toEqual(facts.columns.map(({ name, type }) => ({ name, type })));
  });

  test('every column that the facts name exists', () => {
    const named = [facts.target, ...facts.drop, ...facts.categorical, ...(facts.protected ?? []), ...(facts.targets ?? []).flatMap((t) => [t.name, ...t.drop])];
    if (facts.time !== undefined) named.push(facts.time);
    if (facts.group !== undefined) named.push(facts.group);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
    expect(facts.drop).not.toContain(facts.target);
    expect(facts.split.kind === 'time').toBe(facts.time !== undefined);
  });
});

describe.each(index.datasets)('$id', (facts) => {
  test('licences are there and hold text', () => {
    for (const file of [facts.licence_file, ...facts.licence_evidence]) {
      expect(existsSync(new URL(file, DATA)), file).toBe(true);
      expect(readFileSync(new URL(file, DATA)).length).toBeGreaterThan(300);
    }
    for (const words of [facts.licence, facts.source, facts.citation, facts.changes]) expect(words.length).toBeGreaterThan(3);
    for (const column of facts.columns) expect(column.meaning.length, column.name).toBeGreaterThan(2);
  });
});

describe.each(pictures)('$id', (facts) => {
  const images = facts.images!;
  const [pixels, labels] = [facts.file, images.labels_file].map((file) => readFileSync(new URL(file, DATA))) as [Buffer, Buffer];

  test('the files are what the facts say', () => {
    const sums = [pixels, labels].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    expect([sums, pixels.length, labels.length]).toEqual([[facts.sha256, images.labels_sha256], facts.bytes, facts.rows]);
    expect(pixels.reduce((most, level) => Math.max(most, level), 0)).toBe(images.most);
  });

  test('they make a table with a column for each pixel and one for the label', () => {
    const table = readImageSet(facts.target, { ...facts, ...images }, pixels, labels);
    const { columns } = withPixelColumns(facts);
    expect(table.columns.map(({ name, type }) => ({ name, type }))).toEqual(columns.map(({ name, type }) => ({ name, type })));
    const [last, label] = [table.columns[images.width * images.height - 1]!, columnOf(table, facts.target)];
    expect(last.type !== 'text' && last.values[4]).toBe(pixels[5 * images.width * images.height - 1]);
    expect(label.type === 'text' && label.levels[label.codes[2]!]).toBe(images.classes[labels[2]!]);
    expect(() => readImageSet(facts.target, { ...facts, ...images }, pixels.subarray(1), labels)).toThrowError(expect.objectContaining({ code: 'image-set-broken' }) as Error);
    expect(() => readImageSet(facts.target, { ...facts, ...images, classes: images.classes.slice(1) }, pixels, labels)).toThrowError(expect.objectContaining({ code: 'bad-class' }) as Error);
  });
});

test('rows of a set that has a time stand in its order', () => {
  const timed = index.datasets.filter(({ time }) => time !== undefined);
  expect(timed.map(({ id }) => id)).toEqual(['chicago_ridership', 'birdstrikes', 'support_requests']);
  for (const facts of timed) {
    const time = columnOf(parseCsv(readFileSync(new URL(facts.file, DATA))).table, facts.time as string);
    expect(time.type === 'date' && time.values.every((at, row) => row === 0 || at >= (time.values[row - 1] as number)), facts.id).toBe(true);
  }
});

test('Chicago is a live set whose figures are those of its source', () => {
  const facts = index.datasets.find(({ id }) => id === 'chicago_ridership');
  expect(facts?.live).toEqual({ start: '2005-01-01', end: '2016-08-28', labelDelayDays: 14 });
  const { table } = parseCsv(readFileSync(new URL('chicago_ridership.csv', DATA)));
  const profile = profileTable(table).find(({ name }) => name === 'ridership')?.numbers;
  // pandas' describe of the column
  expect(profile?.mean).toBeCloseTo(13.6193, 4);
  expect(profile?.std).toBeCloseTo(6.5625, 4);
  [6.1733, 15.902, 18.9307].forEach((quartile, i) => expect(Math.abs((profile?.quartiles[i] ?? 0) - quartile)).toBeLessThan(1e-4));
  const days = columnOf(table, 'date');
  const before = days.type === 'date' ? days.values.filter((day) => day < Date.UTC(2005, 0, 1)).length : 0;
  expect(before).toBe(1440);
});
