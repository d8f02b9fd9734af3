import { multiclassLabelMetrics, multiclassMetrics } from '../../src/core/evaluate/multiclass-metrics.js';
import type { MulticlassMetrics } from '../../src/core/evaluate/multiclass-metrics.js';
import { numbers, type VectorRunner } from './runner.js';

export const metricsMulticlass: VectorRunner = {
  file: 'metrics_multiclass',
  run: ({ input }) => {
    const y = numbers(input['y_true']);
    const classes = (input['labels'] as number[]).length;
    const rows = input['y_proba'] as number[][] | null;
    if (!rows) return labelFigures(multiclassLabelMetrics(y, numbers(input['y_pred']), classes));
    const metrics = multiclassMetrics(y, numbers(rows.flat()), classes);
    return { ...labelFigures(metrics), ...probabilityFigures(metrics) };
  },
};

function labelFigures(metrics: ReturnType<typeof multiclassLabelMetrics>): Record<string, unknown> {
  const { counts, classes } = metrics.confusion;
  return {
    confusion_matrix: Array.from({ length: classes }, (_, k) => counts.slice(k * classes, (k + 1) * classes)),
    accuracy: metrics.accuracy,
    balanced_accuracy: metrics.balancedAccuracy,
    per_class: { ...metrics.perClass },
    macro: metrics.macro,
    weighted: metrics.weighted,
    micro: { precision: metrics.accuracy, recall: metrics.accuracy, f1: metrics.accuracy },
    mcc: metrics.mcc,
    cohen_kappa: metrics.kappa,
    cohen_kappa_quadratic: metrics.quadraticKappa,
  };
}

function probabilityFigures(metrics: MulticlassMetrics): Record<string, unknown> {
  return {
    log_loss: metrics.logLoss,
    brier_multiclass: metrics.brier,
    roc_auc_ovr_macro: metrics.aucOneVsRest,
    roc_auc_ovr_weighted: metrics.aucOneVsRestWeighted,
    roc_auc_ovo_macro: metrics.aucOneVsOne,
    roc_auc_ovo_weighted: metrics.aucOneVsOneWeighted,
    top2_accuracy: metrics.top2Accuracy,
    ece_10_confidence: metrics.calibrationError,
    mce_10_confidence: metrics.greatestCalibrationGap,
  };
}
