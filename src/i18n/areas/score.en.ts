import { listed, text, type ErrorFields } from '../error-data.js';
import { enPlural } from '../plural.js';

const KEPT = 'Nothing was changed.';

/** Words of the errors about claimed scores. */
export const scoreErrors = {
  'verify-no-target': (d: ErrorFields) => `${text(d, 'path') || 'params.yaml'} does not say what is predicted, or the data have no such column. ${KEPT} Write the starter pipeline, or prepare the data.`,
  'verify-too-few': (d: ErrorFields) => `Only ${text(d, 'rows') || 'a few'} rows could be sealed; fewer than ${text(d, 'fewest')} prove nothing. ${KEPT} Collect more rows, or seal a larger share.`,
  'verify-no-data': (d: ErrorFields) => `No stage reads ${text(d, 'path')}, so no row could be kept from the code. ${KEPT} List it under deps in dvc.yaml.`,
  'verify-leak': (d: ErrorFields) => `${text(d, 'rows') || 'Some'} of ${text(d, 'tried') || 'the'} sealed rows stand in ${text(d, 'path')}, where the code can read them. ${KEPT} Data come from data/raw.csv alone; take the copy out.`,
  'verify-no-model': () => `No stage leaves a model and a recipe in the lab’s format, and there is no src/predict.ts that exports predict(table, rows). ${KEPT} The lab needs one of them to ask for rows that it kept back.`,
  'verify-bad-answer': (d: ErrorFields) => `The sealed rows got no usable answer: ${text(d, 'reason')}. The claim stands unproven. ${KEPT}`,
  'verify-no-claim': (d: ErrorFields) => `There is no metric to check${listed(d, 'paths') === '' ? '' : ` in ${listed(d, 'paths')}`}. ${KEPT} Run the pipeline first, and name metrics as the lab does, such as rmse or accuracy.`,
};

export const score = {
  title: 'Is the score true?',
  lead: 'Code can write any number. Here the lab takes rows away, runs your stages without them, has them predicted without the answer, and reckons the score itself.',
  act: 'Check the claimed score',
  again: 'Check again',
  stale: 'The scores have changed since this check. Check again.',
  first: 'Run the pipeline first: it writes the scores that are checked.',
  sentence: (metric: string, claimed: string, found: string, rows: number) => `${metric}: claimed ${claimed}, found ${found} on ${enPlural(rows, { one: '# row', other: '# rows' })} that the code never saw.`,
  noNumber: 'no number',
  holds: 'The claim holds.',
  refuted: 'The claim does not hold.',
  modest: 'The model is better than the claim.',
  unmoved: 'The number did not move at all when the data changed. A score that is reckoned would.',
  table: 'Claimed and recomputed scores',
  metric: 'Metric',
  claimed: 'Claimed',
  withoutRows: 'Claimed without those rows',
  found: 'Recomputed',
  range: '99 % interval',
  verdict: 'Verdict',
  verdicts: { holds: 'holds', 'too-good': 'too good', modest: 'too modest', 'no-number': 'no number' } as Record<string, string>,
  by: { model: 'The lab predicted with the model that the stages wrote.', code: 'The learner’s predict answered.' } as Record<string, string>,
};
