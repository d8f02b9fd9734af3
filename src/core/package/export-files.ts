import { exampleOf } from './example-rows.js';
import { mlflowModelFiles } from './mlflow-model.js';
import type { TreeProgress } from './onnx/ensemble.js';
import { exportOnnx, type OnnxResult } from './onnx/export-onnx.js';
import { readmeOf } from './export-readme.js';
import type { ExportFormat, ModelExport } from './model-export.js';
import { planRecipe } from './plan/recipe-plan.js';
import { PREDICT_PYTHON } from './scripts/predict-python.js';
import { predictScript } from './scripts/predict-script.js';
import { prepareScript } from './scripts/prepare-script.js';
import { textFiles } from './text-files.js';
import { tfjsFiles } from './tfjs-model.js';

type Files = Record<string, Uint8Array | string>;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Files of an export by their path in its folder. Throws `export-step` {step, column} for a recipe that only the lab can do, `export-kind`
 * {model, format} for a model that the format does not hold.
 */
export function* exportFiles(format: ExportFormat, given: ModelExport): Generator<TreeProgress, Files> {
  const own = yield* ownFiles(format, given);
  return { ...own, 'example.json': json(exampleOf(given)), 'lineage.json': json(given.lineage), 'README.md': readmeOf(format, given) };
}

function* ownFiles(format: ExportFormat, given: ModelExport): Generator<TreeProgress, Files> {
  switch (format) {
    case 'onnx':
      return { 'model.onnx': (yield* onnxOf(given, 'table')).bytes, 'predict.py': PREDICT_PYTHON, ...textFiles(planRecipe(given.recipe), { script: true, python: true }) };
    case 'mlflow':
      return mlflowModelFiles(given, yield* onnxOf(given, 'columns'));
    case 'tfjs':
      return { ...tfjsFiles(given.model), ...recipeFiles(given, given.model.kind === 'text-embedding') };
    case 'json':
      return { 'model.json': json({ format: 'looplab-model', version: 1, classes: given.recipe.classes ?? [], threshold: given.threshold, model: given.model }), ...recipeFiles(given), 'predict.mjs': predictScript(given.model.kind) };
  }
}

const onnxOf = ({ recipe, model, threshold, lineage }: ModelExport, shape: 'table' | 'columns'): Generator<TreeProgress, OnnxResult> =>
  exportOnnx({ recipe, model, threshold, shape, description: `${lineage.title}: ${model.kind} that predicts ${recipe.target}`, metadata: { name: lineage.title, run: lineage.run.id, ...(lineage.commit === undefined ? {} : { commit: lineage.commit }), data: lineage.data.md5, model: lineage.model.md5 } });

/**
 * The recipe as a plan for other languages, with the lab's own words for it beside. An embedding's mean vector is a sum over shares of a text,
 * and layers cannot take shares, so they are part of the plan there.
 */
function recipeFiles({ recipe, threshold }: ModelExport, shares = false): Files {
  const plan = { ...planRecipe(recipe), ...(shares ? { shares } : {}) };
  const texts = textFiles(plan, { script: true });
  return { 'recipe.json': json({ plan, outputs: recipe.outputs, classes: recipe.classes ?? [], threshold, recipe }), 'prepare.mjs': prepareScript('terms.mjs' in texts), ...texts };
}
