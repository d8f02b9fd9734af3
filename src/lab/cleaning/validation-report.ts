import type { Finding } from '../../core/contract/contract.js';

/** A broken promise with the lines of `data/raw.csv` that show it. */
export interface ReportedFinding extends Omit<Finding, 'examples'> {
  readonly examples: readonly { readonly line: number; readonly value: string }[];
}

/** What `reports/validation.json` holds. */
export interface ValidationReport {
  readonly version: 1;
  readonly on: 'cleaned' | 'raw';
  /** md5 of the raw data. */
  readonly data: string;
  readonly rows: number;
  readonly columns: number;
  readonly passed: boolean;
  readonly findings: readonly ReportedFinding[];
}
