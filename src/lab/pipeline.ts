import { applyCleaning } from '../core/clean/apply-cleaning.js';
import { formatCleaning } from '../core/clean/clean-file.js';
import { applyFeatures } from '../core/features/apply-features.js';
import { droppedBy, madeBy } from '../core/features/feature-step.js';
import { formatFeatures } from '../core/features/features-file.js';
import { LabError } from '../core/lab-error.js';
import { labelledRows } from '../core/prepare/apply-recipe.js';
import { fitRecipe } from '../core/prepare/fit-recipe.js';
import type { PrepareChoices } from '../core/prepare/recipe.js';
import { splitRows } from '../core/prepare/split.js';
import { hasColumn } from '../core/table/select.js';
import type { Table } from '../core/table/table.js';
import { readCleaning } from './cleaning/cleaned-data.js';
import { QUALITY } from './cleaning/paths.js';
import { readFeatures } from './engineering/featured-data.js';
import { FEATURES } from './engineering/paths.js';
import { chooseDefaults } from './prepare.js';
import { readRawFacts, requirePointer, type RawFacts } from './project/artefacts.js';
import { readParams, readText, writeParams } from './project/files.js';
import { PATHS } from './project/paths.js';
import { STARTER_FILES } from './project/starter-pipeline.js';
import type { Platform } from './platform.js';
import { defineVerb } from './verb.js';

/** Writes a pipeline to start from, for the collected data; never over files that are there. Throws `missing-step`, `pipeline-exists` {path}. */
export const pipeline = defineVerb({
  name: 'pipeline',
  summary: 'write a pipeline to start from: dvc.yaml and the source of its stages',
  flags: {},
  async run({ platform, session }) {
    const raw = await requirePointer(platform, PATHS.raw, 'collect');
    const facts = await readRawFacts(platform);
    for (const path of Object.keys(STARTER_FILES)) if ((await readText(platform, path)) !== undefined) throw new LabError('pipeline-exists', { path });
    const steps = await readCleaning(platform);
    const { table: clean } = applyCleaning(await session.artefacts.table(raw.md5, facts.columns), steps);
    const features = await readFeatures(platform);
    const choices = await chooseAsBefore(platform, facts, clean, features.flatMap(madeBy));
    const train = labelledRows(clean, choices.target, splitRows(clean, choices.split, choices.target, choices.time).train);
    const { table } = applyFeatures(clean, features, train, choices.target);
    const isRegression = fitRecipe(table, train, { ...choices, drop: [...choices.drop, ...droppedBy(features)] }).recipe.task === 'regression';
    for (const [path, text] of Object.entries(STARTER_FILES)) await platform.files.write(path, isRegression ? text : text.replace('template: scatter', 'template: confusion'));
    // The stages depend on the recipes from the start, so that a step which is added later makes them run again.
    if ((await readText(platform, QUALITY.cleaning)) === undefined) await platform.files.write(QUALITY.cleaning, formatCleaning([]));
    if ((await readText(platform, FEATURES.recipe)) === undefined) await platform.files.write(FEATURES.recipe, formatFeatures([]));
    await writeParams(platform, 'pipeline', { types: facts.columns, prepare: choices, train: { model: isRegression ? 'linear' : 'logistic', seed: 7 } });
    const files = [...Object.keys(STARTER_FILES), QUALITY.cleaning, FEATURES.recipe, PATHS.params];
    return {
      result: { files },
      lines: files.map((path) => `wrote ${path}`),
      step: { object: { type: 'pipeline', id: 'dvc.yaml' } },
      files,
      message: 'pipeline: write the stages to start from',
    };
  },
});

/** What was prepared last, when these data were prepared and still have its columns; else what the facts suggest. */
async function chooseAsBefore(platform: Platform, facts: RawFacts, table: Table, made: readonly string[]): Promise<PrepareChoices> {
  const found = await readParams<PrepareChoices & { since?: string }>(platform, 'prepare');
  if (!found?.target || !found.split || !Array.isArray(found.drop) || !Array.isArray(found.categorical)) return chooseDefaults(facts, table, {});
  const { since: _since, ...choices } = found as PrepareChoices & { since?: string };
  const named = [choices.target, ...choices.drop, ...choices.categorical, ...Object.keys(choices.transforms ?? {}), ...(choices.time === undefined ? [] : [choices.time])];
  return named.every((name) => hasColumn(table, name) || made.includes(name)) ? choices : chooseDefaults(facts, table, {});
}
