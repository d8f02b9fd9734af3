import type { Recipe, SplitChoice } from '../../core/prepare/recipe.js';
import { LabError } from '../../core/lab-error.js';
import { parseCsv } from '../../core/table/csv-parser.js';
import type { ColumnType, Table } from '../../core/table/table.js';
import type { FittedModel } from '../../core/train/model.js';
import { formatDvcFile, parseDvcFile, type DvcPointer } from '../../core/version/dvc-file.js';
import { formatManifest, parseManifest } from '../../core/version/manifest.js';
import { md5Hex } from '../../core/version/md5.js';
import type { Platform } from '../platform.js';
import { ignorePath, readText, readYaml } from './files.js';
import { PATHS } from './paths.js';

/** What a raw data file is, beside its bytes; `data/raw.yaml`. */
export interface RawFacts {
  readonly dataset: string;
  readonly source: string;
  readonly licence: string;
  readonly collected: { readonly at: string; readonly rows: number; readonly from?: string; readonly to?: string };
  readonly target?: string;
  readonly time?: string;
  readonly drop: readonly string[];
  readonly categorical: readonly string[];
  /** What single columns usually go through, as `prepare` takes it. */
  readonly transforms?: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** How it came here, when it came from a database, an API or a stream. */
  readonly provenance?: Provenance;
}

/** Enough to ask the same source again and to see whether it still says the same. */
export interface Provenance {
  readonly from: 'database' | 'api' | 'stream';
  /** The statement, address or stream that was read. */
  readonly query: string;
  readonly rows: number;
  readonly md5: string;
  /** The virtual date, once the world has one. */
  readonly virtualDate?: string;
  /** Arguments of `collect` that ask for the same again. */
  readonly again: Readonly<Record<string, string | number | boolean>>;
  /** What else was met on the way, as counts or words. */
  readonly met: Readonly<Record<string, string | number>>;
}

/** Which rows of the raw data train and which test, and of what data. */
export interface PreparedSplit {
  readonly version: 1;
  readonly dataDigest: string;
  readonly choice: SplitChoice;
  /** Types of the raw columns, and the one that orders the rows, as they were then. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly time?: string;
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** md5 of the cleaning recipe that the rows went through; absent without one. */
  readonly cleaning?: string;
  /** md5 of the recipe of features; absent without one. */
  readonly features?: string;
}

/** A model as it is stored: its recipe travels with it, so that serving prepares rows as training did. */
export interface ModelArtefact {
  readonly version: 1;
  readonly recipe: Recipe;
  readonly model: FittedModel;
  readonly dataDigest: string;
  readonly preparedDigest: string;
  /** Time of the newest row it learned from, ISO date. */
  readonly trainedTo?: string;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Puts a file into the object store and a `.dvc` pointer beside its path; gives the id and the files written. */
export async function trackFile(platform: Platform, path: string, content: Uint8Array): Promise<{ digest: string; files: string[] }> {
  const digest = md5Hex(content);
  await platform.objects.put(digest, content);
  return { digest, files: await writePointer(platform, path, { md5: digest, size: content.length, path: nameOf(path) }) };
}

/** The same for a folder of files; the id is that of its manifest and ends in `.dir`. */
export async function trackFolder(platform: Platform, path: string, contents: Readonly<Record<string, Uint8Array>>): Promise<{ digest: string; files: string[] }> {
  const entries = Object.entries(contents).map(([relpath, content]) => ({ relpath, md5: md5Hex(content), content }));
  for (const { md5, content } of entries) await platform.objects.put(md5, content);
  const manifest = formatManifest(entries);
  await platform.objects.put(manifest.id, manifest.content);
  const size = entries.reduce((sum, { content }) => sum + content.length, 0);
  return { digest: manifest.id, files: await writePointer(platform, path, { md5: manifest.id, size, nfiles: entries.length, path: nameOf(path) }) };
}

async function writePointer(platform: Platform, path: string, pointer: DvcPointer): Promise<string[]> {
  await platform.files.write(`${path}.dvc`, formatDvcFile(pointer));
  return [`${path}.dvc`, await ignorePath(platform, folderOf(path), nameOf(path))];
}

/** What the `.dvc` file beside a path says; undefined when the path is not tracked. */
export async function pointerOf(platform: Platform, path: string): Promise<DvcPointer | undefined> {
  const text = await readText(platform, `${path}.dvc`);
  return text === undefined ? undefined : parseDvcFile(text, `${path}.dvc`);
}

/** As `pointerOf`, and throws `missing-step` with the verb that makes it. */
export async function requirePointer(platform: Platform, path: string, verb: string): Promise<DvcPointer> {
  const pointer = await pointerOf(platform, path);
  if (!pointer) throw new LabError('missing-step', { path, verb });
  return pointer;
}

/** Facts of the collected data; throws `missing-step`. */
export async function readRawFacts(platform: Platform): Promise<RawFacts> {
  const facts = await readYaml(platform, PATHS.rawFacts);
  if (!facts) throw new LabError('missing-step', { path: PATHS.rawFacts, verb: 'collect' });
  return facts as unknown as RawFacts;
}

/** Reads stored things by id and keeps the last few, since ids never change their content. */
export class ArtefactReader {
  private readonly kept = new Map<string, unknown>();

  constructor(private readonly platform: Platform) {}

  table(digest: string, types: Readonly<Record<string, ColumnType>>): Promise<Table> {
    return this.keep(`table ${digest} ${JSON.stringify(types)}`, async () => parseCsv(await this.platform.objects.get(digest), { types }).table);
  }

  prepared(digest: string): Promise<{ recipe: Recipe; split: PreparedSplit }> {
    return this.keep(`prepared ${digest}`, async () => {
      const entries = parseManifest(await this.platform.objects.get(digest), digest);
      const read = async (name: string): Promise<unknown> => {
        const entry = entries.find((e) => e.relpath === name);
        if (!entry) throw new LabError('object-missing', { id: `${digest}/${name}` });
        return JSON.parse(new TextDecoder().decode(await this.platform.objects.get(entry.md5)));
      };
      return { recipe: (await read('recipe.json')) as Recipe, split: (await read('split.json')) as PreparedSplit };
    });
  }

  model(digest: string): Promise<ModelArtefact> {
    return this.keep(`model ${digest}`, async () => JSON.parse(new TextDecoder().decode(await this.platform.objects.get(digest))) as ModelArtefact);
  }

  /** Anything derived from things that never change, under a key that names them all. */
  async keep<T>(key: string, make: () => Promise<T>): Promise<T> {
    if (this.kept.has(key)) return this.kept.get(key) as T;
    const value = await make();
    this.kept.set(key, value);
    if (this.kept.size > 24) this.kept.delete(this.kept.keys().next().value!);
    return value;
  }
}

export const encodeJson = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
