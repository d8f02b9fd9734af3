import type { FittedModel } from '../train/model.js';
import type { LinearState } from '../train/models/linear.js';
import type { LogisticState } from '../train/models/logistic.js';
import type { Matrix } from '../table/table.js';
import { featureOfColumn, type FeatureGroup } from './feature-groups.js';
import { outputOf } from './model-output.js';
import { exactShapley, type ShapleyValues } from './shapley-exact.js';
import { kernelShapley } from './shapley-kernel.js';
import { linearShapley } from './shapley-linear.js';
import { treesOf } from './tree-ensemble.js';
import { interventionalTreeShap } from './tree-shap-interventional.js';

/** What each feature adds to one prediction, and how that was found. */
export interface RowExplanation extends ShapleyValues {
  readonly method: 'linear' | 'trees' | 'exact' | 'kernel' | 'integrated-gradients' | 'occlusion';
  /** The unit of base, contributions and prediction. */
  readonly unit: 'prediction' | 'log-odds';
  /** What the model predicts, in the unit of its predictions; for several classes it is left to the model when the unit is log-odds. */
  readonly predicted: number | null;
  readonly names: readonly string[];
}

export interface ExplainOptions {
  readonly seed: number;
  /** The class that is explained when there are several. */
  readonly output?: number;
  readonly samples?: number;
}

/** With more features than this the coalitions are sampled. */
const ENUMERATED_FEATURES = 10;

/**
 * Shapley values of one encoded row against background rows: in closed form for linear models, exactly for trees, by enumeration for few
 * features, else by Kernel SHAP. All are of the same interventional game. Throws `no-rows`, `bad-class`, `too-few-samples`.
 */
export function explainRow(model: FittedModel, background: Matrix, row: Float64Array, groups: readonly FeatureGroup[], options: ExplainOptions): RowExplanation {
  const names = groups.map(({ name }) => name);
  const output = outputOf(model, options.output);
  const predicted = output({ rows: 1, columns: row.length, data: row })[0] ?? null;
  const closed = explainLinear(model, background, row, groups);
  if (closed) return { ...closed, names, predicted };
  const trees = treesOf(model, options.output);
  // Boosted trees know missing values; the others give nothing for them.
  if (trees && (model.kind === 'gradient-boosting' || !(hasMissing(row) || hasMissing(background.data)))) {
    const values = interventionalTreeShap(trees, background, row, featureOfColumn(groups, row.length), groups.length);
    return { ...values, method: 'trees', unit: trees.output, names, predicted };
  }
  if (groups.length <= ENUMERATED_FEATURES) return { ...exactShapley(output, background, row, groups), method: 'exact', unit: 'prediction', names, predicted };
  const values = kernelShapley(output, background, row, groups, options);
  return { ...values, method: 'kernel', unit: 'prediction', names, predicted };
}

const LINEAR_KINDS: readonly string[] = ['linear', 'lasso'];

function explainLinear(model: FittedModel, background: Matrix, row: Float64Array, groups: readonly FeatureGroup[]): (ShapleyValues & Pick<RowExplanation, 'method' | 'unit'>) | undefined {
  if (LINEAR_KINDS.includes(model.kind)) {
    const { coefficients, intercept } = model.state as LinearState;
    return { ...linearShapley(coefficients, intercept, background, row, groups), method: 'linear', unit: 'prediction' };
  }
  if (model.kind !== 'logistic' || model.task !== 'binary') return undefined;
  const { coefficients, intercepts } = model.state as LogisticState;
  return { ...linearShapley(coefficients[0]!, intercepts[0]!, background, row, groups), method: 'linear', unit: 'log-odds' };
}

const hasMissing = (values: Float64Array): boolean => values.some(Number.isNaN);
