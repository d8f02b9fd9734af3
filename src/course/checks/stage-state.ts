import * as v from 'valibot';
import { STAGES } from '../../lab/views/snapshot.js';
import { defineCheck } from '../check.js';

/** A station of the loop is in a given state. */
export const stageState = defineCheck({
  kind: 'stage-state',
  words: ['expected', 'seen'],
  args: v.strictObject({ stage: v.picklist(STAGES), state: v.picklist(['empty', 'ready', 'done', 'attention']) }),
  look: ({ snapshot }, { stage, state }) => {
    const seen = snapshot.stages[stage];
    return { passed: seen === state, seen: ['seen', { stage, state: seen }], expected: ['expected', { stage, state }] };
  },
});
