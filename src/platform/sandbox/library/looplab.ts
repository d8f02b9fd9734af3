import { evaluateModel as evaluateFitted } from '../../../core/evaluate/metric-names.js';
import type { CleanStep } from '../../../core/clean/clean-step.js';
import type { Recipe } from '../../../core/prepare/recipe.js';
import { codedOutputs } from '../../../core/prepare/step-outputs.js';
import { parseCsv } from '../../../core/table/csv-parser.js';
import type { ColumnType, Matrix, Table } from '../../../core/table/table.js';
import { writeCsv } from '../../../core/table/write-csv.js';
import { fitModel as fitSteps, settingsOf } from '../../../core/train/fit.js';
import type { FittedModel } from '../../../core/train/model.js';
import { findFile, keepFile, run } from './run-state.js';

export { applyCleaning } from '../../../core/clean/apply-cleaning.js';
export { validateTable } from '../../../core/contract/validate-table.js';
export { applyRecipe, labelledRows, targetValues } from '../../../core/prepare/apply-recipe.js';
export { fitRecipe } from '../../../core/prepare/fit-recipe.js';
export { trainingInputs } from '../../../core/prepare/training-inputs.js';
export { splitRows } from '../../../core/prepare/split.js';
export { columnOf, selectRows } from '../../../core/table/select.js';
export { predict } from '../../../core/train/fit.js';
export * from './nets.js';

/** What a parsed file may hold: anything, as with `JSON.parse`. */
type Parsed = ReturnType<typeof JSON.parse>;

/** The values of `params.yaml`. */
export const params = run.input.params as Parsed;

/** The words behind the file name in `cmd`. */
export const argv = run.input.argv;

/** Text of a dependency of this stage. */
export const readText = (path: string): string => new TextDecoder().decode(findFile(path));

/** Writes an output of this stage. */
export const writeText = (path: string, text: string): void => keepFile(path, new TextEncoder().encode(String(text)));

export const readJson = (path: string): Parsed => JSON.parse(readText(path));

/** Values of a dependency in YAML, such as `data/contract.yaml`; the lab reads it before the run. */
export const readYaml = (path: string): Parsed => JSON.parse(readText(`${path}.json`));

/** Steps of the cleaning recipe, for `applyCleaning`; the lab has checked them before the run. */
export const readCleaning = (path = 'data/clean.yaml'): readonly CleanStep[] => (readYaml(path) as { readonly steps: readonly CleanStep[] }).steps;

/** Writes JSON, indented, with a line break at its end. */
export const writeJson = (path: string, value: unknown): void => writeText(path, `${JSON.stringify(value, null, 2)}\n`);

/** Reads a CSV dependency; `types` by column name where guessing is not enough. */
export const readTable = (path: string, types?: Readonly<Record<string, ColumnType>>): Table => parseCsv(findFile(path), types ? { types } : {}).table;

/** Writes a table as CSV. */
export const writeTable = (path: string, table: Table): void => keepFile(path, writeCsv(table));

/** Fits a model on prepared rows (`trainingInputs` gives them); `settings` overrides the defaults of its kind. */
export function fitModel(kind: string, recipe: Recipe, x: Matrix, y: Float64Array, settings: Readonly<Record<string, unknown>> = {}, seed = 7): FittedModel {
  const categorical = codedOutputs(recipe);
  const data = { x, y, task: recipe.task, classes: recipe.classes?.length ?? 0, features: recipe.outputs, ...(categorical.length > 0 ? { categorical } : {}) };
  const fitting = fitSteps(kind, data, settingsOf(kind, settings), seed);
  for (;;) {
    const step = fitting.next();
    if (step.done) return step.value;
  }
}

/** Metrics of a model on rows by name. */
export const evaluateModel = (model: FittedModel, x: Matrix, y: Float64Array): Record<string, number> => evaluateFitted(model, x, y);
