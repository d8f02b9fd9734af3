import { LabError } from '../core/lab-error.js';
import { dateOf, DAY_MS } from '../core/calendar.js';
import { parseCsv } from '../core/table/csv-parser.js';
import type { ColumnType } from '../core/table/table.js';
import { sourceName, type Collected } from './collect-parts.js';
import { STREAM_DATASET, STREAM_INTERVAL, streamOf } from './data-sources.js';
import { findStreamFaults } from './stream-faults.js';
import type { VerbContext } from './verb.js';

/** Seed of the stream when none is named. */
export const STREAM_SEED = 7;

/** The first events of the station as they arrived, faults and all, with a report of what is wrong with them. Throws `flag-value`. */
export async function collectStream({ session, progress, breathe }: VerbContext, count: number | undefined, seed: number, name: string | undefined, types: Record<string, ColumnType>): Promise<Collected> {
  const dataset = await sourceName(session, name, 'station');
  if (!Number.isSafeInteger(seed) || seed < 0) throw new LabError('flag-value', { flag: '--seed', value: String(seed), expected: 'whole number from 0' });
  const all = await streamOf(session, seed);
  const most = count ?? all.length;
  if (!Number.isInteger(most) || most < 1 || most > all.length) throw new LabError('flag-value', { flag: '--events', value: String(count), expected: `1 to ${all.length}` });
  const events = all.slice(0, most);
  const lines: string[] = [];
  for (const [i, { sensor, time, value }] of events.entries()) {
    lines.push(`${i + 1},${sensor},${dateOf(Math.floor(time / DAY_MS))},${value}`);
    if (i % 500 === 0) {
      progress({ done: i, total: most, note: 'reading' });
      await breathe();
    }
  }
  const content = new TextEncoder().encode(`arrival,sensor,event_date,temperature\n${lines.join('\n')}\n`);
  const { table, notes } = parseCsv(content, { types: { event_date: 'date', temperature: 'number', sensor: 'text', ...types } });
  const faults = findStreamFaults(events, STREAM_INTERVAL);
  const { source, licence } = await session.dataset(STREAM_DATASET);
  return {
    table,
    content,
    notes,
    facts: { dataset, source: `sensor stream of the lab (${source})`, licence, time: 'event_date', drop: [], categorical: [] },
    provenance: { from: 'stream', query: `station-1, seed ${seed}, ${most} events`, again: { stream: true, events: most, seed, name: dataset }, met: { ...faults } },
    lines: [`  ${faults.duplicates} sent twice, ${faults.outOfOrder} out of order, ${faults.missing} missing in ${faults.gaps} gaps, ${faults.stuckEvents} stuck in ${faults.stuckRuns} runs`],
  };
}
