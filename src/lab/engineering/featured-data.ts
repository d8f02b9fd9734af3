import { applyFeatures, type Featured } from '../../core/features/apply-features.js';
import type { FeatureStep } from '../../core/features/feature-step.js';
import { formatFeatures, parseFeatures } from '../../core/features/features-file.js';
import { wholeTable } from '../../core/features/recipe-features.js';
import { labelledRows } from '../../core/prepare/apply-recipe.js';
import type { PrepareChoices, Recipe } from '../../core/prepare/recipe.js';
import { splitRows } from '../../core/prepare/split.js';
import { hasColumn } from '../../core/table/select.js';
import type { ColumnType, Table } from '../../core/table/table.js';
import { md5Hex } from '../../core/version/md5.js';
import type { CleanedData } from '../cleaning/cleaned-data.js';
import type { Platform } from '../platform.js';
import { readParams, readText } from '../project/files.js';
import type { Session } from '../project/session.js';
import { FEATURES } from './paths.js';

/** Steps of `data/features.yaml`, [] when there is none; throws `bad-yaml`, `bad-features`. */
export async function readFeatures(platform: Platform): Promise<readonly FeatureStep[]> {
  const text = await readText(platform, FEATURES.recipe);
  return text === undefined ? [] : parseFeatures(text, FEATURES.recipe);
}

/** md5 that tells one recipe from another; undefined for no step. */
export const featuresDigest = (steps: readonly FeatureStep[]): string | undefined => (steps.length === 0 ? undefined : md5Hex(new TextEncoder().encode(formatFeatures(steps))));

/** All rows of stored raw data with the features of a model's recipe. */
export async function featuredTable(session: Session, digest: string, columns: Readonly<Record<string, ColumnType>>, recipe: Recipe): Promise<Table> {
  const raw = await session.artefacts.table(digest, columns);
  if (!recipe.features) return raw;
  const inputs = recipe.steps.map(({ name }) => name);
  return session.artefacts.keep(`featured ${digest} ${JSON.stringify([columns, recipe.features, recipe.clean, inputs])}`, async () => wholeTable(recipe, raw));
}

/** Gives a fold's table; it is made anew only where a step learns from the training rows. */
export function foldTables(cleaned: Table, steps: readonly FeatureStep[], target: string): (train: Int32Array) => Table {
  if (steps.some((step) => step.do === 'group')) return (train) => applyFeatures(cleaned, steps, train, target).table;
  const { table } = applyFeatures(cleaned, steps, [], target);
  return () => table;
}

/** What features are made for: the target, the column of time, and the rows of the cleaned table that may teach. */
export interface Purpose {
  readonly target?: string;
  readonly time?: string;
  readonly train: Int32Array;
  /** The last preparation's choices, when there was one of these data. */
  readonly choices?: PrepareChoices;
}

/** What is prepared for according to `params.yaml`, else to the data's facts; without either all rows teach. */
export async function readPurpose(platform: Platform, { facts, cleaned: { table } }: CleanedData): Promise<Purpose> {
  const kept = await readParams<PrepareChoices>(platform, 'prepare');
  const choices = kept?.split && Array.isArray(kept.drop) && Array.isArray(kept.categorical) && kept.target !== undefined && hasColumn(table, kept.target) ? (kept as PrepareChoices) : undefined;
  const [target, time] = [choices?.target ?? facts.target, choices?.time ?? facts.time];
  const named = { ...(target === undefined ? {} : { target }), ...(time === undefined ? {} : { time }) };
  if (!choices) return { ...named, train: Int32Array.from({ length: table.rows }, (_, row) => row) };
  return { ...named, choices, train: labelledRows(table, choices.target, splitRows(table, choices.split, choices.target, choices.time).train) };
}

/** Applies the steps to the cleaned data for that purpose. */
export const makeFeatures = (session: Session, { digest, steps, facts, cleaned }: CleanedData, features: readonly FeatureStep[], { target, train, choices }: Purpose): Promise<Featured> =>
  session.artefacts.keep(`made ${digest} ${JSON.stringify([facts.columns, steps, features, target, choices?.split])}`, async () => applyFeatures(cleaned.table, features, train, target));
