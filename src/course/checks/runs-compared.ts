import * as v from 'valibot';
import type { RunComparison } from '../../lab/compare.js';
import { REPORTS } from '../../lab/project/paths.js';
import { defineCheck } from '../check.js';
import { readJsonReport } from '../read-json-report.js';

const kinds = v.union([v.string(), v.array(v.string())]);

/** `lab compare` was asked about two runs of given kinds, in either order, perhaps trained on given data, perhaps on so many folds too. */
export const runsCompared = defineCheck({
  kind: 'runs-compared',
  words: ['expected', 'expected-folds', 'none', 'other', 'no-folds', 'seen'],
  args: v.strictObject({ one: kinds, other: kinds, dataset: v.optional(v.string()), folds: v.optional(v.number()) }),
  async look(world, { one, other, dataset, folds }) {
    const expected = [folds === undefined ? 'expected' : 'expected-folds', { one: [one].flat(), other: [other].flat(), folds: folds ?? 0 }] as const;
    const report = readJsonReport<RunComparison>(await world.file(REPORTS.runComparison));
    const acts = await world.journal();
    const [first, second] = [report?.first, report?.second].map((id) => world.snapshot.runs.find((run) => run.id === id));
    if (!report || !first || !second || !acts.some(({ action }) => action === 'compare')) return { passed: false, seen: ['none'], expected };
    const is = (run: { model: string }, wish: string | readonly string[]): boolean => [wish].flat().includes(run.model);
    const asked = (is(first, one) && is(second, other)) || (is(first, other) && is(second, one));
    const names = { first: first.name, second: second.name };
    if (!asked || (dataset !== undefined && (await world.datasets())[first.dataDigest] !== dataset)) return { passed: false, seen: ['other', names], expected };
    if (folds !== undefined && (report.folds?.k ?? 0) < folds) return { passed: false, seen: ['no-folds', names], expected };
    return { passed: true, seen: ['seen', names], expected };
  },
});
