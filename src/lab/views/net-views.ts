import { LabError } from '../../core/lab-error.js';
import { keptOf } from '../../core/train/hold-back-rows.js';
import type { LayerSummary, NetPlan, NetSubject } from '../../core/train/nets/coded/net-plan.js';
import { subjectOf } from '../../core/train/nets/coded/net-subject.js';
import { netFilesOf, readProgram } from '../nets/net-program.js';
import { planNet } from '../nets/plan-net.js';
import { requirePointer } from '../project/artefacts.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import type { VerbArgs } from '../verb.js';

/** A net written as code, as it would be trained on the prepared rows. */
export interface NetSummary {
  readonly code: string;
  readonly subject: NetSubject;
  readonly plan: NetPlan;
  readonly layers: readonly LayerSummary[];
  /** What the code printed. */
  readonly printed: string;
}

/** The nets of the project, by path. */
export const nets = ({ platform }: Session): Promise<readonly string[]> => netFilesOf(platform);

/** What the code of a net comes to for the prepared rows. Throws what `planNet` throws, and `missing-step`. */
export async function netSummary({ platform, artefacts }: Session, args: VerbArgs, signal: AbortSignal): Promise<NetSummary> {
  const code = String(args['code'] ?? '');
  if (code === '') throw new LabError('net-code-choose', { known: await netFilesOf(platform) });
  const { recipe, split } = await artefacts.prepared((await requirePointer(platform, PATHS.prepared, 'prepare')).md5);
  const subject = subjectOf({ features: recipe.outputs, task: recipe.task, classes: recipe.classes?.length ?? 0 }, keptOf(split.train.length));
  const { plan, layers, printed } = await planNet(platform, await readProgram(platform, code), subject, signal);
  return { code, subject, plan, layers, printed };
}
