import type { GroupMetrics } from './group-metrics.js';

/** A group of which too little is known for its rates to be trusted. */
export interface SmallGroup {
  readonly group: string;
  readonly rows: number;
  /** Half the width of the 95 % interval of its selection rate. */
  readonly uncertainty: number;
}

/** Groups with fewer than `minRows` rows, smallest first; a difference that rests on them may be chance. */
export function smallGroups(groups: readonly GroupMetrics[], minRows = 30): SmallGroup[] {
  return groups
    .filter(({ rows }) => rows < minRows)
    .sort((a, b) => a.rows - b.rows)
    .map(({ group, rows, selectionInterval }) => ({ group, rows, uncertainty: selectionInterval ? (selectionInterval.high - selectionInterval.low) / 2 : 1 }));
}
