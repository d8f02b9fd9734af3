import { LabError } from '../core/lab-error.js';
import { argsOf, type CheckWorld, type Finding } from './check.js';
import { CHECKS } from './checks/index.js';
import type { CheckSpec, DoStep } from './schema.js';

/** One check of a step and what it found; a check that could not look says so and does not pass. */
export interface CheckResult {
  readonly id: string;
  readonly kind: string;
  readonly finding?: Finding;
  readonly failure?: { readonly code: string };
  readonly passed: boolean;
}

/** What the lab found about a `do` step: passed when every check holds; else perhaps a known wrong turn. */
export interface StepVerdict {
  readonly passed: boolean;
  readonly results: readonly CheckResult[];
  /** Id of the first wrong turn whose marks are all seen; only when the step is not passed. */
  readonly wrong?: string;
}

/** Looks at the state of the project for one step. */
export async function judgeStep(step: DoStep, world: CheckWorld): Promise<StepVerdict> {
  const results = await Promise.all(step.checks.map((check) => lookOnce(check, world)));
  if (results.every((result) => result.passed)) return { passed: true, results };
  for (const wrong of step.wrong) {
    const marks = await Promise.all(wrong.seen.map((check) => lookOnce(check, world)));
    if (marks.every((mark) => mark.passed)) return { passed: false, results, wrong: wrong.id };
  }
  return { passed: false, results };
}

async function lookOnce(spec: CheckSpec, world: CheckWorld): Promise<CheckResult> {
  const kind = CHECKS.get(spec.kind);
  try {
    if (!kind) throw new LabError('unknown-check', { kind: spec.kind });
    const finding = await kind.look(world, argsOf(spec));
    return { id: spec.id, kind: spec.kind, finding, passed: finding.passed };
  } catch (cause) {
    return { id: spec.id, kind: spec.kind, failure: { code: LabError.from(cause).code }, passed: false };
  }
}
