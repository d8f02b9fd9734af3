import type { Snapshot } from './views/snapshot.js';

/** What the page learns when a project opens. */
export interface OpenedProject {
  readonly project: string;
  readonly readOnly: boolean;
  readonly snapshot: Snapshot;
}

/** Space used and whether the browser promised to keep it; bytes. */
export interface StorageReport {
  readonly used: number;
  readonly quota: number;
  readonly persistent: boolean;
}
