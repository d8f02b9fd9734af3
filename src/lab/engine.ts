import type { StepRecord } from './verb.js';

/** What a finished verb tells the one who asked. */
export interface VerbReport {
  readonly command: string;
  readonly lines: readonly string[];
  readonly result: unknown;
  readonly step: StepRecord;
  /** Commit that holds the files of this act, when it changed any. */
  readonly commit?: string;
}
