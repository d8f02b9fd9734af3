import { droppedBy, madeBy, type FeatureStep } from '../../core/features/feature-step.js';
import { fitRecipe } from '../../core/prepare/fit-recipe.js';
import type { PrepareChoices } from '../../core/prepare/recipe.js';
import type { Table } from '../../core/table/table.js';
import type { CleanedData } from '../cleaning/cleaned-data.js';
import { chooseDefaults } from '../prepare.js';
import type { VerbContext } from '../verb.js';
import type { Purpose } from './featured-data.js';
import { divideForRanking, permuteColumns, rankColumns, type RankedFeature } from './rank-features.js';
import { quickModelFor, type FeatureArgs, type Ranking } from './step-args.js';

/** `reports/features-ranking.json`: the inputs, best first. */
export interface RankingReport {
  readonly version: 1;
  readonly by: Ranking;
  readonly target: string;
  readonly rows: number;
  /** Rows that the permutation was judged on. */
  readonly validation?: number;
  readonly model?: string;
  /** `value` is the figure ranked by, of a correlation without its sign. */
  readonly features: readonly (RankedFeature & { readonly value: number | null; readonly made: boolean })[];
}

/** What is ranked: a table with the features made, and what it is prepared for. */
export interface RankingQuestion {
  readonly table: Table;
  readonly steps: readonly FeatureStep[];
  readonly purpose: Purpose;
  readonly choices: PrepareChoices;
}

/** The last preparation's choices, else those that the data's facts suggest; throws `flag-required` without a target. */
export const choicesFor = ({ facts, cleaned }: CleanedData, { choices }: Purpose): PrepareChoices => choices ?? chooseDefaults(facts, cleaned.table, {});

/** Ranks the inputs that preparation would take, on the training rows alone. */
export async function rankInputs(context: VerbContext, { table, steps, purpose, choices: base }: RankingQuestion, args: FeatureArgs): Promise<RankingReport> {
  const by = args.select as Ranking;
  const seed = args.seed ?? 7;
  const choices = { ...base, drop: [...base.drop, ...droppedBy(steps)] };
  const { train } = purpose;
  context.progress({ done: 0, total: 2, note: 'ranking' });
  await context.breathe();
  const { recipe } = fitRecipe(table, train, choices);
  const model = quickModelFor(recipe.task, args.model);
  const columns = rankColumns(table, train, recipe, seed);
  context.progress({ done: 1, total: 2, note: 'ranking' });
  const parts = divideForRanking(train, choices.split.kind === 'time', seed);
  const drops = by === 'permutation' ? await permuteColumns(context, table, parts, choices, model, seed) : undefined;
  const made = new Set(steps.flatMap(madeBy));
  const features = columns.map((column) => {
    const permuted = drops?.get(column.name);
    const ranked: RankedFeature = permuted ? { ...column, permutation: permuted } : column;
    return { ...ranked, value: valueOf(ranked, by), made: made.has(column.name) };
  });
  features.sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || 0);
  return { version: 1, by, target: recipe.target, rows: train.length, ...(drops ? { validation: parts.validation.length, model } : {}), features };
}

function valueOf({ variance, correlation, mutualInformation, permutation }: RankedFeature, by: Ranking): number | null {
  if (by === 'variance') return variance;
  if (by === 'correlation') return correlation === null ? null : Math.abs(correlation);
  return by === 'mutual-information' ? mutualInformation : (permutation?.mean ?? null);
}
