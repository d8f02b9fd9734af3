import type { RunningTask } from '../../state/project.svelte.js';

/** What an act bar shows while a verb runs. */
export interface RunningAct {
  readonly done: number;
  readonly total: number;
  readonly note: string;
  readonly started: number;
  readonly cancel: () => void;
}

/** The running task when it is one of these verbs. */
export function runningAct(task: RunningTask | undefined, ...verbs: readonly string[]): RunningAct | undefined {
  if (task === undefined || !verbs.includes(task.verb)) return undefined;
  const { done = 0, total = 0, note = 'working' } = task.progress ?? {};
  return { done, total, note, started: task.started, cancel: task.cancel };
}

/** The last command, when it was an act of these verbs: a panel shows its own acts only. */
export function ownCommand(lastCommand: string | undefined, ...verbs: readonly string[]): string | undefined {
  return verbs.some((verb) => lastCommand === `lab ${verb}` || lastCommand?.startsWith(`lab ${verb} `)) ? lastCommand : undefined;
}
