import { cleanGradually, type Cleaned } from '../../core/clean/apply-cleaning.js';
import { formatCleaning, parseCleaning } from '../../core/clean/clean-file.js';
import type { CleanStep } from '../../core/clean/clean-step.js';
import { lineNumbers } from '../../core/table/line-numbers.js';
import type { Table } from '../../core/table/table.js';
import { md5Hex } from '../../core/version/md5.js';
import { gradually, type Pace } from '../gradually.js';
import type { Platform } from '../platform.js';
import { readRawFacts, requirePointer, type RawFacts } from '../project/artefacts.js';
import { readText } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import { QUALITY } from './paths.js';

/** The raw data with the cleaning recipe as the project holds them now. */
export interface CleanedData {
  readonly digest: string;
  readonly facts: RawFacts;
  readonly raw: Table;
  readonly steps: readonly CleanStep[];
  readonly cleaned: Cleaned;
}

/** Steps of `data/clean.yaml`, [] when there is none; throws `bad-yaml`, `bad-cleaning`. */
export async function readCleaning(platform: Platform): Promise<readonly CleanStep[]> {
  const text = await readText(platform, QUALITY.cleaning);
  return text === undefined ? [] : parseCleaning(text, QUALITY.cleaning);
}

/** md5 that tells one recipe from another; undefined for no step. */
export const cleaningDigest = (steps: readonly CleanStep[]): string | undefined => (steps.length === 0 ? undefined : md5Hex(new TextEncoder().encode(formatCleaning(steps))));

/** Reads the raw data and applies the recipe; throws `missing-step`, `bad-yaml`, `bad-cleaning`, `unknown-column`. */
export async function readCleaned(session: Session, steps?: readonly CleanStep[], pace?: Pace): Promise<CleanedData> {
  const pointer = await requirePointer(session.platform, PATHS.raw, 'collect');
  const facts = await readRawFacts(session.platform);
  const raw = await session.artefacts.table(pointer.md5, facts.columns);
  const used = steps ?? (await readCleaning(session.platform));
  const cleaned = await session.artefacts.keep(`cleaned ${pointer.md5} ${JSON.stringify([facts.columns, used])}`, () => gradually(cleanGradually(raw, used), 'clean', pace));
  return { digest: pointer.md5, facts, raw, steps: used, cleaned };
}

/** Line in `data/raw.csv` on which each row of the raw data begins. */
export async function rawLines(session: Session): Promise<readonly number[]> {
  const pointer = await requirePointer(session.platform, PATHS.raw, 'collect');
  return session.artefacts.keep(`lines ${pointer.md5}`, async () => lineNumbers(await session.platform.objects.get(pointer.md5)));
}
