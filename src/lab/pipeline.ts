import { LabError } from '../core/lab-error.js';
import { labelledRows } from '../core/prepare/apply-recipe.js';
import { fitRecipe } from '../core/prepare/fit-recipe.js';
import { splitRows } from '../core/prepare/split.js';
import { chooseDefaults } from './prepare.js';
import { readRawFacts, requirePointer } from './project/artefacts.js';
import { readText, writeParams } from './project/files.js';
import { PATHS } from './project/paths.js';
import { STARTER_FILES } from './project/starter-pipeline.js';
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
    const table = await session.artefacts.table(raw.md5, facts.columns);
    const choices = chooseDefaults(facts, table, {});
    const isRegression = fitRecipe(table, labelledRows(table, choices.target, splitRows(table, choices.split, choices.target, choices.time).train), choices).recipe.task === 'regression';
    for (const [path, text] of Object.entries(STARTER_FILES)) await platform.files.write(path, isRegression ? text : text.replace('template: scatter', 'template: confusion'));
    await writeParams(platform, 'pipeline', { types: facts.columns, prepare: choices, train: { model: isRegression ? 'linear' : 'logistic', seed: 7 } });
    const files = [...Object.keys(STARTER_FILES), PATHS.params];
    return {
      result: { files },
      lines: files.map((path) => `wrote ${path}`),
      step: { object: { type: 'pipeline', id: 'dvc.yaml' } },
      files,
      message: 'pipeline: write the stages to start from',
    };
  },
});
