import { LabError } from '../core/lab-error.js';
import { NOTE_TAG } from '../core/track/run.js';
import { findAnyRun } from './project/state.js';
import { changeTags } from './tag-run.js';
import { defineVerb, text } from './verb.js';

/** MLflow refuses longer values of a tag. */
const MOST = 8000;

/** Writes what is to be remembered about a run; an empty text takes the note away. */
export const note = defineVerb({
  name: 'note',
  summary: 'write a note on a run, as Markdown',
  flags: {
    run: text('id or name of the run', { required: true }),
    text: text('the note; an empty one takes it away', { required: true }),
  },
  async run({ platform }, args) {
    const written = args.text!.trim();
    if (written.length > MOST) throw new LabError('flag-value', { flag: '--text', value: `${written.slice(0, 40)}…`, expected: `at most ${MOST} characters` });
    const run = await findAnyRun(platform, args.run!);
    const { step } = await changeTags(platform, run, written === '' ? {} : { [NOTE_TAG]: written }, [NOTE_TAG]);
    return {
      result: { run: run.id, note: written },
      lines: [written === '' ? `took the note of run ${run.id.slice(0, 8)} (${run.name}) away` : `noted on run ${run.id.slice(0, 8)} (${run.name})`],
      step: written === '' ? step : { ...step, reason: written.split('\n')[0]!.slice(0, 200) },
    };
  },
});
