import * as v from 'valibot';
import type { LeakageReport } from '../../lab/cleaning/leakage-report.js';
import { QUALITY } from '../../lab/cleaning/paths.js';
import { defineCheck } from '../check.js';
import { readJsonReport } from '../read-json-report.js';

/** `lab leakage` has looked at what is prepared now: it found a leak of a kind, or none. */
export const leakageJudged = defineCheck({
  kind: 'leakage-judged',
  words: ['expected-leak', 'expected-none', 'none', 'old', 'clean', 'seen'],
  args: v.strictObject({ leak: v.optional(v.string()) }),
  async look(world, { leak }) {
    const expected = leak === undefined ? (['expected-none'] as const) : (['expected-leak', { leak }] as const);
    const report = readJsonReport<LeakageReport>(await world.file(QUALITY.leakage));
    if (!report) return { passed: false, seen: ['none'], expected };
    if (report.prepared !== world.snapshot.prepared?.digest) return { passed: false, seen: ['old'], expected };
    const kinds = report.findings.map((finding) => `${finding.kind}${finding.column === undefined ? '' : ` ${finding.column}`}`);
    const passed = leak === undefined ? kinds.length === 0 : report.findings.some(({ kind }) => kind === leak);
    return { passed, seen: kinds.length === 0 ? ['clean'] : ['seen', { leaks: kinds }], expected };
  },
});
