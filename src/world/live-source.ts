import { DAY_MS, dayOf } from '../core/calendar.js';
import { LabError } from '../core/lab-error.js';
import { columnOf } from '../core/table/select.js';
import type { Column, Table } from '../core/table/table.js';
import type { Injection, WorldState } from './world-state.js';

/** A time-ordered table that the world hands out day by day. */
export class LiveSource {
  readonly days: Int32Array;

  constructor(
    /** The true rows, whatever the sensors report. */
    readonly table: Table,
    readonly time: string,
  ) {
    const column = columnOf(table, time);
    if (column.type !== 'date') throw new LabError('split-needs-time', { column: time });
    this.days = Int32Array.from(column.values, (ms) => Math.floor(ms / DAY_MS));
  }

  /** Rows whose label is known at `world.now`: the archive before the start, and later rows once the delay has passed. */
  knownRows(world: WorldState): Int32Array {
    const start = dayOf(world.start);
    const arrived = dayOf(world.now) - world.labelDelay;
    return this.rowsWhere((day) => day < start || day < arrived);
  }

  /** Rows of the days from `from` up to, but without, `to`. */
  rowsBetween(from: string, to: string): Int32Array {
    const [first, last] = [dayOf(from), dayOf(to)];
    return this.rowsWhere((day) => day >= first && day < last);
  }

  /** The whole source as the sensors report it, injections applied from their dates on. */
  observed(injections: readonly Injection[]): Table {
    if (injections.length === 0) return this.table;
    return { rows: this.table.rows, columns: this.table.columns.map((column) => this.inject(column, injections)) };
  }

  private inject(column: Column, injections: readonly Injection[]): Column {
    const own = injections.filter((injection) => injection.column === column.name);
    if (own.length === 0 || column.type === 'text') return column;
    const values = column.values.slice();
    for (const { from, factor, offset } of own) {
      const first = dayOf(from);
      for (let row = 0; row < values.length; row++) if (this.days[row]! >= first) values[row] = values[row]! * factor + offset;
    }
    return { ...column, type: 'number', values };
  }

  private rowsWhere(keep: (day: number) => boolean): Int32Array {
    const rows: number[] = [];
    this.days.forEach((day, row) => keep(day) && rows.push(row));
    return Int32Array.from(rows);
  }
}
