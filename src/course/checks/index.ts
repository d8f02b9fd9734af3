import * as v from 'valibot';
import { argsOf, type CheckKind } from '../check.js';
import type { CheckSpec } from '../schema.js';
import { alertRaised } from './alert-raised.js';
import { alias } from './alias.js';
import { cleaned } from './cleaned.js';
import { clockReached } from './clock-reached.js';
import { comparison } from './comparison.js';
import { curveShape } from './curve-shape.js';
import { dataCollected } from './data-collected.js';
import { featureEffect } from './feature-effect.js';
import { featuresMade } from './features-made.js';
import { fileValue } from './file-value.js';
import { gitCommit } from './git-commit.js';
import { gitTag } from './git-tag.js';
import { fileText } from './file-text.js';
import { gitBranch } from './git-branch.js';
import { gitFile } from './git-file.js';
import { gitMerge } from './git-merge.js';
import { gitState } from './git-state.js';
import { stageFresh } from './stage-fresh.js';
import { journalHas } from './journal-has.js';
import { leakageJudged } from './leakage-judged.js';
import { modelsCompared } from './models-compared.js';
import { prepared } from './prepared.js';
import { runExists } from './run-exists.js';
import { runsCompared } from './runs-compared.js';
import { runsDifferByData } from './runs-differ-by-data.js';
import { serviceAsked } from './service-asked.js';
import { serviceLive } from './service-live.js';
import { stageState } from './stage-state.js';
import { versionExists } from './version-exists.js';
import { versionRetired } from './version-retired.js';
import { windowsSeen } from './windows-seen.js';

const ALL: readonly CheckKind[] = [
  alertRaised, alias, cleaned, clockReached, comparison, curveShape, dataCollected, featureEffect, featuresMade, fileText, fileValue, gitBranch, gitCommit, gitFile, gitMerge, gitState, gitTag, journalHas, leakageJudged,
  modelsCompared, prepared, runExists, runsCompared, runsDifferByData, serviceAsked, serviceLive, stageFresh, stageState, versionExists, versionRetired, windowsSeen,
];

/** Every kind of check by its name; a test compares the names with the files of this folder. */
export const CHECKS: ReadonlyMap<string, CheckKind> = new Map(ALL.map((check) => [check.kind, check]));

/** What is wrong with a check as a lesson writes it; undefined when it can be run. */
export function checkIssue(spec: CheckSpec): string | undefined {
  const kind = CHECKS.get(spec.kind);
  if (!kind) return `unknown check "${spec.kind}"`;
  const result = v.safeParse(kind.args, argsOf(spec));
  if (result.success) return undefined;
  const first = result.issues[0];
  return `${spec.kind} ${v.getDotPath(first) ?? ''}: ${first.message}`;
}
