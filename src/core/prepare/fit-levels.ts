import { cellText } from '../table/select.js';
import { noteMissing, type FitContext, type PlannedColumn } from './column-fit.js';
import { datePartValues, isCyclic } from './date-parts.js';
import { countLevels, keepFrequent, levelCodes, mostFrequentLevel, type LevelCount } from './encoders.js';
import { numbersOf } from './fill-step.js';
import { fillOf, fitScale, namingColumn } from './fit-numbers.js';
import type { CategoricalStep, DateStep, TargetStep, TextStep } from './recipe.js';
import { encodeTarget, fitTargetEncoding } from './target-encoding.js';
import { fitTextVectors } from './text-vectors.js';
import type { Change } from './transform-spec.js';
import { formatIsoDate } from '../table/iso-date.js';

/** One-hot columns of more levels keep the most frequent. */
export const MOST_LEVELS = 50;

/** Learns the levels of a category, or the mean target of each; undefined when no value is known. */
export function fitLevels(planned: PlannedColumn, change: Extract<Change, { kind: 'one-hot' | 'ordinal' | 'target' }>, context: FitContext): CategoricalStep | TargetStep | undefined {
  const { column, impute, flag } = planned;
  const { name, type } = column;
  const { rows, notes } = context;
  const seen = countLevels(column, rows);
  if (seen.length === 0) {
    notes.push({ code: 'all-missing-column', column: name });
    return undefined;
  }
  const kept = change.kind === 'one-hot' ? keepFrequent(seen, MOST_LEVELS) : seen;
  if (kept.length < seen.length) notes.push({ code: 'high-cardinality', column: name, levels: seen.length, kept: kept.length });
  const missing = rows.length - seen.reduce((sum, { count }) => sum + count, 0);
  const fill = change.kind === 'target' || impute === 'none' ? null : (mostFrequentLevel(seen) ?? null);
  if (change.kind === 'target' && missing > 0) notes.push({ code: 'missing-as-mean', column: name, count: missing });
  else noteMissing(context, name, missing, fill);
  if (seen.length === 1) notes.push({ code: 'constant-column', column: name, value: seen[0]?.level ?? '' });
  const base = { name, type, levels: kept.map(({ level }) => level), ...(flag ? { flag } : {}) };
  return change.kind === 'target' ? { kind: 'target', ...base, ...meansOf(planned, seen, change.smoothing, context) } : { kind: change.kind, ...base, fill };
}

function meansOf({ column }: PlannedColumn, seen: readonly LevelCount[], smoothing: number, { rows, y, classes }: FitContext): Pick<TargetStep, 'means' | 'unknown' | 'smoothing' | 'classes'> {
  const levels = seen.map(({ level }) => level);
  const words = Array.from(levelCodes(column, column.type, levels, null, rows), (code) => (code < 0 ? '' : `=${levels[code]!}`));
  const found = targetOutputs(y, classes).map((own) => fitTargetEncoding(words, own, smoothing));
  return { smoothing, means: levels.map((level) => found.map((encoding) => encodeTarget(encoding, `=${level}`))), unknown: found.map(({ unknown }) => unknown), ...(classes && classes.length > 2 ? { classes } : {}) };
}

/** What a level's mean is taken of: the target, or for several classes whether it is each. */
export function targetOutputs(y: Float64Array, classes: readonly string[] | undefined): Float64Array[] {
  return classes && classes.length > 2 ? classes.map((_, code) => y.map((value) => Number(value === code))) : [y];
}

/** Learns how the parts of a date are scaled; undefined when no date is known. */
export function fitDates({ column, impute, flag }: PlannedColumn, change: Extract<Change, { kind: 'dates' }>, context: FitContext): DateStep | undefined {
  const { name, type } = column;
  const { rows, choices, notes } = context;
  const times = numbersOf(column, rows, rows.length);
  const missing = times.reduce((count, time) => count + Number(Number.isNaN(time)), 0);
  if (missing === times.length) {
    notes.push({ code: 'all-missing-column', column: name });
    return undefined;
  }
  const fill = fillOf(times, impute);
  noteMissing(context, name, missing, fill === null ? null : formatIsoDate(fill));
  const whole = fill === null ? times : times.map((time) => (Number.isNaN(time) ? fill : time));
  const parts = change.parts.map((part) => {
    if (isCyclic(part)) return { part, offset: 0, divisor: 1 };
    const { offset, divisor, constant } = fitScale(whole.map((time) => datePartValues(part, time)[0]!), choices.scale);
    if (constant) notes.push({ code: 'constant-column', column: `${name}.${part}`, value: String(datePartValues(part, whole.find((time) => !Number.isNaN(time))!)[0]) });
    return { part, offset, divisor };
  });
  return { kind: 'dates', name, type, fill, parts, ...(flag ? { flag } : {}) };
}

/** Learns the terms of a text; undefined when every text is missing. Throws `empty-vocabulary` {texts, column}. */
export function fitText({ column, flag }: PlannedColumn, change: Extract<Change, { kind: 'text' }>, { rows, notes }: FitContext): TextStep | undefined {
  const { name, type } = column;
  const texts = Array.from(rows, (row) => cellText(column, row));
  const missing = texts.filter((text) => text === '').length;
  if (missing === texts.length) {
    notes.push({ code: 'all-missing-column', column: name });
    return undefined;
  }
  if (missing > 0) notes.push({ code: 'missing-text', column: name, count: missing });
  const vectors = namingColumn(name, () => fitTextVectors(texts, { weighting: change.weighting, mostTerms: change.terms }));
  return { kind: 'text', name, type, vectors, ...(flag ? { flag } : {}) };
}
