import type { GroupMetrics, RateName } from './group-metrics.js';

/**
 * How far apart the groups are (definitions as Fairlearn's). A rate without rows counts as 0 here and is named in `undefinedRates`;
 * a ratio is null when the greatest rate is 0.
 */
export interface Parity {
  /** Greatest minus least selection rate, and their ratio. */
  readonly demographicParityDifference: number;
  readonly demographicParityRatio: number | null;
  /** The same of true positive rates (Hardt, Price and Srebro 2016). */
  readonly equalOpportunityDifference: number;
  readonly equalOpportunityRatio: number | null;
  readonly falsePositiveRateDifference: number;
  /** The worse of true and false positive rates. */
  readonly equalizedOddsDifference: number;
  readonly equalizedOddsRatio: number | null;
  readonly accuracyDifference: number;
  /** Whether the least selection rate is at least four fifths of the greatest (29 CFR 1607.4 D); null when nobody is selected. */
  readonly fourFifths: boolean | null;
  readonly undefinedRates: readonly { readonly group: string; readonly rate: RateName }[];
}

const LISTED: readonly RateName[] = ['truePositiveRate', 'falsePositiveRate', 'trueNegativeRate', 'falseNegativeRate', 'positivePredictiveValue'];

/** Compares all groups with each other. */
export function parityOf(groups: readonly GroupMetrics[]): Parity {
  const selection = rangeOf(groups, 'selectionRate');
  const truePositive = rangeOf(groups, 'truePositiveRate');
  const falsePositive = rangeOf(groups, 'falsePositiveRate');
  return {
    demographicParityDifference: selection.difference,
    demographicParityRatio: selection.ratio,
    equalOpportunityDifference: truePositive.difference,
    equalOpportunityRatio: truePositive.ratio,
    falsePositiveRateDifference: falsePositive.difference,
    equalizedOddsDifference: Math.max(truePositive.difference, falsePositive.difference),
    equalizedOddsRatio: truePositive.ratio === null || falsePositive.ratio === null ? null : Math.min(truePositive.ratio, falsePositive.ratio),
    accuracyDifference: rangeOf(groups, 'accuracy').difference,
    // 0.8 itself passes, however it was rounded.
    fourFifths: selection.ratio === null ? null : selection.ratio >= 0.8 - 1e-12,
    undefinedRates: groups.flatMap((own) => LISTED.flatMap((rate) => (own[rate] === null ? [{ group: own.group, rate }] : []))),
  };
}

function rangeOf(groups: readonly GroupMetrics[], rate: RateName): { difference: number; ratio: number | null } {
  const rates = groups.map((group) => group[rate] ?? 0);
  if (rates.length === 0) return { difference: 0, ratio: null };
  const [least, greatest] = [Math.min(...rates), Math.max(...rates)];
  return { difference: greatest - least, ratio: greatest > 0 ? least / greatest : null };
}

/** An unprivileged group minus the privileged one, as AIF360 signs them; null where a rate is. */
export interface SignedGap {
  readonly group: string;
  readonly privileged: string;
  readonly statisticalParityDifference: number | null;
  /** Ratio of the selection rates. */
  readonly disparateImpact: number | null;
  readonly equalOpportunityDifference: number | null;
  /** Mean of the differences of true and false positive rates. */
  readonly averageOddsDifference: number | null;
  readonly predictiveParityDifference: number | null;
}

/** Each other group against the privileged one; none when that does not occur. */
export function signedGaps(groups: readonly GroupMetrics[], privileged: string): SignedGap[] {
  const reference = groups.find(({ group }) => group === privileged);
  return reference ? groups.filter((own) => own !== reference).map((own) => gapOf(own, reference)) : [];
}

function gapOf(own: GroupMetrics, reference: GroupMetrics): SignedGap {
  const gap = (rate: RateName): number | null => (own[rate] === null || reference[rate] === null ? null : own[rate] - reference[rate]);
  const [truePositive, falsePositive] = [gap('truePositiveRate'), gap('falsePositiveRate')];
  return {
    group: own.group,
    privileged: reference.group,
    statisticalParityDifference: gap('selectionRate'),
    disparateImpact: own.selectionRate === null || !reference.selectionRate ? null : own.selectionRate / reference.selectionRate,
    equalOpportunityDifference: truePositive,
    averageOddsDifference: truePositive === null || falsePositive === null ? null : (truePositive + falsePositive) / 2,
    predictiveParityDifference: gap('positivePredictiveValue'),
  };
}
