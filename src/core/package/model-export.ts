import type { Recipe } from '../prepare/recipe.js';
import type { FittedModel } from '../train/model.js';
import type { ExampleRows } from './example-rows.js';
import type { Lineage } from './lineage.js';

/** The formats in which a model can leave. */
export const EXPORT_FORMATS = ['onnx', 'tfjs', 'mlflow', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What leaves the lab: a model with its recipe, a few raw rows to try it on, and where it comes from. */
export interface ModelExport {
  readonly recipe: Recipe;
  readonly model: FittedModel;
  readonly threshold: number;
  readonly example: ExampleRows;
  readonly lineage: Lineage;
}
