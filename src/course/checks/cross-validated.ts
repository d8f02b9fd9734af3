import * as v from 'valibot';
import { defineCheck } from '../check.js';
import { newestReport } from '../newest-report.js';

const args = v.strictObject({
  by: v.optional(v.picklist(['k-fold', 'stratified', 'group', 'time'])),
  /** Column whose rows stay together. */
  column: v.optional(v.string()),
  /** At least so many folds. */
  folds: v.optional(v.number()),
  /** At least so many rows left out between training and test rows. */
  gap: v.optional(v.number()),
  /** Any of these kinds of model. */
  models: v.optional(v.array(v.string())),
});

/** The newest cross-validation is of a run on the rows as they are prepared now, with folds of a given kind. */
export const crossValidated = defineCheck({
  kind: 'cross-validated',
  words: ['expected', 'none', 'stale', 'seen'],
  args,
  async look(world, { by, column, folds = 2, gap = 0, models }) {
    const expected = ['expected', { split: by ?? '', folds, gap: gap || '', column: column ?? '', models: models ?? [] }] as const;
    const found = await newestReport(world, 'crossValidation');
    if (typeof found === 'string') return { passed: false, seen: [found], expected };
    const { choice } = found.seen;
    const passed = (by ?? choice.kind) === choice.kind && (column ?? choice.column) === choice.column && choice.k >= folds && (choice.gap ?? 0) >= gap && (models?.includes(found.run.model) ?? true);
    return { passed, seen: ['seen', { run: found.run.name, split: choice.kind, folds: choice.k, gap: choice.gap || '', column: choice.column ?? '' }], expected };
  },
});
