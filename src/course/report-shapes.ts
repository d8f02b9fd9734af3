import * as v from 'valibot';
import { readJsonReport } from './read-json-report.js';

const rate = v.nullable(v.number());

/** `reports/cross-validation.json`, as far as lessons look at it. */
export const crossValidationShape = v.object({
  run: v.string(),
  choice: v.object({ kind: v.string(), k: v.number(), column: v.optional(v.string()), gap: v.optional(v.number()) }),
  folds: v.array(v.object({ metrics: v.record(v.string(), rate) })),
  summary: v.record(v.string(), v.object({ mean: rate, deviation: rate, interval: v.nullable(v.object({ low: v.number(), high: v.number() })) })),
});
export type CrossValidationSeen = v.InferOutput<typeof crossValidationShape>;

/** `reports/run-comparison.json`, as far as lessons look at it. */
export const runComparisonShape = v.object({
  first: v.string(),
  second: v.string(),
  difference: v.object({ estimate: rate, low: rate, high: rate }),
  wilcoxon: v.object({ pValue: rate }),
  folds: v.optional(v.object({ k: v.number(), differences: v.array(v.number()), test: v.object({ pValue: rate }) })),
  better: v.picklist(['first', 'second', 'neither']),
});
export type RunComparisonSeen = v.InferOutput<typeof runComparisonShape>;

const fairnessView = v.object({
  groups: v.array(
    v.object({
      group: v.string(), rows: v.number(), baseRate: rate, selectionRate: rate, truePositiveRate: rate, falsePositiveRate: rate,
      selectionInterval: v.nullable(v.object({ low: v.number(), high: v.number() })),
    }),
  ),
  parity: v.object({ demographicParityDifference: v.number(), demographicParityRatio: rate, equalizedOddsDifference: v.number(), fourFifths: v.nullable(v.boolean()) }),
  accuracy: v.number(),
  selectionRate: v.number(),
});
export type FairnessViewSeen = v.InferOutput<typeof fairnessView>;

/** `reports/fairness.json`, as far as lessons look at it. */
export const fairnessShape = v.object({
  run: v.string(),
  by: v.array(v.string()),
  chosen: v.string(),
  threshold: v.number(),
  view: fairnessView,
  mitigation: v.optional(v.object({ kind: v.picklist(['threshold', 'reweigh']), criterion: v.optional(v.string()), price: v.object({ after: fairnessView, changes: v.array(v.object({ group: v.string(), gained: v.number(), lost: v.number() })) }) })),
});
export type FairnessSeen = v.InferOutput<typeof fairnessShape>;

/** `reports/explanation.json`, as far as lessons look at it. */
export const explanationShape = v.object({
  run: v.string(),
  row: v.number(),
  importance: v.array(v.object({ name: v.string(), mean: v.number() })),
  explanation: v.object({ predicted: v.nullable(v.number()), base: v.number(), names: v.array(v.string()), contributions: v.array(v.number()) }),
  picture: v.optional(v.object({ side: v.number() })),
  counterfactuals: v.optional(v.object({ goal: v.string(), fixed: v.array(v.string()), found: v.array(v.object({ changes: v.array(v.object({ name: v.string() })) })) })),
});
export type ExplanationSeen = v.InferOutput<typeof explanationShape>;

/** Each kind of report: its file, its shape, the verb that writes it, and where the id of its run stands. */
export const REPORT_SHAPES = {
  crossValidation: { path: 'reports/cross-validation.json', shape: crossValidationShape, verb: 'cross-validate', runOf: (seen: CrossValidationSeen) => seen.run },
  runComparison: { path: 'reports/run-comparison.json', shape: runComparisonShape, verb: 'compare', runOf: (seen: RunComparisonSeen) => seen.first },
  fairness: { path: 'reports/fairness.json', shape: fairnessShape, verb: 'fairness', runOf: (seen: FairnessSeen) => seen.run },
  explanation: { path: 'reports/explanation.json', shape: explanationShape, verb: 'explain', runOf: (seen: ExplanationSeen) => seen.run },
} as const;

export type ReportKind = keyof typeof REPORT_SHAPES;

/** What each kind of report looks like once read. */
export interface ReportsSeen {
  crossValidation: CrossValidationSeen;
  runComparison: RunComparisonSeen;
  fairness: FairnessSeen;
  explanation: ExplanationSeen;
}

/** Reads a report; undefined when the text is none of that kind. */
export function readReport<K extends ReportKind>(kind: K, text: string | undefined): ReportsSeen[K] | undefined {
  const read = v.safeParse(REPORT_SHAPES[kind].shape, readJsonReport(text));
  return read.success ? (read.output as ReportsSeen[K]) : undefined;
}
