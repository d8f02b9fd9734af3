import type { FeatureOutcome } from '../../core/features/apply-features.js';
import { madeBy, readBy, servedBy, type FeatureStep, type ServedBy } from '../../core/features/feature-step.js';
import { formatFeatures, parseFeatures } from '../../core/features/features-file.js';
import { cellText, columnOf, hasColumn } from '../../core/table/select.js';
import type { ColumnType, Table } from '../../core/table/table.js';
import { readCleaned } from '../cleaning/cleaned-data.js';
import { featuresDigest, makeFeatures, readFeatures, readPurpose } from '../engineering/featured-data.js';
import { FEATURES } from '../engineering/paths.js';
import { featureStepOf, type FeatureArgs } from '../engineering/step-args.js';
import { pointerOf } from '../project/artefacts.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

const SAMPLE = 8;

/** Rows of some columns as text; `made` says which of them the step makes. */
export interface FeatureRows {
  readonly columns: readonly { readonly name: string; readonly made: boolean }[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** The recipe of features with what each step makes of the data now. */
export interface FeaturesView {
  readonly steps: readonly { readonly step: FeatureStep; readonly outcome: FeatureOutcome; readonly served: ServedBy; readonly example: FeatureRows }[];
  /** All columns that a next step could read. */
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly made: boolean }[];
  readonly target?: string;
  readonly time?: string;
  /** Rows that teach what is learned, and whether what was prepared went through the recipe as it is now. */
  readonly train: number;
  readonly stale: boolean;
}

/** What a step would make, before it is kept. */
export interface FeaturePreview {
  readonly step: FeatureStep;
  readonly outcome: FeatureOutcome;
  readonly example: FeatureRows;
}

/** The recipe, its outcomes and example rows; throws what reading and applying it throw. */
export async function featureRecipe(session: Session): Promise<FeaturesView> {
  const data = await readCleaned(session);
  const steps = await readFeatures(session.platform);
  const purpose = await readPurpose(session.platform, data);
  const { table, outcomes } = await makeFeatures(session, data, steps, purpose);
  const pointer = await pointerOf(session.platform, PATHS.prepared);
  const split = pointer && (await session.artefacts.prepared(pointer.md5)).split;
  return {
    steps: steps.map((step, i) => ({ step, outcome: outcomes[i]!, served: servedBy(step), example: exampleOf(step, outcomes[i]!, table) })),
    columns: table.columns.map(({ name, type }) => ({ name, type, made: !hasColumn(data.cleaned.table, name) })),
    ...(purpose.target === undefined ? {} : { target: purpose.target }),
    ...(purpose.time === undefined ? {} : { time: purpose.time }),
    train: purpose.train.length,
    stale: split !== undefined && split.features !== featuresDigest(steps),
  };
}

/** What `lab features` with these arguments would add; throws what it would throw. */
export async function featurePreview(session: Session, args: VerbArgs): Promise<FeaturePreview> {
  const data = await readCleaned(session);
  const kept = await readFeatures(session.platform);
  const purpose = await readPurpose(session.platform, data);
  const steps = parseFeatures(formatFeatures([...kept, featureStepOf(args as FeatureArgs, purpose.time)]), FEATURES.recipe);
  const { table, outcomes } = await makeFeatures(session, data, steps, purpose);
  const [step, outcome] = [steps.at(-1)!, outcomes.at(-1)!];
  return { step, outcome, example: exampleOf(step, outcome, table) };
}

/** Rows without a value first, then rows spread over the table, since the first rows of a history have nothing behind them. */
function exampleOf(step: FeatureStep, { undefinedRows }: FeatureOutcome, table: Table): FeatureRows {
  const made = new Set(madeBy(step));
  const names = [...new Set([...readBy(step), ...made])];
  const spread = Array.from({ length: Math.min(SAMPLE, table.rows) }, (_, i) => Math.floor((i * table.rows) / Math.min(SAMPLE, table.rows)));
  const rows = [...new Set([...undefinedRows.slice(0, 2), ...spread])].slice(0, SAMPLE);
  const columns = names.map((name) => columnOf(table, name));
  return { columns: names.map((name) => ({ name, made: made.has(name) })), rows: rows.map((row) => ({ row: row + 1, cells: columns.map((column) => cellText(column, row)) })) };
}
