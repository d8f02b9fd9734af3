import * as v from 'valibot';
import { argsOf, type CheckKind } from '../check.js';
import type { CheckSpec } from '../schema.js';
import { alertRaised } from './alert-raised.js';
import { alias } from './alias.js';
import { cleaned } from './cleaned.js';
import { clockReached } from './clock-reached.js';
import { comparison } from './comparison.js';
import { crossValidated } from './cross-validated.js';
import { curveShape } from './curve-shape.js';
import { dataCollected } from './data-collected.js';
import { explained } from './explained.js';
import { fairnessJudged } from './fairness-judged.js';
import { featureEffect } from './feature-effect.js';
import { featuresMade } from './features-made.js';
import { fileValue } from './file-value.js';
import { gitCommit } from './git-commit.js';
import { gitTag } from './git-tag.js';
import { foldsCompared } from './folds-compared.js';
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
import { rerunMade } from './rerun-made.js';
import { runNoted } from './run-noted.js';
import { sameBudget } from './same-budget.js';
import { studyExists } from './study-exists.js';
import { thresholdCost } from './threshold-cost.js';
import { twinRuns } from './twin-runs.js';
import { winnerJudged } from './winner-judged.js';
import { versionExists } from './version-exists.js';
import { versionRetired } from './version-retired.js';
import { windowsSeen } from './windows-seen.js';

const ALL: readonly CheckKind[] = [
  alertRaised, alias, cleaned, clockReached, comparison, crossValidated, dataCollected, explained, fairnessJudged, fileText, fileValue, foldsCompared, gitBranch, gitCommit, gitFile, gitMerge, gitState, gitTag, journalHas,
  prepared, runExists, runsDifferByData, serviceAsked, serviceLive, stageFresh, stageState, versionExists, versionRetired, windowsSeen,
  rerunMade, runNoted, runsCompared, sameBudget, studyExists, thresholdCost, twinRuns, winnerJudged,
  curveShape, featureEffect, featuresMade, leakageJudged, modelsCompared,
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
