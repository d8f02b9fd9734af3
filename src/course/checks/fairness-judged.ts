import * as v from 'valibot';
import { defineCheck } from '../check.js';
import { keptColumns, newestReport } from '../newest-report.js';

const args = v.strictObject({
  /** Columns that make the groups, in any order. */
  by: v.array(v.string()),
  chosen: v.optional(v.string()),
  /** Columns that are no inputs. */
  without: v.optional(v.array(v.string()), []),
  /** Columns that are inputs. */
  from: v.optional(v.array(v.string()), []),
  mitigated: v.optional(v.picklist(['threshold', 'reweigh'])),
  criterion: v.optional(v.string()),
  /** Probability of the target from which the run says yes, at most. */
  threshold: v.optional(v.number()),
});

/** A run on the rows as they are prepared now was held against groups, perhaps with a mitigation and its price. */
export const fairnessJudged = defineCheck({
  kind: 'fairness-judged',
  words: ['expected', 'expected-mitigated', 'none', 'stale', 'groups', 'chosen', 'kept', 'dropped', 'threshold', 'not-mitigated', 'seen'],
  args,
  async look(world, { by, chosen, without, from, mitigated, criterion, threshold }) {
    const expected = [mitigated ? 'expected-mitigated' : 'expected', { by, chosen: chosen ?? '', without, from, way: mitigated ?? '', criterion: criterion ?? '', threshold: threshold ?? '' }] as const;
    const found = await newestReport(world, 'fairness');
    if (typeof found === 'string') return { passed: false, seen: [found], expected };
    const { seen, run } = found;
    const fail = (code: 'groups' | 'chosen' | 'kept' | 'dropped' | 'threshold' | 'not-mitigated', data = {}) => ({ passed: false, seen: [code, data] as const, expected });
    if (seen.by.length !== by.length || !by.every((name) => seen.by.includes(name))) return fail('groups', { by: seen.by });
    if (chosen !== undefined && seen.chosen !== chosen) return fail('chosen', { chosen: seen.chosen });
    const kept = await keptColumns(world, without);
    if (kept.length > 0) return fail('kept', { columns: kept });
    const inputs = await keptColumns(world, from);
    const dropped = from.filter((name) => !inputs.includes(name));
    if (dropped.length > 0) return fail('dropped', { columns: dropped });
    if (threshold !== undefined && seen.threshold > threshold) return fail('threshold', { threshold: seen.threshold });
    if ((mitigated && seen.mitigation?.kind !== mitigated) || (criterion && seen.mitigation?.criterion !== criterion)) return fail('not-mitigated', { way: seen.mitigation?.kind ?? '', criterion: seen.mitigation?.criterion ?? '' });
    const { parity } = seen.mitigation?.price.after ?? seen.view;
    return { passed: true, seen: ['seen', { run: run.name, parity: parity.demographicParityDifference, odds: parity.equalizedOddsDifference }], expected };
  },
});
