import type { ErrorData } from '../../core/lab-error.js';
import type { Session } from '../project/session.js';
import { planUndo } from '../undo/plan-undo.js';
import type { UndoPlan } from '../undo/plan.js';

/** What an undo would take back, as it crosses to the page; a refusal is its code and data. */
export type UndoOutlook = Omit<UndoPlan, 'refused'> & { readonly refused?: { readonly code: string; readonly data: ErrorData } };

/** What `lab undo` would do now; without a plan when nothing was done yet. */
export async function undoPlan({ platform }: Session): Promise<{ plan?: UndoOutlook }> {
  const found = await planUndo(platform);
  if (!found) return {};
  const { refused, ...plan } = found.plan;
  return { plan: { ...plan, ...(refused ? { refused: { code: refused.code, data: refused.data } } : {}) } };
}
