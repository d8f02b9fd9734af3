import * as v from 'valibot';
import type { RunComparison } from '../../lab/compare.js';
import { REPORTS } from '../../lab/project/paths.js';
import { defineCheck } from '../check.js';
import { readReport } from '../read-report.js';

const kinds = v.union([v.string(), v.array(v.string())]);

/** `lab compare` was asked about two runs of given kinds, in either order, perhaps trained on given data. */
export const runsCompared = defineCheck({
  kind: 'runs-compared',
  words: ['expected', 'none', 'other', 'seen'],
  args: v.strictObject({ one: kinds, other: kinds, dataset: v.optional(v.string()) }),
  async look(world, { one, other, dataset }) {
    const expected = ['expected', { one: [one].flat(), other: [other].flat() }] as const;
    const report = readReport<RunComparison>(await world.file(REPORTS.runComparison));
    const acts = await world.journal();
    const [first, second] = [report?.first, report?.second].map((id) => world.snapshot.runs.find((run) => run.id === id));
    if (!report || !first || !second || !acts.some(({ action }) => action === 'compare')) return { passed: false, seen: ['none'], expected };
    const is = (run: { model: string }, wish: string | readonly string[]): boolean => [wish].flat().includes(run.model);
    const asked = (is(first, one) && is(second, other)) || (is(first, other) && is(second, one));
    const passed = asked && (dataset === undefined || (await world.datasets())[first.dataDigest] === dataset);
    return { passed, seen: [passed ? 'seen' : 'other', { first: first.name, second: second.name }], expected };
  },
});
