import * as v from 'valibot';
import type { RunComparison } from '../../lab/compare.js';
import { defineCheck } from '../check.js';

/** The newest comparison of two runs is between these kinds of model, perhaps with a difference that chance hardly makes. */
export const runsCompared = defineCheck({
  kind: 'runs-compared',
  words: ['expected', 'expected-folds', 'none', 'gone', 'other', 'no-folds', 'seen'],
  args: v.strictObject({ models: v.pipe(v.array(v.string()), v.length(2)), folds: v.optional(v.number()) }),
  async look(world, { models, folds }) {
    const expected = [folds === undefined ? 'expected' : 'expected-folds', { models, folds: folds ?? 0 }] as const;
    const text = await world.file('reports/run-comparison.json');
    if (text === undefined) return { passed: false, seen: ['none'], expected };
    const report = readComparison(text);
    const pair = [report?.first, report?.second].map((id) => world.snapshot.runs.find((run) => run.id === id));
    if (!report || pair.some((run) => run === undefined)) return { passed: false, seen: ['gone'], expected };
    const kinds = pair.map((run) => run!.model);
    if ([...kinds].sort().join() !== [...models].sort().join()) return { passed: false, seen: ['other', { models: kinds }], expected };
    if (folds !== undefined && (report.folds?.k ?? 0) < folds) return { passed: false, seen: ['no-folds', { models: kinds }], expected };
    return { passed: true, seen: ['seen', { models: kinds, low: report.difference.low ?? NaN, high: report.difference.high ?? NaN }], expected };
  },
});

function readComparison(text: string): RunComparison | undefined {
  try {
    const report = JSON.parse(text) as Partial<RunComparison> | null;
    return typeof report?.first === 'string' && typeof report.second === 'string' && report.difference ? (report as RunComparison) : undefined;
  } catch {
    return undefined;
  }
}
