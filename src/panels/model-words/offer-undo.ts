import type { UndoOutlook } from '../../lab/views/undo-plan.js';
import type { Project } from '../../state/project.svelte.js';

/** Milliseconds that the offer stays. */
const LINGER = 12_000;

/** Says what was done, with a button that takes just that back; only the words when it cannot be. */
export async function offerUndo(project: Project, text: string): Promise<void> {
  const { plan } = await project.view<{ plan?: UndoOutlook }>('undoPlan').catch(() => ({ plan: undefined }));
  const undo = plan && !plan.refused ? async () => void (await project.run('undo', { act: plan.id })) : undefined;
  project.notices.add({ tone: 'good', text, ...(undo ? { undo } : {}) }, LINGER);
}
