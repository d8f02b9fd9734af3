import { LabError } from '../lab-error.js';
import { checkVectors } from '../evaluate/inputs.js';
import type { OutcomeCosts } from '../evaluate/threshold-costs.js';
import { compareCodePoints } from '../prepare/encoders.js';
import { candidatesOf, type Candidate } from './threshold-candidates.js';

/** What the groups should have in common. */
export type FairnessCriterion = 'demographic-parity' | 'equal-opportunity' | 'equalized-odds';

export interface MitigationOptions {
  readonly criterion: FairnessCriterion;
  /** Greatest difference of the rates that is allowed. */
  readonly tolerance?: number;
  /** What mistakes cost; without it, each mistake costs 1, so that accuracy is kept high. */
  readonly costs?: OutcomeCosts;
  /** The one threshold of all groups that the result is compared with. */
  readonly threshold?: number;
}

export interface GroupThreshold {
  readonly group: string;
  readonly threshold: number;
}

/** Thresholds that meet the criterion, and their price. */
export interface ThresholdMitigation {
  readonly thresholds: readonly GroupThreshold[];
  readonly cost: number;
  /** Cost of one threshold for all; the price is `cost` minus this. */
  readonly costBefore: number;
  /** Greatest difference of the criterion's rates, over groups in which they can be counted. */
  readonly gap: number;
  readonly gapBefore: number;
  /** Groups whose rate cannot be counted, such as the true positive rate without positives; they are not held to the criterion. */
  readonly unconstrained: readonly string[];
}

const MISTAKES: OutcomeCosts = { truePositive: 0, falsePositive: 1, trueNegative: 0, falseNegative: 1 };

/** Thresholds tried for each group; fewer when there are many groups, since every pair of them meets. */
const mostThresholds = (groups: number): number => Math.max(60, Math.min(400, Math.floor(3000 / groups)));

type Rate = 'selectionRate' | 'truePositiveRate' | 'falsePositiveRate';

const RATES: Readonly<Record<FairnessCriterion, readonly Rate[]>> = {
  'demographic-parity': ['selectionRate'],
  'equal-opportunity': ['truePositiveRate'],
  'equalized-odds': ['truePositiveRate', 'falsePositiveRate'],
};

interface Group {
  readonly name: string;
  readonly candidates: readonly Candidate[];
  readonly before: Candidate;
}

/**
 * One threshold for each group, the cheapest with the criterion's rates at most `tolerance` apart (post-processing after Hardt, Price and
 * Srebro 2016, without their random mixing). It looks at the group when deciding, which the law of a place may forbid.
 * Throws `no-rows`, `length-mismatch`, `not-finite`, `bad-class`.
 */
export function mitigateByThreshold(y: ArrayLike<number>, score: ArrayLike<number>, groups: readonly string[], options: MitigationOptions): ThresholdMitigation {
  const { criterion, tolerance = 0.02, costs = MISTAKES, threshold = 0.5 } = options;
  check(y, score, groups);
  const rates = RATES[criterion];
  const parts = divide(y, score, groups, costs, threshold);
  const held = parts.filter(({ before }) => rates.every((rate) => before[rate] !== null));
  const chosen = new Map(parts.map((part) => [part.name, cheapest(part.candidates)!]));
  for (const [name, candidate] of searchWindows(held, rates, tolerance)) chosen.set(name, candidate);
  const after = parts.map(({ name }) => chosen.get(name)!);
  return {
    thresholds: parts.map(({ name }) => ({ group: name, threshold: chosen.get(name)!.threshold })),
    cost: sumOf(after),
    costBefore: sumOf(parts.map(({ before }) => before)),
    gap: gapOf(held.map(({ name }) => chosen.get(name)!), rates),
    gapBefore: gapOf(held.map(({ before }) => before), rates),
    unconstrained: parts.filter((part) => !held.includes(part)).map(({ name }) => name),
  };
}

/** Labels by the threshold of each row's group. Throws `unknown-group` {group}. */
export function applyThresholds(score: ArrayLike<number>, groups: readonly string[], thresholds: readonly GroupThreshold[]): Uint8Array {
  const limits = new Map(thresholds.map(({ group, threshold }) => [group, threshold]));
  return Uint8Array.from(groups, (group, row) => {
    const limit = limits.get(group);
    if (limit === undefined) throw new LabError('unknown-group', { group });
    return score[row]! >= limit ? 1 : 0;
  });
}

function check(y: ArrayLike<number>, score: ArrayLike<number>, groups: readonly string[]): void {
  checkVectors({ actual: y, predicted: score });
  if (y.length === 0) throw new LabError('no-rows');
  if (groups.length !== y.length) throw new LabError('length-mismatch', { first: y.length, second: groups.length });
  for (let i = 0; i < y.length; i++) if (y[i] !== 0 && y[i] !== 1) throw new LabError('bad-class', { value: y[i]!, classes: 2 });
}

function divide(y: ArrayLike<number>, score: ArrayLike<number>, groups: readonly string[], costs: OutcomeCosts, threshold: number): Group[] {
  const names = [...new Set(groups)].sort(compareCodePoints);
  const rowsOf = new Map(names.map((name) => [name, [] as number[]]));
  groups.forEach((name, row) => rowsOf.get(name)!.push(row));
  return names.map((name) => {
    const rows = rowsOf.get(name)!;
    const candidates = candidatesOf(rows.map((row) => y[row]!), rows.map((row) => score[row]!), costs, mostThresholds(names.length), threshold);
    return { name, candidates, before: candidates.find((candidate) => candidate.threshold === threshold)! };
  });
}

const sumOf = (candidates: readonly Candidate[]): number => candidates.reduce((sum, { cost }) => sum + cost, 0);

const cheapest = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.reduce<Candidate | undefined>((least, candidate) => (!least || candidate.cost < least.cost ? candidate : least), undefined);

function gapOf(candidates: readonly Candidate[], rates: readonly Rate[]): number {
  if (candidates.length === 0) return 0;
  const values = (rate: Rate): number[] => candidates.map((candidate) => candidate[rate]!);
  return Math.max(...rates.map((rate) => Math.max(...values(rate)) - Math.min(...values(rate))));
}

type Choice = readonly { readonly name: string; readonly candidates: readonly Candidate[] }[];

/** Rates at most `tolerance` apart lie in a window that begins at one of them, so trying every beginning, rate after rate, finds the cheapest of all. */
function searchWindows(groups: Choice, rates: readonly Rate[], tolerance: number): Map<string, Candidate> {
  let best: { cost: number; chosen: Map<string, Candidate> } = { cost: Infinity, chosen: new Map() };
  const narrow = (near: Choice, [rate, ...rest]: readonly Rate[]): void => {
    const least = near.map(({ name, candidates }) => [name, cheapest(candidates)] as const);
    // What is left cannot become cheaper than it is now.
    if (!least.every((own): own is readonly [string, Candidate] => own[1] !== undefined)) return;
    const cost = sumOf(least.map(([, candidate]) => candidate));
    if (cost >= best.cost) return;
    if (!rate) return void (best = { cost, chosen: new Map(least) });
    const starts = new Set(near.flatMap(({ candidates }) => candidates.map((candidate) => candidate[rate]!)));
    for (const start of starts) narrow(near.map(({ name, candidates }) => ({ name, candidates: within(candidates, rate, start, tolerance) })), rest);
  };
  if (groups.length > 0) narrow(groups, rates);
  return best.chosen;
}

const within = (candidates: readonly Candidate[], rate: Rate, start: number, tolerance: number): Candidate[] =>
  candidates.filter((candidate) => candidate[rate]! >= start - 1e-12 && candidate[rate]! <= start + tolerance + 1e-12);
