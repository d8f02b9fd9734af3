import type { LeakFinding } from '../../core/prepare/leakage.js';
import type { VerbArgs } from '../verb.js';

/** An act that mends a leak: for a button, and as the command that a learner would type. */
export interface Remedy {
  readonly verb: 'prepare' | 'clean';
  readonly args: VerbArgs;
  readonly command: string;
}

/** A leak with the lines of `data/raw.csv` that show it and the command that mends it. */
export interface ReportedLeak extends Omit<LeakFinding, 'kind' | 'rows'> {
  readonly kind: LeakFinding['kind'] | 'limits-from-all-rows' | 'label-before-it-arrives';
  readonly lines: readonly number[];
  readonly remedy?: Remedy;
}

/** What `reports/leakage.json` holds. */
export interface LeakageReport {
  readonly version: 1;
  readonly prepared: string;
  readonly train: number;
  readonly test: number;
  readonly findings: readonly ReportedLeak[];
}
