import { binaryLabelMetrics, scoreMetrics, type BinaryLabelMetrics, type ScoreMetrics } from '../../src/core/evaluate/binary-metrics.js';
import { calibrationBins, calibrationError, precisionRecallCurve, rocCurve } from '../../src/core/evaluate/curves.js';
import { numbers, optionalNumbers, type VectorRunner } from './runner.js';

export const metricsBinary: VectorRunner = {
  file: 'metrics_binary',
  run: ({ input }) => {
    const y = numbers(input['y_true']);
    const score = optionalNumbers(input['y_score']);
    const threshold = input['threshold_used_for_y_pred'] as number | null;
    const labels = score && threshold !== null ? score.map((value) => (value >= threshold ? 1 : 0)) : numbers(input['y_pred']);
    const weights = optionalNumbers(input['sample_weight']);
    const fromLabels = labelFigures(binaryLabelMetrics(y, labels, weights));
    return score ? { ...fromLabels, ...scoreFigures(y, score, scoreMetrics(y, score, weights)), ...curveFigures(y, score, weights) } : fromLabels;
  },
  runError: ({ input }) => ({
    roc_auc: () => scoreMetrics(numbers(input['y_true']), numbers(input['y_score'])).auc,
    accuracy: () => binaryLabelMetrics(numbers(input['y_true']), numbers(input['y_pred'])).accuracy,
  }),
};

function labelFigures(metrics: BinaryLabelMetrics): Record<string, unknown> {
  const { counts } = metrics.confusion;
  const [negative, positive] = metrics.perClass;
  return {
    confusion_matrix_rows_true_cols_pred_labels_0_1: [
      [counts[0], counts[1]],
      [counts[2], counts[3]],
    ],
    accuracy: metrics.accuracy,
    balanced_accuracy: metrics.balancedAccuracy,
    per_class: { 0: negative, 1: positive },
    macro: metrics.macro,
    weighted: metrics.weighted,
    micro: { precision: metrics.accuracy, recall: metrics.accuracy, f1: metrics.accuracy },
    zero_division_flags: {
      precision_0: counts[0]! + counts[2]! === 0,
      precision_1: counts[1]! + counts[3]! === 0,
      recall_0: negative!.support === 0,
      recall_1: positive!.support === 0,
    },
    specificity: metrics.specificity,
    fpr: metrics.falsePositiveRate,
    fnr: metrics.falseNegativeRate,
    f2_pos: metrics.f2,
    f0_5_pos: metrics.fHalf,
    mcc: metrics.mcc,
    cohen_kappa: metrics.kappa,
  };
}

function scoreFigures(y: Float64Array, score: Float64Array, metrics: ScoreMetrics): Record<string, unknown> {
  return {
    roc_auc: metrics.auc,
    average_precision: metrics.averagePrecision,
    pr_auc_trapezoid: metrics.precisionRecallArea,
    log_loss: metrics.logLoss,
    brier: metrics.brier,
    ece_10_equal_width: metrics.calibrationError,
    mce_10_equal_width: metrics.greatestCalibrationGap,
    ece_5_equal_width: calibrationError(calibrationBins(y, score, 5))?.expected,
    reliability_10_equal_width: calibrationBins(y, score).map((bin) => ({
      bin: bin.bin,
      count: bin.count,
      mean_score: bin.meanScore,
      fraction_positive: bin.fractionPositive,
    })),
    // The vectors leave the weights out of this one figure.
    ks_separation: scoreMetrics(y, score).separation,
  };
}

function curveFigures(y: Float64Array, score: Float64Array, weights?: Float64Array): Record<string, unknown> {
  const roc = rocCurve(y, score, weights);
  return {
    roc_curve: roc && { fpr: roc.falsePositiveRate, tpr: roc.truePositiveRate, threshold_first_null_means_above_max: roc.thresholds },
    pr_curve: precisionRecallCurve(y, score, weights),
  };
}
