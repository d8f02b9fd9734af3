import { groupMetrics, type GroupMetrics, type RateName } from '../../src/core/fairness/group-metrics.js';
import { parityOf, signedGaps } from '../../src/core/fairness/parity.js';
import { numbers, type VectorRunner } from './runner.js';

const names: Readonly<Record<string, RateName>> = {
  base_rate: 'baseRate',
  selection_rate: 'selectionRate',
  tpr: 'truePositiveRate',
  fpr: 'falsePositiveRate',
  tnr: 'trueNegativeRate',
  fnr: 'falseNegativeRate',
  ppv: 'positivePredictiveValue',
  accuracy: 'accuracy',
};

export const fairness: VectorRunner = {
  file: 'fairness',
  run: ({ input }) => {
    const groups = groupMetrics(numbers(input['y_true']), numbers(input['y_pred']), input['group'] as string[]);
    const parity = parityOf(groups);
    return {
      groups: Object.fromEntries(groups.map((group) => [group.group, ratesOf(group)])),
      demographic_parity_difference: parity.demographicParityDifference,
      demographic_parity_ratio: parity.demographicParityRatio,
      equal_opportunity_difference: parity.equalOpportunityDifference,
      equal_opportunity_ratio: parity.equalOpportunityRatio,
      false_positive_rate_difference: parity.falsePositiveRateDifference,
      equalized_odds_difference: parity.equalizedOddsDifference,
      equalized_odds_ratio: parity.equalizedOddsRatio,
      accuracy_difference: parity.accuracyDifference,
      undefined_rates: parity.undefinedRates.map(({ group, rate }) => `${group}.${Object.keys(names).find((name) => names[name] === rate)}`),
      four_fifths_rule_pass: parity.fourFifths,
      signed_unprivileged_minus_privileged: signedOf(groups, input['privileged'] as string | null),
    };
  },
};

const ratesOf = (group: GroupMetrics): Record<string, unknown> => ({ n: group.rows, ...Object.fromEntries(Object.entries(names).map(([name, rate]) => [name, group[rate]])) });

function signedOf(groups: readonly GroupMetrics[], privileged: string | null): Record<string, unknown> | undefined {
  const [gap] = privileged === null ? [] : signedGaps(groups, privileged);
  return gap && {
    unprivileged: gap.group,
    privileged: gap.privileged,
    statistical_parity_difference: gap.statisticalParityDifference,
    disparate_impact: gap.disparateImpact,
    equal_opportunity_difference: gap.equalOpportunityDifference,
    average_odds_difference: gap.averageOddsDifference,
    predictive_parity_difference: gap.predictiveParityDifference,
  };
}
