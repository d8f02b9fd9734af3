import { DAY_MS, dateOf } from '../../core/calendar.js';
import type { FittedFeature } from '../../core/features/derive-step.js';
import { isHistory } from '../../core/features/feature-step.js';
import { featureTable, pastOf } from '../../core/features/recipe-features.js';
import type { Recipe } from '../../core/prepare/recipe.js';
import { columnOf } from '../../core/table/select.js';
import type { ColumnType, Table } from '../../core/table/table.js';
import { pointerOf, readRawFacts } from '../project/artefacts.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import { loadWorld } from '../project/state.js';

/**
 * The rows that a service looks back at: those that the project collected last, cleaned as the model's were; undefined where none is needed,
 * or where the project now holds other data, since a service must not stop for it.
 */
export async function collectedPast(session: Session, recipe: Recipe): Promise<Table | undefined> {
  if (recipe.features?.past === undefined) return undefined;
  const pointer = await pointerOf(session.platform, PATHS.raw);
  if (!pointer) return undefined;
  const { columns } = await readRawFacts(session.platform);
  const raw = await session.artefacts.table(pointer.md5, columns);
  return session.artefacts.keep(`past ${pointer.md5} ${JSON.stringify([columns, recipe.features])}`, async () => usablePast(recipe, raw));
}

/** ISO date of the newest row that the recipe's features look back at. */
export function newestIn({ features }: Recipe, past: Table): string | undefined {
  const times = new Set(features?.steps.flatMap(({ step }) => (isHistory(step) ? [step.time] : [])));
  const newest = [...times].flatMap((name) => {
    const column = columnOf(past, name);
    return column.type === 'text' ? [] : [column.values.reduce((latest, ms) => (ms > latest ? ms : latest), -Infinity)];
  });
  const oldest = Math.min(...newest);
  return Number.isFinite(oldest) ? dateOf(Math.floor(oldest / DAY_MS)) : undefined;
}

function usablePast(recipe: Recipe, raw: Table): Table | undefined {
  try {
    const past = pastOf(recipe, raw);
    const fits = past && recipe.features!.sources.every(({ name, type }) => kindOf(columnOf(past, name).type) === kindOf(type));
    return fits ? past : undefined;
  } catch {
    return undefined;
  }
}

const kindOf = (type: ColumnType): string => (type === 'integer' ? 'number' : type);

/**
 * Rows of the live source with the features of a recipe. They look back at the days before them as the sensors reported those; a label
 * counts only once its delay has passed.
 */
export async function liveTable(session: Session, recipe: Recipe, rows: Table): Promise<Table> {
  if (!recipe.features) return rows;
  const world = await loadWorld(session.platform);
  if (!world || recipe.features.past === undefined) return featureTable(recipe, rows);
  const source = await session.liveSource(world.dataset);
  const past = pastOf(recipe, source.observed(world.injections));
  const features = { ...recipe.features, steps: recipe.features.steps.map((own) => withDelay(own, recipe.target, world.labelDelay)) };
  return featureTable({ ...recipe, features }, rows, past);
}

function withDelay(own: FittedFeature, target: string, days: number): FittedFeature {
  const { step } = own;
  return isHistory(step) && step.column === target ? { ...own, step: { ...step, gap: Math.max(step.gap ?? 0, days) } } : own;
}
