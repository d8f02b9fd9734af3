import { pairedT } from '../core/evaluate/paired-tests.js';
import type { FairnessViewSeen, ReportKind, ReportsSeen } from './report-shapes.js';
import type { ReportFigure } from './figure-shapes.js';
import type { Preparation } from './newest-report.js';

/** A report as it was committed, with what `params.yaml` said of the preparation then. */
export interface KeptReport<K extends ReportKind = ReportKind> {
  readonly seen: ReportsSeen[K];
  readonly prepare: Preparation;
  /** Kind of the run's model; undefined when the run is gone. */
  readonly model?: string;
}

/** All reports of a kind since the project was last started anew, newest first. */
export type ReadReports = <K extends ReportKind>(kind: K) => Promise<readonly KeptReport<K>[]>;

/** Measures a figure in the newest report that it fits; undefined while there is none. Shares are in percent. */
export async function measureReport(figure: ReportFigure, reports: ReadReports): Promise<number | undefined> {
  const value = await read(figure, reports);
  return value === null || value === undefined || !Number.isFinite(value) ? undefined : value;
}

async function read(figure: ReportFigure, reports: ReadReports): Promise<number | null | undefined> {
  switch (figure.source) {
    case 'cross-validation': {
      const found = (await reports('crossValidation')).find((own) => fits(figure, own) && own.seen.choice.kind === figure.by && (figure.gap ?? own.seen.choice.gap ?? 0) === (own.seen.choice.gap ?? 0));
      return found && ofFolds(figure, found.seen);
    }
    case 'fold-comparison': {
      const found = (await reports('runComparison')).find((own) => fits(figure, own) && (figure.folds === undefined || own.seen.folds?.k === figure.folds));
      return found && ofComparison(figure.value, found.seen);
    }
    case 'fairness': {
      const found = (await reports('fairness')).find((own) => fits(figure, own) && sameWords(figure.by, own.seen.by) && own.seen.mitigation?.kind === (figure.mitigated ?? own.seen.mitigation?.kind) && own.seen.mitigation?.criterion === (figure.criterion ?? own.seen.mitigation?.criterion));
      return found && ofFairness(figure, found.seen);
    }
    case 'explanation': {
      const found = (await reports('explanation')).find((own) => fits(figure, own) && (figure.row ?? own.seen.row) === own.seen.row && (figure.feature === undefined || own.seen.importance.length > 0));
      return found && ofExplanation(figure, found.seen);
    }
  }
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((word) => b.includes(word));

const fits = ({ target, model, without = [], from = [] }: ReportFigure, { prepare, model: kind }: KeptReport): boolean =>
  (target ?? prepare.target) === prepare.target && (model ?? kind) === kind && without.every((name) => prepare.dropped.includes(name)) && from.every((name) => !prepare.dropped.includes(name));

type Of<S> = Extract<ReportFigure, { source: S }>;

function ofFolds({ metric, value }: Of<'cross-validation'>, { folds, summary }: ReportsSeen['crossValidation']): number | null | undefined {
  const scores = folds.map((fold) => fold.metrics[metric]).filter((score) => typeof score === 'number');
  if (value === 'least') return Math.min(...scores);
  if (value === 'greatest') return Math.max(...scores);
  if (value === 'last') return scores.at(-1);
  const spread = summary[metric];
  return value === 'low' || value === 'high' ? spread?.interval?.[value] : spread?.[value];
}

function ofComparison(value: Of<'fold-comparison'>['value'], { folds, difference, wilcoxon }: ReportsSeen['runComparison']): number | null | undefined {
  if (value === 'rows-p') return wilcoxon.pValue;
  if (value === 'difference') return difference.estimate;
  if (value === 'corrected-p') return folds?.test.pValue;
  if (value === 'plain-p') return folds && pairedT(folds.differences).pValue;
  return folds?.differences.filter((own) => Math.sign(own) === Math.sign(difference.estimate ?? 0)).length;
}

function ofFairness({ value, group, after }: Of<'fairness'>, { view: before, mitigation }: ReportsSeen['fairness']): number | null | undefined {
  const view = after ? mitigation?.price.after : before;
  if (!view) return undefined;
  const of = (name: string | undefined) => view.groups.find((own) => own.group === name);
  const percent = (share: number | null | undefined): number | undefined => (share === null || share === undefined ? undefined : 100 * share);
  switch (value) {
    case 'rows':
      return of(group)?.rows;
    case 'base-rate':
      return percent(of(group)?.baseRate);
    case 'base-refusal':
      return percent(1 - (of(group)?.baseRate ?? NaN));
    case 'selection':
      return group === undefined ? percent(view.selectionRate) : percent(of(group)?.selectionRate);
    case 'refusal':
      return percent(1 - (of(group)?.selectionRate ?? NaN));
    case 'selection-low':
      return percent(of(group)?.selectionInterval?.low);
    case 'selection-high':
      return percent(of(group)?.selectionInterval?.high);
    case 'true-positive':
      return percent(of(group)?.truePositiveRate);
    case 'false-positive':
      return percent(of(group)?.falsePositiveRate);
    case 'accuracy':
      return percent(view.accuracy);
    case 'gained':
      return mitigation?.price.changes.reduce((sum, change) => sum + (group === undefined || change.group === group ? change.gained : 0), 0);
    case 'base-gap':
      return percent(range(view, (own) => own.baseRate));
    case 'parity-gap':
      return percent(view.parity.demographicParityDifference);
    case 'odds-gap':
      return percent(view.parity.equalizedOddsDifference);
    case 'ratio':
      return view.parity.demographicParityRatio;
    case 'refusal-ratio':
      return refusalRatio(view);
  }
}

const range = (view: FairnessViewSeen, rate: (own: FairnessViewSeen['groups'][number]) => number | null): number => {
  const rates = view.groups.map((own) => rate(own) ?? 0);
  return Math.max(...rates) - Math.min(...rates);
};

/** How many times as often the worst-treated group is refused as the best-treated one. */
function refusalRatio(view: FairnessViewSeen): number {
  const refused = view.groups.map((own) => 1 - (own.selectionRate ?? 0));
  return Math.max(...refused) / Math.min(...refused);
}

function ofExplanation({ value, feature }: Of<'explanation'>, { explanation, importance, row }: ReportsSeen['explanation']): number | null | undefined {
  if (value === 'row') return row;
  if (value === 'predicted') return explanation.predicted === null ? null : 100 * explanation.predicted;
  if (value === 'base') return explanation.base;
  const order = [...importance].sort((a, b) => b.mean - a.mean);
  if (value === 'importance') return order.find((own) => own.name === feature)?.mean;
  if (value === 'place') return order.findIndex((own) => own.name === feature) + 1 || undefined;
  return explanation.contributions[explanation.names.indexOf(feature ?? '')];
}
