import type { RunningTask } from '../../state/project.svelte.js';
import type { Stage } from '../../lab/views/snapshot.js';

const STAGE_OF_VERB: Readonly<Record<string, Stage>> = {
  collect: 'data',
  prepare: 'data',
  train: 'train',
  rerun: 'train',
  evaluate: 'evaluate',
  register: 'register',
  alias: 'register',
  promote: 'register',
  deploy: 'deploy',
  undeploy: 'deploy',
  advance: 'monitor',
  inject: 'monitor',
  monitor: 'monitor',
  retrain: 'retrain',
  retire: 'retire',
};

/** The station that an act belongs to; undefined for acts of the whole project. */
export const stageOfVerb = (verb: string): Stage | undefined => STAGE_OF_VERB[verb];

/** Share of a running act that is done, or undefined while its length is unknown. */
export const shareOf = (task: RunningTask): number | undefined =>
  task.progress && task.progress.total > 0 ? Math.min(1, task.progress.done / task.progress.total) : undefined;

/** The station whose act runs, or undefined for acts of the whole project. */
export function runningStage(task: RunningTask | undefined): { stage: Stage; share: number | undefined } | undefined {
  const stage = task && STAGE_OF_VERB[task.verb];
  return task && stage ? { stage, share: shareOf(task) } : undefined;
}
