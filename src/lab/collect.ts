import { DAY_MS, dateOf } from '../core/calendar.js';
import { LabError } from '../core/lab-error.js';
import { CsvParser, parseCsv } from '../core/table/csv-parser.js';
import type { DatasetFacts } from '../core/table/dataset-facts.js';
import { readImageSet } from '../core/table/image-set.js';
import { selectRows } from '../core/table/select.js';
import type { ColumnType, Table } from '../core/table/table.js';
import { writeCsv } from '../core/table/write-csv.js';
import type { WorldState } from '../world/world-state.js';
import { CHANGE_WAYS, collectApi } from './collect-api.js';
import { collectDatabase } from './collect-database.js';
import type { Collected } from './collect-parts.js';
import { collectStream, STREAM_SEED } from './collect-stream.js';
import { pointerOf, trackFile, type Provenance, type RawFacts } from './project/artefacts.js';
import { writeYaml } from './project/files.js';
import { PATHS } from './project/paths.js';
import { columnTypes } from './project/column-types.js';
import { loadWorld, saveWorld } from './project/state.js';
import { defineVerb, flag, list, number, text, type ArgsOf, type VerbContext } from './verb.js';

const FLAGS = {
  dataset: text('id of a shipped data set (see: lab datasets)'),
  file: text('name of your own CSV file'),
  sql: text("a SELECT on the lab's database"),
  api: text("a resource of the lab's data API, such as applications"),
  stream: flag('events of the weather station'),
  events: number('how many events (with --stream)'),
  seed: number('which faults the stream has (with --stream; 7 when not named)'),
  onTypeChange: text('what to do when a field of the API changes its type: convert when not named', { choices: CHANGE_WAYS }),
  name: text('name of what you collect (with --sql, --api or --stream)'),
  types: list('types that you correct: column=number|integer|boolean|date|text'),
};

/** Where data can come from, and the flags that belong to that alone. */
const WAYS = { dataset: [], file: [], sql: ['name'], api: ['name', 'onTypeChange'], stream: ['name', 'events', 'seed'] } as const;

/** Brings data into the project as a CSV: a shipped set (of a live one, what is known today), the learner's own file, or what a database, an API or a stream gives. */
export const collect = defineVerb({
  name: 'collect',
  summary: 'bring a data set into the project as data/raw.csv',
  flags: FLAGS,
  async run(context, args) {
    const { table, content, facts, notes, provenance, lines = [] } = await read(context, args);
    const before = (await pointerOf(context.platform, PATHS.raw))?.md5;
    const { digest, files } = await trackFile(context.platform, PATHS.raw, content);
    const collected = { at: new Date(context.platform.now()).toISOString(), rows: table.rows, ...timeRange(table, facts.time) };
    const columns = Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
    const raw: RawFacts = { ...facts, collected, columns, ...(provenance ? { provenance: await dated(context, { ...provenance, rows: table.rows, md5: digest }) } : {}) };
    await writeYaml(context.platform, PATHS.rawFacts, raw);
    const range = collected.from ? `, ${collected.from} to ${collected.to}` : '';
    const summary = `${facts.dataset}: ${table.rows} rows, ${table.columns.length} columns${range}`;
    return {
      result: { digest, rows: table.rows, columns: table.columns.length, notes },
      lines: [`collected ${summary}`, `  ${PATHS.raw} is ${digest}`, ...lines, ...notes.map((note) => `  note: ${JSON.stringify(note)}`)],
      step: { object: { type: 'data', id: facts.dataset, digest }, after: digest, ...(before === undefined ? {} : { before }) },
      files: [...files, PATHS.rawFacts],
      message: `collect: ${summary}`,
    };
  },
});

/** Reads the one source that was named; throws `collect-what` for none or several, and for a flag of another. */
function read(context: VerbContext, args: ArgsOf<typeof FLAGS>): Promise<Collected> {
  const named = (Object.keys(WAYS) as (keyof typeof WAYS)[]).filter((way) => args[way] !== undefined && args[way] !== false);
  const [way] = named;
  if (named.length !== 1 || way === undefined) throw new LabError('collect-what');
  const strange = (['name', 'events', 'seed', 'onTypeChange'] as const).find((name) => args[name] !== undefined && !(WAYS[way] as readonly string[]).includes(name));
  if (strange !== undefined) throw new LabError('collect-flag', { flag: strange, way });
  const types = readTypes(args.types ?? []);
  if (args.sql !== undefined) return collectDatabase(context, args.sql, args.name, types);
  if (args.api !== undefined) return collectApi(context, args.api, args.name, args.onTypeChange ?? 'convert', types);
  if (args.stream) return collectStream(context, args.events, args.seed ?? STREAM_SEED, args.name, types);
  return args.dataset === undefined ? collectFile(context, args.file!, types) : collectShipped(context, args.dataset, types);
}

/** With the virtual date, once there is one. */
async function dated({ platform }: VerbContext, provenance: Omit<Provenance, 'virtualDate'>): Promise<Provenance> {
  const now = (await loadWorld(platform))?.now;
  return now === undefined ? provenance : { ...provenance, virtualDate: now };
}

async function collectShipped({ platform, session }: VerbContext, id: string, types: Record<string, ColumnType>): Promise<Collected> {
  const set = await session.dataset(id);
  const facts = {
    dataset: id,
    source: set.source,
    licence: set.licence,
    drop: set.drop ?? [],
    categorical: set.categorical ?? [],
    ...(set.transforms === undefined ? {} : { transforms: set.transforms }),
    ...(set.target === undefined ? {} : { target: set.target }),
    ...(set.time === undefined ? {} : { time: set.time }),
  };
  const known = { ...columnTypes(set), ...types };
  if (set.images) {
    const pixels = readImageSet(set.target, { ...set, ...set.images }, await platform.asset(`data/${set.file}`), await platform.asset(`data/${set.images.labels_file}`));
    const content = writeCsv(pixels);
    return { ...parseCsv(content, { types: known }), content, facts };
  }
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
