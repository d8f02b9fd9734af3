import * as v from 'valibot';
import { defineCheck } from '../check.js';
import { keptColumns, newestReport } from '../newest-report.js';

const args = v.strictObject({
  /** Any of these kinds of model. */
  models: v.optional(v.array(v.string())),
  /** The explained probability is at least this. */
  atLeast: v.optional(v.number()),
  /** Or at most this. */
  atMost: v.optional(v.number()),
  /** Features that the counterfactual must leave alone. */
  fixed: v.optional(v.array(v.string()), []),
  /** Another outcome was found. */
  turned: v.optional(v.boolean()),
  /** Columns that are no inputs. */
  without: v.optional(v.array(v.string()), []),
  /** Columns that are inputs. */
  from: v.optional(v.array(v.string()), []),
  picture: v.optional(v.boolean()),
});

/** One test row of a run on the rows as they are prepared now was explained. */
export const explained = defineCheck({
  kind: 'explained',
  words: ['expected', 'expected-at-least', 'expected-fixed', 'expected-picture', 'none', 'stale', 'model', 'low', 'high', 'free', 'not-turned', 'kept', 'dropped', 'no-picture', 'seen'],
  args,
  async look(world, { models, atLeast, atMost, fixed, turned, without, from, picture }) {
    const code = picture ? 'expected-picture' : fixed.length > 0 ? 'expected-fixed' : atLeast !== undefined ? 'expected-at-least' : 'expected';
    const expected = [code, { models: models ?? [], bound: atLeast ?? '', most: atMost ?? '', columns: fixed, without, from }] as const;
    const found = await newestReport(world, 'explanation');
    if (typeof found === 'string') return { passed: false, seen: [found], expected };
    const { seen, run } = found;
    const predicted = seen.explanation.predicted ?? 0;
    if (models && !models.includes(run.model)) return { passed: false, seen: ['model', { model: run.model }], expected };
    if (picture && !seen.picture) return { passed: false, seen: ['no-picture'], expected };
    const kept = await keptColumns(world, without);
    if (kept.length > 0) return { passed: false, seen: ['kept', { columns: kept }], expected };
    const inputs = await keptColumns(world, from);
    const dropped = from.filter((name) => !inputs.includes(name));
    if (dropped.length > 0) return { passed: false, seen: ['dropped', { columns: dropped }], expected };
    if (atLeast !== undefined && predicted < atLeast) return { passed: false, seen: ['low', { row: seen.row, value: predicted }], expected };
    if (atMost !== undefined && predicted > atMost) return { passed: false, seen: ['high', { row: seen.row, value: predicted }], expected };
    const free = (await keptColumns(world, fixed)).filter((name) => !seen.counterfactuals?.fixed.includes(name));
    if (free.length > 0) return { passed: false, seen: ['free', { columns: free }], expected };
    if (turned && (seen.counterfactuals?.found.length ?? 0) === 0) return { passed: false, seen: ['not-turned'], expected };
    return { passed: true, seen: ['seen', { run: run.name, row: seen.row, value: predicted }], expected };
  },
});
