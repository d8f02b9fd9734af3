import { LabError } from '../../core/lab-error.js';
import type { Pace } from '../gradually.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';
import { board, runCurves, runHistograms } from './board-views.js';
import { artefactContent, runOrigin } from './run-origin.js';
import { runDiff } from './run-diff.js';
import { cleanedColumns, cleaning, cleanStep } from './cleaning-views.js';
import { datasets, file, profile, rawFacts, recipe, table } from './data-views.js';
import { editable, projectFiles } from './file-views.js';
import { featurePreview, featureRecipe } from './feature-views.js';
import { exports, exportZip } from './export-views.js';
import { history } from './history.js';
import { fileAt, revisions, stageChanges } from './revisions.js';
import { evaluation, intervals, models, recompute, run } from './model-views.js';
import { learned } from './learned-rows.js';
import { nets, netSummary } from './net-views.js';
import { pipelineFacts, plots, verifiedScore } from './pipeline-views.js';
import { report } from './report.js';
import { databaseRows, databaseSchema, streamEvents } from './source-views.js';
import { studies, study } from './study.js';
import { team } from './team.js';
import { transformPicture } from './transform-picture.js';
import { drift, errors, policy, traffic } from './monitor-views.js';
import { undoPlan } from './undo-plan.js';
import { commitDetail } from './commit-detail.js';
import { commitGraph } from './commit-graph.js';

/** Every read of the project by name. */
export const VIEWS = { datasets, rawFacts, table, profile, recipe, cleaning, cleanStep, cleanedColumns, featureRecipe, featurePreview, file, models, nets, netSummary, run, evaluation, intervals, recompute, report, study, studies, traffic, errors, drift, policy, learned, history, revisions, fileAt, stageChanges, pipelineFacts, plots, verifiedScore, board, runCurves, runHistograms, runOrigin, artefactContent, runDiff, databaseSchema, databaseRows, streamEvents, team, exports, exportZip, undoPlan, commitGraph, commitDetail, transformPicture, projectFiles, editable };

export type ViewName = keyof typeof VIEWS;
export type ViewResult<K extends ViewName> = Awaited<ReturnType<(typeof VIEWS)[K]>>;

/** Reads a view by a name that came from outside; long ones keep to `pace`. Throws `unknown-view`. */
export function readView(session: Session, name: string, args: VerbArgs, signal = new AbortController().signal, pace?: Pace): Promise<unknown> {
  if (!Object.hasOwn(VIEWS, name)) throw new LabError('unknown-view', { name });
  return VIEWS[name as ViewName](session, args, signal, pace);
}
