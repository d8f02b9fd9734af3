import { DAY_MS, dateOf } from '../core/calendar.js';
import { LabError } from '../core/lab-error.js';
import type { CsvNote } from '../core/table/csv-notes.js';
import { CsvParser, parseCsv } from '../core/table/csv-parser.js';
import type { DatasetFacts } from '../core/table/dataset-facts.js';
import { selectRows } from '../core/table/select.js';
import type { ColumnType, Table } from '../core/table/table.js';
import { writeCsv } from '../core/table/write-csv.js';
import type { WorldState } from '../world/world-state.js';
import { pointerOf, trackFile, type RawFacts } from './project/artefacts.js';
import { writeYaml } from './project/files.js';
import { PATHS } from './project/paths.js';
import { columnTypes } from './project/column-types.js';
import { loadWorld, saveWorld } from './project/state.js';
import { defineVerb, list, text, type VerbContext } from './verb.js';

interface Collected {
  readonly table: Table;
  readonly content: Uint8Array;
  readonly facts: Omit<RawFacts, 'collected' | 'columns'>;
  readonly notes: readonly CsvNote[];
}

/** Brings a CSV into the project: a shipped data set (of a live one, what is known today) or the learner's own file. */
export const collect = defineVerb({
  name: 'collect',
  summary: 'bring a data set into the project as data/raw.csv',
  flags: {
    dataset: text('id of a shipped data set (see: lab datasets)'),
    file: text('name of your own CSV file'),
    types: list('types that you correct: column=number|integer|boolean|date|text'),
  },
  async run(context, args) {
    if ((args.dataset === undefined) === (args.file === undefined)) throw new LabError('collect-what');
    const types = readTypes(args.types ?? []);
    const { table, content, facts, notes } = args.dataset === undefined ? await collectFile(context, args.file!, types) : await collectShipped(context, args.dataset, types);
    const before = (await pointerOf(context.platform, PATHS.raw))?.md5;
    const { digest, files } = await trackFile(context.platform, PATHS.raw, content);
    const collected = { at: new Date(context.platform.now()).toISOString(), rows: table.rows, ...timeRange(table, facts.time) };
    const columns = Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
    const raw: RawFacts = { ...facts, collected, columns };
    await writeYaml(context.platform, PATHS.rawFacts, raw);
    const range = collected.from ? `, ${collected.from} to ${collected.to}` : '';
    const summary = `${facts.dataset}: ${table.rows} rows, ${table.columns.length} columns${range}`;
    return {
      result: { digest, rows: table.rows, columns: table.columns.length, notes },
      lines: [`collected ${summary}`, `  ${PATHS.raw} is ${digest}`, ...notes.map((note) => `  note: ${JSON.stringify(note)}`)],
      step: { object: { type: 'data', id: facts.dataset, digest }, after: digest, ...(before === undefined ? {} : { before }) },
      files: [...files, PATHS.rawFacts],
      message: `collect: ${summary}`,
    };
  },
});

async function collectShipped({ platform, session }: VerbContext, id: string, types: Record<string, ColumnType>): Promise<Collected> {
  const set = await session.dataset(id);
  const facts = {
    dataset: id,
    source: set.source,
    licence: set.licence,
    drop: set.drop ?? [],
    categorical: set.categorical ?? [],
    ...(set.target === undefined ? {} : { target: set.target }),
    ...(set.time === undefined ? {} : { time: set.time }),
  };
  const known = { ...columnTypes(set), ...types };
  if (!set.live) {
    const content = await platform.asset(`data/${set.file}`);
    const { table, notes } = parseCsv(content, { types: known });
    return { table, content, facts, notes };
  }
  const world = await startWorld(platform, set);
  const source = await session.liveSource(id);
  const table = selectRows(source.observed(world.injections), source.knownRows(world));
  return { table, content: writeCsv(table), facts, notes: [] };
}

async function startWorld(platform: VerbContext['platform'], set: DatasetFacts): Promise<WorldState> {
  const world = await loadWorld(platform);
  if (world?.dataset === set.id) return world;
  const { start, end, labelDelayDays } = set.live!;
  const fresh: WorldState = { version: 1, dataset: set.id, now: start, start, end, labelDelay: labelDelayDays, injections: [] };
  await saveWorld(platform, fresh);
  return fresh;
}

async function collectFile({ platform, progress, breathe }: VerbContext, name: string, types: Record<string, ColumnType>): Promise<Collected> {
  const source = await platform.openSource(name);
  const parser = new CsvParser({ types });
  const content = new Uint8Array(source.size);
  let done = 0;
  for await (const chunk of source.chunks()) {
    if (done + chunk.length > source.size) throw new LabError('source-changed', { name });
    parser.push(chunk);
    content.set(chunk, done);
    done += chunk.length;
    progress({ done, total: source.size, note: 'reading' });
    await breathe();
  }
  if (done !== source.size) throw new LabError('source-changed', { name });
  const { table, notes } = parser.finish();
  const time = table.columns.find((column) => column.type === 'date')?.name;
  const facts = { dataset: name, source: 'own file', licence: 'your own', drop: [], categorical: [], ...(time === undefined ? {} : { time }) };
  return { table, content, facts, notes };
}

function timeRange(table: Table, time: string | undefined): { from?: string; to?: string } {
  const column = table.columns.find(({ name }) => name === time);
  if (!column || column.type !== 'date') return {};
  let [low, high] = [Infinity, -Infinity];
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high >= low ? { from: dateOf(Math.floor(low / DAY_MS)), to: dateOf(Math.floor(high / DAY_MS)) } : {};
}

const COLUMN_TYPES: readonly string[] = ['number', 'integer', 'boolean', 'date', 'text'] satisfies ColumnType[];

function readTypes(pairs: readonly string[]): Record<string, ColumnType> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      const type = pair.slice(at + 1);
      if (at < 1 || !COLUMN_TYPES.includes(type)) throw new LabError('flag-value', { flag: '--types', value: pair, expected: `column=${COLUMN_TYPES.join('|')}` });
      return [pair.slice(0, at), type as ColumnType];
    }),
  );
}
