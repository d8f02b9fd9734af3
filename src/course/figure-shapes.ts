import * as v from 'valibot';
import { CURVE_SHAPES } from './curve-shape.js';

const date = v.pipe(v.string(), v.isoDate());
const between = { service: v.string(), from: date, to: date };

/** Which report is meant: the newest one of this target, kind of model, and inputs. */
const which = { target: v.optional(v.string()), model: v.optional(v.string()), without: v.optional(v.array(v.string())), from: v.optional(v.array(v.string())) };

const reportFigures = [
  v.strictObject({
    source: v.literal('cross-validation'), by: v.picklist(['k-fold', 'stratified', 'group', 'time']), metric: v.string(), gap: v.optional(v.number()),
    value: v.optional(v.picklist(['mean', 'deviation', 'low', 'high', 'least', 'greatest', 'last']), 'mean'), ...which,
  }),
  v.strictObject({ source: v.literal('fold-comparison'), value: v.picklist(['corrected-p', 'plain-p', 'rows-p', 'difference', 'agreeing']), folds: v.optional(v.number()), ...which }),
  v.strictObject({
    source: v.literal('fairness'), by: v.array(v.string()), group: v.optional(v.string()), after: v.optional(v.boolean()), mitigated: v.optional(v.picklist(['threshold', 'reweigh'])), criterion: v.optional(v.string()),
    value: v.picklist(['rows', 'base-rate', 'base-refusal', 'selection', 'refusal', 'selection-low', 'selection-high', 'true-positive', 'false-positive', 'accuracy', 'gained', 'base-gap', 'parity-gap', 'odds-gap', 'ratio', 'refusal-ratio']), ...which,
  }),
  v.strictObject({ source: v.literal('explanation'), value: v.picklist(['row', 'predicted', 'base', 'contribution', 'importance', 'place']), feature: v.optional(v.string()), row: v.optional(v.number()), ...which }),
] as const;

/** A number of a report that a verb has left. */
export type ReportFigure = v.InferOutput<(typeof reportFigures)[number]>;

/** A number that the lab measures in the project: what really happened, beside a guess or inside a text as `{{name}}`. */
export const figureShape = v.variant('source', [
  v.strictObject({ source: v.literal('promise'), service: v.string() }),
  v.strictObject({ source: v.literal('window-error'), ...between }),
  v.strictObject({ source: v.literal('window-bias'), ...between }),
  v.strictObject({ source: v.literal('first-alert-year'), service: v.string() }),
  v.strictObject({ source: v.picklist(['run-metric', 'run-percent']), model: v.string(), metric: v.string(), dataset: v.optional(v.string()) }),
  v.strictObject({ source: v.literal('feature-effect'), column: v.string(), of: v.picklist(['without', 'with', 'difference']) }),
  v.strictObject({ source: v.literal('curve'), run: v.picklist(CURVE_SHAPES), of: v.picklist(['epochs', 'best-epoch', 'best', 'last']) }),
  /** Of the newest search that is meant, on the rows that are prepared for `target` now: its best score, or its best run's figure on the test rows, the baseline's there. */
  v.strictObject({ source: v.literal('study'), target: v.string(), model: v.optional(v.string()), method: v.optional(v.string()), value: v.picklist(['best', 'trials', 'test', 'baseline']) }),
  v.strictObject({ source: v.literal('psi'), service: v.string(), feature: v.string(), window: date, against: v.picklist(['training', 'season']) }),
  ...reportFigures,
]);
export type FigureSpec = v.InferOutput<typeof figureShape>;
