import { pinballLoss, regressionMetrics } from '../../src/core/evaluate/regression-metrics.js';
import { numbers, optionalNumbers, type VectorRunner } from './runner.js';

export const metricsRegression: VectorRunner = {
  file: 'metrics_regression',
  run: ({ input }) => {
    const y = numbers(input['y_true']);
    const p = numbers(input['y_pred']);
    const metrics = regressionMetrics(y, p, optionalNumbers(input['sample_weight']));
    return {
      r2: metrics.r2,
      mae: metrics.mae,
      mse: metrics.mse,
      rmse: metrics.rmse,
      mape: metrics.mape,
      max_error: metrics.maxError,
      explained_variance: metrics.explainedVariance,
      median_absolute_error: metrics.medianAbsoluteError,
      mean_error_bias: metrics.bias,
      smape_0_2: metrics.smape,
      wape: metrics.wape,
      rmsle: metrics.rmsle,
      pearson_r: metrics.pearson,
      'pinball_0.1': pinballLoss(y, p, 0.1),
      'pinball_0.5': pinballLoss(y, p, 0.5),
      'pinball_0.9': pinballLoss(y, p, 0.9),
    };
  },
  runError: ({ input }) => ({ '': () => regressionMetrics(numbers(input['y_true']), numbers(input['y_pred'])) }),
};
