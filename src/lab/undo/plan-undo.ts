import { parseJournal, type JournalEntry } from '../../core/govern/journal.js';
import { LabError } from '../../core/lab-error.js';
import type { Platform, ReflogEntry } from '../platform.js';
import { readText } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import { lastAct, type ActRecord } from './act-record.js';
import { planAct } from './plan-act.js';
import { planMove } from './plan-move.js';
import type { UndoPlan } from './plan.js';

/** The record of the last act when that was the lab's and not git's, and what taking it back means; undefined when nothing was done yet. */
export async function planUndo(platform: Platform): Promise<{ plan: UndoPlan; record?: ActRecord } | undefined> {
  const steps = parseJournal((await readText(platform, PATHS.journal)) ?? '');
  const log = await platform.git.reflog('HEAD');
  const kept = await lastAct(platform);
  const record = kept && steps[kept.seq - 1]?.hash === kept.hash && kept.moves <= log.length ? kept : undefined;
  const isLast = record?.moves === log.length;
  if (record && isLast && (record.final !== undefined || !record.moved)) return { plan: await planAct(platform, record), record };
  const unkept = record ? undefined : actWithoutRecord(steps, log);
  if (unkept) return { plan: { id: `step-${unkept.seq}`, kind: 'act', redo: false, text: unkept.command, object: unkept.object, files: [], refused: new LabError('undo-no-record', { command: unkept.command }) } };
  const before = isLast && record?.verb === 'undo' ? record : undefined;
  const plan = await planMove(platform, log, before?.object.type === 'undo');
  // git's own words for an undo would only say that it moved
  return plan && { plan: { ...plan, text: before?.reason ?? plan.text } };
}

/** The newest act of a project that was begun before acts were recorded, when git did nothing since. */
function actWithoutRecord(steps: readonly JournalEntry[], [move]: readonly ReflogEntry[]): JournalEntry | undefined {
  const last = steps.findLast((step) => step.action !== 'learn' || step.reason?.startsWith('restarted') === true);
  if (!last) return undefined;
  const isNewer = move === undefined || Math.floor(Date.parse(last.ts) / 1000) >= move.timestamp;
  return isNewer || last.commit === move.after ? last : undefined;
}
