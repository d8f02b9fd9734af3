import { DAY_MS } from '../../core/calendar.js';
import { addDrift, driftReport, emptyDrift, makeDriftReference, type DriftReference, type FeatureDrift } from '../../core/monitor/drift-report.js';
import type { MonitoringPolicy } from '../../core/monitor/policy.js';
import type { TimeWindow } from '../../core/monitor/windows.js';
import type { Recipe, TextStep } from '../../core/prepare/recipe.js';
import { isLevelStep } from '../../core/prepare/step-outputs.js';
import { termsOf } from '../../core/prepare/text-tokens.js';
import { cellText, columnOf, selectRows } from '../../core/table/select.js';
import type { Column, Table } from '../../core/table/table.js';
import { featuredTable } from '../engineering/featured-data.js';
import type { ModelArtefact } from './artefacts.js';
import type { Session } from './session.js';

/** What a version learned from, ready to compare later rows with. */
export function driftReference(session: Session, artefact: ModelArtefact, digest: string, period: MonitoringPolicy['window']): Promise<DriftReference> {
  return session.artefacts.keep(`drift ${digest} ${period}`, async () => {
    const { split } = await session.artefacts.prepared(artefact.preparedDigest);
    const raw = await featuredTable(session, artefact.dataDigest, split.columns, artefact.recipe);
    const rows = selectRows(raw, split.train);
    const time = split.time === undefined ? undefined : columnOf(rows, split.time);
    const days = time && time.type !== 'text' ? time.values.map((ms) => Math.floor(ms / DAY_MS)) : new Float64Array(rows.rows);
    return makeDriftReference(featureNames(artefact.recipe), featureColumns(artefact.recipe, rows), days, period);
  });
}

/** Drift of each feature over some rows of the log, against all of training and against the window's season. */
export function measureDrift(reference: DriftReference, recipe: Recipe, log: Table, rows: readonly number[], window: TimeWindow): FeatureDrift[] {
  const counts = emptyDrift(reference, window.season);
  const part = selectRows(log, rows);
  addDrift(reference, counts, featureColumns(recipe, part), 0, part.rows);
  return driftReport(reference, counts);
}

const featureNames = (recipe: Recipe): string[] => recipe.steps.map(({ name }) => name);

/** One array of numbers for each raw input; words become the place of their level in the recipe, -1 when unknown, and texts the share of their terms that is known. */
function featureColumns(recipe: Recipe, table: Table): Float64Array[] {
  return recipe.steps.map((step) => {
    const column = columnOf(table, step.name);
    return step.kind === 'text' ? knownShares(column, step, table.rows) : numbersOf(column, isLevelStep(step) ? step.levels : []);
  });
}

function knownShares(column: Column, { vectors }: TextStep, rows: number): Float64Array {
  const known = new Set(vectors.vocabulary);
  return Float64Array.from({ length: rows }, (_, row) => {
    const terms = termsOf(cellText(column, row), vectors.tokens);
    return terms.filter((term) => known.has(term)).length / terms.length;
  });
}

function numbersOf(column: Column, levels: readonly string[]): Float64Array {
  if (column.type !== 'text') return column.values;
  const places = column.levels.map((level) => levels.indexOf(level));
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : places[code]!));
}
