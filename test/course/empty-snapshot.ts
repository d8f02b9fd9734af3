import type { Snapshot } from '../../src/lab/views/snapshot.js';

/** A project in which nothing was done. */
export const emptySnapshot: Snapshot = {
  stages: { data: 'ready', train: 'empty', evaluate: 'empty', register: 'empty', deploy: 'empty', monitor: 'empty', retrain: 'empty', retire: 'empty' },
  git: {}, journal: { length: 0, head: '0'.repeat(64) }, world: { labelDelay: 0, injections: [] }, runs: [], versions: [], services: [], monitors: [],
};
