import { LabError } from '../../../core/lab-error.js';
import type { undoPlan } from '../../../lab/views/undo-plan.js';
import type { LabRead } from '../../lab-read.js';

/** `lab last`: what `lab undo` would take back or bring back, or why it cannot. */
export const last: LabRead = {
  name: 'last',
  summary: 'what lab undo would take back now',
  flags: {},
  run: async (_args, { engine, formatError }) => {
    const { plan } = (await engine.view('undoPlan', {})) as Awaited<ReturnType<typeof undoPlan>>;
    if (!plan) return { text: 'Nothing was done yet that could be taken back.\n', status: 1 };
    if (plan.refused) return { text: `${formatError(new LabError(plan.refused.code, plan.refused.data))}\n`, status: 1 };
    const what = plan.object ? `${plan.text} (${plan.object.type} ${plan.object.id.slice(0, 40)})` : plan.text;
    const files = plan.files.map((path) => `  ${path}\n`).join('');
    return { text: `lab undo ${plan.redo ? 'brings back' : 'takes back'}: ${what}\n${plan.same === undefined ? '' : `the same in git: ${plan.same}\n`}${files === '' ? '' : `files that change:\n${files}`}`, status: 0 };
  },
};
