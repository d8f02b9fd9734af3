import { trainingData } from '../core/evaluate/cross-validate.js';
import { applyThresholds, mitigateByThreshold, type FairnessCriterion, type ThresholdMitigation } from '../core/fairness/mitigate-threshold.js';
import { priceMitigation, viewFairness, type FairnessView, type MitigationPrice } from '../core/fairness/mitigation-price.js';
import { groupsByColumn, intersectGroups } from '../core/fairness/groups.js';
import { signedGaps, type SignedGap } from '../core/fairness/parity.js';
import { reweigh, sampleByWeight, type ReweighedCell } from '../core/fairness/reweigh.js';
import { smallGroups, type SmallGroup } from '../core/fairness/small-groups.js';
import { LabError } from '../core/lab-error.js';
import { predict } from '../core/train/fit.js';
import { keepReport } from './judging/keep-report.js';
import { labelsOf } from './judging/labels.js';
import { foldChoiceOf, refitRun, validateRun, type RefitRun } from './judging/refit.js';
import { REPORTS } from './project/paths.js';
import { findRun } from './project/state.js';
import { defineVerb, list, number, text, type VerbContext } from './verb.js';

/** `reports/fairness.json`: how a run treats groups of its test rows, and what making it fairer costs. */
export interface FairnessReport {
  readonly run: string;
  readonly by: readonly string[];
  /** The class that counts as being chosen. */
  readonly chosen: string;
  readonly threshold: number;
  readonly view: FairnessView;
  /** Each group against the greatest one. */
  readonly privileged: string;
  readonly gaps: readonly SignedGap[];
  readonly small: readonly SmallGroup[];
  readonly mitigation?: Mitigation;
}

/** A mitigation that was learned on training rows and is priced on test rows. */
export type Mitigation =
  | { readonly kind: 'threshold'; readonly criterion: FairnessCriterion; readonly learned: ThresholdMitigation; readonly price: MitigationPrice }
  | { readonly kind: 'reweigh'; readonly cells: readonly ReweighedCell[]; readonly price: MitigationPrice };

const CRITERIA = ['demographic-parity', 'equal-opportunity', 'equalized-odds'] as const;

/** Compares how a run treats groups, and prices a mitigation. */
export const fairness = defineVerb({
  name: 'fairness',
  summary: 'compare how a run treats groups, and what making it fairer costs',
  flags: {
    run: text('id or name of the run; the newest one when left out'),
    by: list('columns that make the groups; several are crossed', { required: true }),
    chosen: text('class that counts as being chosen; the positive one when left out'),
    privileged: text('group that the others are compared with; the greatest when left out'),
    mitigate: text('also try a mitigation', { choices: ['threshold', 'reweigh'] }),
    criterion: text('what thresholds make equal', { choices: CRITERIA }),
    tolerance: number('greatest difference that is left (0.02)'),
    minRows: number('groups with fewer rows are named as too small (30)'),
  },
  async run(context, args) {
    const run = await findRun(context.platform, args.run);
    const refit = await refitRun(context, run);
    const { model, recipe, table, test } = refit.rows;
    if (model.task !== 'binary') throw new LabError('wrong-task', { model: 'fairness', task: model.task, known: ['binary'] });
    const [negative, positive] = recipe.classes as [string, string];
    const chosen = args.chosen ?? positive;
    if (chosen !== negative && chosen !== positive) throw new LabError('flag-value', { flag: '--chosen', value: chosen, expected: `${negative} or ${positive}` });
    const threshold = run.threshold ?? 0.5;
    const favour = new Favour(chosen === positive, threshold);
    const groupsOf = (rows: Int32Array): string[] => intersectGroups(args.by!.map((name) => groupsByColumn(table, name, rows)));
    const [y, groups] = [favour.truth(test.y), groupsOf(test.rows)];
    const labels = favour.labels(predict(model, test.x));
    const view = viewFairness(y, labels, groups);
    const privileged = args.privileged ?? [...view.groups].sort((a, b) => b.rows - a.rows)[0]!.group;
    if (!view.groups.some(({ group }) => group === privileged)) throw new LabError('unknown-group', { group: privileged });
    const mitigation = await mitigate(context, refit, favour, { ...args, groupsOf, y, labels, groups });
    const report: FairnessReport = { run: run.id, by: args.by!, chosen, threshold, view, privileged, gaps: signedGaps(view.groups, privileged), small: smallGroups(view.groups, args.minRows ?? 30), ...(mitigation ? { mitigation } : {}) };
    const lines = [`${run.name} by ${args.by!.join(' and ')}; chosen means ${recipe.target} = ${chosen}`, ...linesOf(report)];
    return keepReport(context.platform, run, REPORTS.fairness, report, lines, `fairness: ${run.name} by ${args.by!.join(', ')}`);
  },
});

/** Turns truth and scores so that 1 is the class that is chosen. */
class Favour {
  constructor(
    readonly positive: boolean,
    readonly threshold: number,
  ) {}

  truth(y: Float64Array): Float64Array {
    return this.positive ? y : y.map((code) => 1 - code);
  }
  scores(scores: Float64Array): Float64Array {
    return this.positive ? scores : scores.map((p) => 1 - p);
  }
  labels(scores: Float64Array): Uint8Array {
    return Uint8Array.from(labelsOf('binary', 2, scores, this.threshold), (label) => (this.positive ? label : 1 - label));
  }
  /** The threshold of the turned scores. */
  get own(): number {
    return this.positive ? this.threshold : 1 - this.threshold;
  }
}

interface MitigationInput {
  readonly mitigate?: string;
  readonly criterion?: string;
  readonly tolerance?: number;
  readonly y: Float64Array;
  readonly labels: Uint8Array;
  readonly groups: readonly string[];
  groupsOf(rows: Int32Array): string[];
}

async function mitigate(context: VerbContext, refit: RefitRun, favour: Favour, input: MitigationInput): Promise<Mitigation | undefined> {
  const { rows } = refit;
  const { y, labels, groups, groupsOf } = input;
  if (input.mitigate === 'reweigh') {
    const { weights, cells } = reweigh(rows.train.y, groupsOf(rows.train.rows));
    const drawn = sampleByWeight(weights, rows.model.seed).map((at) => rows.train.rows[at]!);
    const fair = await refit.fit(trainingData(rows.recipe, rows.table, drawn));
    return { kind: 'reweigh', cells, price: priceMitigation(y, labels, favour.labels(predict(fair, rows.test.x)), groups) };
  }
  if (input.mitigate === undefined && input.criterion === undefined) return undefined;
  const criterion = (input.criterion ?? 'equal-opportunity') as FairnessCriterion;
  // Thresholds are chosen on scores of models that did not see the rows, so that the test rows stay what they are.
  const outside = await validateRun(context, refit, foldChoiceOf(refit, {}));
  const learned = mitigateByThreshold(favour.truth(outside.actual), favour.scores(outside.predicted), groupsOf(outside.rows), { criterion, threshold: favour.own, ...(input.tolerance === undefined ? {} : { tolerance: input.tolerance }) });
  const after = applyThresholds(favour.scores(predict(rows.model, rows.test.x)), groups, withUnseen(learned, groups, favour.own));
  return { kind: 'threshold', criterion, learned, price: priceMitigation(y, labels, after, groups) };
}

/** A group that no training row is in keeps the threshold of all. */
function withUnseen({ thresholds }: ThresholdMitigation, groups: readonly string[], threshold: number): ThresholdMitigation['thresholds'] {
  const known = new Set(thresholds.map(({ group }) => group));
  return [...thresholds, ...[...new Set(groups)].filter((group) => !known.has(group)).map((group) => ({ group, threshold }))];
}

const share = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);

function linesOf({ view, small, mitigation }: FairnessReport): string[] {
  const { parity } = view;
  return [
    ...view.groups.map(({ group, rows, selectionRate, truePositiveRate, falsePositiveRate }) => `  ${group.padEnd(28)}${String(rows).padStart(7)} rows  chosen ${share(selectionRate)}  of the deserving ${share(truePositiveRate)}  of the others ${share(falsePositiveRate)}`),
    `  demographic parity difference ${share(parity.demographicParityDifference)}, equalized odds difference ${share(parity.equalizedOddsDifference)}, four-fifths rule ${parity.fourFifths === null ? 'not defined' : parity.fourFifths ? 'kept' : 'broken'}`,
    ...small.map(({ group, rows }) => `  note: ${group} has only ${rows} rows`),
    ...(mitigation ? [`  after ${mitigation.kind}: demographic parity difference ${share(mitigation.price.after.parity.demographicParityDifference)}, equalized odds difference ${share(mitigation.price.after.parity.equalizedOddsDifference)}, accuracy ${share(mitigation.price.before.accuracy)} → ${share(mitigation.price.after.accuracy)}`] : []),
  ];
}
