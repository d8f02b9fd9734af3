import { SvelteMap } from 'svelte/reactivity';
import type { PrepareNote } from '../../core/prepare/prepare-notes.js';
import type { CsvNote } from '../../core/table/csv-notes.js';

/** What `collect` reports in its result. */
export interface CollectResult {
  readonly digest: string;
  readonly rows: number;
  readonly columns: number;
  readonly notes: readonly CsvNote[];
}

/** What `prepare` reports in its result. */
export interface PrepareResult {
  readonly digest: string;
  readonly notes: readonly PrepareNote[];
}

/** What the reader met, by the md5 of the data; it lasts as long as the page, since the project keeps only what was read. */
export const csvNotes = new SvelteMap<string, readonly CsvNote[]>();

/** What was met while a recipe was fitted, by the md5 of what was prepared. */
export const prepareNotes = new SvelteMap<string, readonly PrepareNote[]>();
