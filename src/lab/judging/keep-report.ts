import type { RunRecord } from '../../core/track/run.js';
import type { Platform } from '../platform.js';
import { writeJson } from '../project/files.js';
import type { Outcome } from '../verb.js';

/** Keeps what was found about a run as a file, and gives the outcome of the verb that found it. */
export async function keepReport<R>(platform: Platform, { id, modelDigest }: RunRecord, path: string, report: R, lines: readonly string[], message: string): Promise<Outcome<R>> {
  await writeJson(platform, path, report);
  return { result: report, lines, step: { object: { type: 'run', id, digest: modelDigest } }, files: [path], message };
}
