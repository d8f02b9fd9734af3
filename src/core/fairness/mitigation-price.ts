import { binaryLabelMetrics } from '../evaluate/binary-metrics.js';
import { groupMetrics, type GroupMetrics } from './group-metrics.js';
import { parityOf, type Parity } from './parity.js';

/** Groups, differences and quality of one set of labels. */
export interface FairnessView {
  readonly groups: readonly GroupMetrics[];
  readonly parity: Parity;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly selectionRate: number;
}

/** What a mitigation brings and what it costs, on the same rows. */
export interface MitigationPrice {
  readonly before: FairnessView;
  readonly after: FairnessView;
  /** After minus before. */
  readonly accuracyChange: number;
  /** Rows whose label changed, by group and direction. */
  readonly changes: readonly { readonly group: string; readonly gained: number; readonly lost: number }[];
}

/** Fairness and quality of labels. Throws `no-rows`, `length-mismatch`, `not-finite`, `bad-class`. */
export function viewFairness(y: ArrayLike<number>, labels: ArrayLike<number>, groups: readonly string[]): FairnessView {
  const own = groupMetrics(y, labels, groups);
  const { accuracy, precision, recall } = binaryLabelMetrics(y, labels);
  let selected = 0;
  for (let i = 0; i < labels.length; i++) selected += labels[i]!;
  return { groups: own, parity: parityOf(own), accuracy: accuracy ?? 0, precision, recall, selectionRate: selected / labels.length };
}

/** Compares the labels before and after a mitigation, whether by thresholds, by weights or by anything else. Throws as `viewFairness`. */
export function priceMitigation(y: ArrayLike<number>, before: ArrayLike<number>, after: ArrayLike<number>, groups: readonly string[]): MitigationPrice {
  const [first, second] = [viewFairness(y, before, groups), viewFairness(y, after, groups)];
  const changes = second.groups.map(({ group }) => {
    const rows = groups.flatMap((name, row) => (name === group ? [row] : []));
    return { group, gained: rows.filter((row) => after[row]! > before[row]!).length, lost: rows.filter((row) => after[row]! < before[row]!).length };
  });
  return { before: first, after: second, accuracyChange: second.accuracy - first.accuracy, changes };
}
