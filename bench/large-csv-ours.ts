import { createReadStream } from 'node:fs';
import { CsvParser } from '../src/core/table/csv-parser.js';
import { profileTable } from '../src/core/table/profile.js';
import { cpuSeconds } from './figure.js';

/* One process of bench/large-csv.ts: large-csv-ours.ts <file>. Reads it in pieces as the lab does, and prints one JSON line. */
const [file = ''] = process.argv.slice(2);
const started = process.cpuUsage();
const parser = new CsvParser({});
for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) parser.push(chunk as Uint8Array);
const { table } = parser.finish();
const parsed = cpuSeconds(started);
const profiles = profileTable(table);
const seconds = cpuSeconds(started);
const kept = table.columns.reduce((sum, column) => sum + (column.type === 'text' ? column.codes.byteLength : column.values.byteLength), 0);
console.log(JSON.stringify({ seconds, parsed, rows: table.rows, columns: profiles.length, kept, peak: process.resourceUsage().maxRSS * 1024 }));
