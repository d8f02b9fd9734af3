import { singleColumns } from '../../src/core/explain/feature-groups.js';
import { impurityImportance } from '../../src/core/explain/impurity-importance.js';
import type { Output } from '../../src/core/explain/model-output.js';
import { partialDependence } from '../../src/core/explain/partial-dependence.js';
import { expectedImportance, permutationImportance, type PermutationImportance } from '../../src/core/explain/permutation-importance.js';
import { allCoalitionValues, shapleyOfValues, type ShapleyValues } from '../../src/core/explain/shapley-exact.js';
import { kernelShapley } from '../../src/core/explain/shapley-kernel.js';
import { linearShapley } from '../../src/core/explain/shapley-linear.js';
import { interventionalTreeShap } from '../../src/core/explain/tree-shap-interventional.js';
import { regressionMetrics } from '../../src/core/evaluate/regression-metrics.js';
import { ensembleOf, givenOutput, matrixOf, viewOf, type GivenTree } from './explained-models.js';
import { findDifference } from './compare.js';
import { numbers, type VectorCase, type VectorRunner } from './runner.js';

export const explainability: VectorRunner = {
  file: 'explainability',
  run: (vector) => {
    if (vector.name === 'permutation_importance_given_permutations') return shuffled(vector);
    if (vector.name === 'permutation_importance_expectation_all_pairs') return expected(vector);
    if (vector.name === 'partial_dependence_and_ice') return dependence(vector);
    if (vector.name === 'impurity_importance') return { ...impurity(vector) };
    const output = givenOutput(vector.input['model_kind'] as string, vector.input['model'] as Record<string, unknown>);
    return output && { ...shapley(vector, output) };
  },
};

const features = (count: number) => singleColumns(Array.from({ length: count }, (_, j) => `x${j}`));
const orderOf = (mask: number): string => (mask === 0 ? 'empty' : [0, 1, 2, 3].filter((j) => (mask >> j) & 1).join(''));

/** By enumeration; every other way that knows the model must agree with it. */
function shapley({ input }: VectorCase, output: Output): unknown[] {
  const background = matrixOf(input['background']);
  return (input['instances'] as number[][]).map((row) => {
    const values = allCoalitionValues(output, background, row, features(row.length));
    const exact = shapleyOfValues(values, row.length);
    for (const other of otherWays(input, output, row)) {
      const difference = findDifference(other, { base: exact.base, prediction: exact.prediction, contributions: Array.from(exact.contributions) }, 1e-9);
      if (difference) throw new Error(difference);
    }
    return {
      x: row,
      shapley: exact.contributions,
      base_value: exact.base,
      prediction: exact.prediction,
      sum_check: exact.contributions.reduce((sum, value) => sum + value, exact.base),
      coalition_values: Object.fromEntries(Array.from(values, (value, mask) => [orderOf(mask), value])),
    };
  });
}

function otherWays(input: VectorCase['input'], output: Output, row: number[]): ShapleyValues[] {
  const [kind, model] = [input['model_kind'] as string, input['model'] as Record<string, unknown>];
  const background = matrixOf(input['background']);
  const groups = features(row.length);
  const ways = [kernelShapley(output, background, row, groups, { seed: 1 })];
  if (kind === 'linear') ways.push(linearShapley(model['weights'] as number[], model['intercept'] as number, background, row, groups));
  const trees = ensembleOf(kind, model);
  if (trees) ways.push(interventionalTreeShap(trees, background, row, Int32Array.of(0, 1, 2, 3), 4));
  return ways;
}

function shuffled({ input }: VectorCase): Record<string, unknown> {
  const [x, y] = [matrixOf(input['X']), numbers(input['y'])];
  const orders = input['permutations'] as number[][][];
  const measure = (kind: string, score: 'mse' | 'r2'): unknown => {
    const output = givenOutput(kind, input[kind] as Record<string, unknown>)!;
    return listed(permutationImportance(x, features(x.columns), (changed) => (score === 'r2' ? regressionMetrics(y, output(changed)).r2! : -regressionMetrics(y, output(changed)).mse!), { orders }));
  };
  return { tree_neg_mse: measure('tree', 'mse'), tree_r2: measure('tree', 'r2'), linear_neg_mse: measure('linear', 'mse') };
}

const listed = ({ baseline, features: own }: PermutationImportance): unknown => ({ baseline, features: own.map(({ drops, mean, deviation }, feature) => ({ feature, drops, mean, std_ddof0: deviation })) });

function expected({ input }: VectorCase): Record<string, unknown> {
  const x = matrixOf(input['X']);
  return { mse_increase: expectedImportance(x, numbers(input['y']), features(x.columns), givenOutput('tree', input['tree'] as Record<string, unknown>)!) };
}

function dependence({ input }: VectorCase): Record<string, unknown> {
  const x = matrixOf(input['X']);
  const output = givenOutput('tree', input['tree'] as Record<string, unknown>)!;
  const points = (input['grid'] as number[]).map((value) => [value]);
  return { ...Array.from({ length: x.columns }, (_, feature) => {
    const { mean, curves } = partialDependence(x, output, [feature], points);
    return { feature, pdp: mean, ice_rows_by_grid: curves };
  }) };
}

function impurity({ input }: VectorCase): Float64Array {
  const tree = input['tree'] as GivenTree;
  return impurityImportance([{ tree: viewOf(tree), rows: tree.n_node_samples, impurity: tree.impurity! }], Int32Array.of(0, 1, 2, 3), 4);
}
