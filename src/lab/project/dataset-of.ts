import { parseJournal } from '../../core/govern/journal.js';
import type { Platform } from '../platform.js';
import { readText } from './files.js';
import { PATHS } from './paths.js';

/** The data set that raw data with this digest were collected from; undefined when the journal does not tell. */
export async function datasetOf(platform: Platform, digest: string): Promise<string | undefined> {
  return parseJournal((await readText(platform, PATHS.journal)) ?? '').findLast(({ object }) => object.type === 'data' && object.digest === digest)?.object.id;
}
