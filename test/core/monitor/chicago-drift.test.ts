import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/core/calendar.js';
import { sortedPresent } from '../../../src/core/monitor/binner.js';
import { wassersteinDistance } from '../../../src/core/monitor/detectors/wasserstein.js';
import type { ColumnDrift, ColumnReference } from '../../../src/core/monitor/column-reference.js';
import { addDrift, driftReport, emptyDrift, makeDriftReference } from '../../../src/core/monitor/drift-report.js';
import { windowOf } from '../../../src/core/monitor/windows.js';
import { readChicago } from './chicago.js';

interface Figures {
  readonly n: number;
  readonly ks: number;
  readonly ks_p: number;
  readonly psi_decile: number;
  readonly wasserstein: number;
}
interface Golden {
  readonly quarters: Record<string, { training: Record<string, Figures>; season: Record<string, Figures> }>;
  readonly years: Record<string, Record<string, Figures>>;
}

const golden = JSON.parse(readFileSync('test/core/monitor/chicago-golden.json', 'utf8')) as Golden;
const chicago = readChicago();
const features = Object.keys(golden.quarters['2005Q1']!.training);
const columns = features.map((name) => chicago.column(name));
const released = chicago.days.indexOf(dayOf('2005-01-01'));
const reference = makeDriftReference(features, columns.map((column) => column.slice(0, released)), chicago.days.subarray(0, released), 'quarter');

function reportOf(belongs: (day: number) => boolean, season: number): ReturnType<typeof driftReport> {
  const counts = emptyDrift(reference, season);
  for (let row = released; row < chicago.days.length; row++) if (belongs(chicago.days[row]!)) addDrift(reference, counts, columns, row, row + 1);
  return driftReport(reference, counts);
}

function expectFigures(drift: ColumnDrift, figures: Figures, column: ColumnReference): void {
  expectNear(drift.ks, figures.ks);
  expectNear(drift.ksPValue, figures.ks_p);
  // Where deciles coincide the reference says 0; ours then looks at each value, so there is nothing to compare.
  if (column.binning === 'deciles') expectNear(drift.psi, figures.psi_decile);
  else expect(figures.psi_decile).toBe(0);
}

function expectNear(ours: number | null, expected: number): void {
  expect(Math.abs(ours! - expected)).toBeLessThanOrEqual(Math.max(1e-6 * expected, 1e-12));
}

describe('drift of the Chicago columns since 2001–2004', () => {
  for (const [quarter, { training, season }] of Object.entries(golden.quarters)) {
    it(`${quarter} agrees with scipy against all of training and against the same quarter`, () => {
      const report = reportOf((day) => windowOf(day, 'quarter').key === quarter, Number(quarter.at(-1)) - 1);
      report.forEach((drift, f) => {
        expect(drift.rows).toBe(training[drift.feature]!.n);
        expectFigures(drift.training, training[drift.feature]!, reference.training[f]!);
        expectFigures(drift.season!, season[drift.feature]!, reference.seasons[Number(quarter.at(-1)) - 1]![f]!);
      });
    });
  }

  for (const [year, figures] of Object.entries(golden.years)) {
    it(`the whole of ${year} agrees with scipy`, () => {
      const report = reportOf((day) => windowOf(day, 'month').key.startsWith(year), 0);
      report.forEach((drift, f) => figures[drift.feature] && expectFigures(drift.training, figures[drift.feature]!, reference.training[f]!));
    });
  }

  it('shows the trap: summer is far from the whole year and near to earlier summers', () => {
    const temperature = reportOf((day) => windowOf(day, 'quarter').key === '2015Q3', 2).find(({ feature }) => feature === 'temp')!;
    expect(temperature.training.psi!).toBeCloseTo(4.8, 1);
    expect(temperature.season!.psi!).toBeCloseTo(0.14, 2);
  });

  it('measures the Wasserstein distance in the unit of the column', () => {
    const column = chicago.column('temp');
    const quarter = column.filter((_, row) => windowOf(chicago.days[row]!, 'quarter').key === '2005Q1');
    const distance = wassersteinDistance(sortedPresent(column.slice(0, released)), sortedPresent(quarter))!;
    expect(distance).toBeCloseTo(golden.quarters['2005Q1']!.training['temp']!.wasserstein, 5);
  });
});
