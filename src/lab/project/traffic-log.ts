import type { Table } from '../../core/table/table.js';

/** One service's requests as the log keeps them, oldest first; `actual` is NaN until the label has arrived. */
export interface TrafficLog {
  readonly table: Table;
  readonly days: Int32Array;
  readonly versions: Float64Array;
  readonly predicted: Float64Array;
  readonly actual: Float64Array;
}
