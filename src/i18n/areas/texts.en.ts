import { enPlural } from '../plural.js';

export const texts = {
  why: (column: string, row: string) => `The words of ${column} in test row ${row}`,
  sentence: (output: string, predicted: string, given: string) => `${output}: ${predicted}; the data says ${given}.`,
  methods: {
    linear: 'Closed form: a word adds its weight in the model times its weight in this text.',
    occlusion: 'Found by leaving out one word at a time, wherever it stands: a word’s share is what the prediction loses without it. Words that stand in for each other share little.',
  },
  units: { prediction: 'in the unit of the prediction', 'log-odds': 'log-odds', score: 'above the mean of all classes' },
  text: 'The text with its words marked',
  raises: 'raises it',
  lowers: 'lowers it',
  unknownKey: 'never seen in training',
  unknown: (n: number, words: string) => enPlural(n, { one: '# word was never seen in training and says nothing to the model: ', other: '# words were never seen in training and say nothing to the model: ' }) + words + '.',
  comma: ', ',
  none: 'The text holds no word that the model knows.',
  empty: 'There is no text in this row.',
  table: (column: string) => `Words of ${column} and what each adds`,
  word: 'Word',
  count: 'Times',
  weight: 'Weight in the text',
  share: (unit: string) => `Adds (${unit})`,
  made: 'Columns that were made',
  madeLead: 'These are worked out of other columns. “What would have to be different” changes the columns they come from.',
  column: 'Column',
  how: 'Is',
  from: 'Comes from',
};
