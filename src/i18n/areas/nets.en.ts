import { text, listed, type ErrorFields } from '../error-data.js';
import { enPlural } from '../plural.js';

const KEPT = 'Nothing was trained.';
const place = (d: ErrorFields): string => (text(d, 'file') === '' ? '' : ` (${text(d, 'file')}${text(d, 'line') === '' ? '' : `, line ${text(d, 'line')}`})`);
const layer = (d: ErrorFields): string => (text(d, 'layer') === '' ? `the ${text(d, 'kind') || 'net'}` : `layer ${text(d, 'layer')}, ${text(d, 'kind')},`);
const files = (d: ErrorFields): string => (listed(d, 'known') === '' ? 'There is none yet: lab new-net --name deep writes one.' : `There is: ${listed(d, 'known')}.`);

/** Words of the errors about nets that are written as code. */
export const netErrors = {
  'net-code-choose': (d: ErrorFields) => `Say which net: --set code=nets/deep.ts. ${files(d)} ${KEPT}`,
  'net-code-missing': (d: ErrorFields) => `There is no file ${text(d, 'path')} with the code of a net. ${files(d)} ${KEPT}`,
  'net-exists': (d: ErrorFields) => `${text(d, 'path')} is there already and was left as it is. Choose another name.`,
  'net-no-export': (d: ErrorFields) => `${text(d, 'file') || 'The file'} gives no net. End it with: export default net(({ inputs, outputs }) => ({ layers: [ … ] })). ${KEPT}`,
  'net-not-described': (d: ErrorFields) => `The function in ${text(d, 'file') || 'the file'} gives no list of layers; expected: ${text(d, 'expected')}. ${KEPT}`,
  'net-field': (d: ErrorFields) => `In ${layer(d)} “${text(d, 'field')}” cannot be “${text(d, 'value')}”; expected: ${text(d, 'expected')}${place(d)}. ${KEPT}`,
  'net-layer-unknown': (d: ErrorFields) => `Layer ${text(d, 'layer')} is of no known kind (“${text(d, 'kind')}”)${place(d)}. There are: ${listed(d, 'known')}. ${KEPT}`,
  'net-layer-shape': (d: ErrorFields) => `In ${layer(d)} the shape ${text(d, 'shape')} does not fit; it needs ${text(d, 'needs')}${place(d)}. ${KEPT}`,
  'net-output': (d: ErrorFields) => `The net ends with the shape ${text(d, 'shape')}, and the answer is ${text(d, 'outputs')} wide${place(d)}. Let the last layer be dense(outputs). ${KEPT}`,
  'net-output-activation': (d: ErrorFields) => `The last layer has the activation ${text(d, 'activation')}${place(d)}. Leave it off: the lab itself makes probabilities of the numbers. ${KEPT}`,
  'net-too-many-layers': (d: ErrorFields) => `The net has more than ${text(d, 'most')} layers${place(d)}. ${KEPT} Look for a loop that adds too many.`,
  'net-too-large': (d: ErrorFields) => `The net would learn ${text(d, 'weights')} numbers; at most ${text(d, 'most')} can be trained and kept here${place(d)}. ${KEPT} Make layers narrower.`,
};

/** A net as a kind of model. */
export const codedNetWords = {
  name: 'Net written as code',
  what: 'Your own net: a short TypeScript file says which layers there are and how they are trained.',
  assumes: 'What your layers assume. Inputs should be on a like scale; the lab checks that shapes fit before it trains.',
  costs: 'Seconds to minutes, by the size that you choose. The same code and seed repeat to the last bit on one backend.',
  avoid: 'Until a simpler model is known to be too weak: every layer is one more choice to justify.',
};

/** Its settings. */
export const codedNetSettings = {
  code: { name: 'File of the net', hint: 'A file in nets/, such as nets/deep.ts.' },
  epochLimit: { name: 'Epochs at most', hint: '0: as the code says.' },
  rateFactor: { name: 'Learning rate times', hint: '1: as the code says.' },
};

export const nets = {
  title: 'Your net',
  choose: 'File of the net',
  none: 'No net yet. A starter with a comment on every line shows how one is written.',
  newName: 'Name of the new net',
  newHint: 'Letters, digits, _ and -.',
  make: 'Write a starter and open it',
  another: 'Begin another net',
  edit: 'Open in the editor',
  openAt: (file: string, line: string) => (line === '' ? `Open ${file}` : `Open ${file} at line ${line}`),
  checking: 'Running the code',
  again: 'Check again',
  summary: (layers: number, weights: string) => `${enPlural(layers, { one: '# layer', other: '# layers' })}, ${weights} numbers to learn.`,
  table: 'Layers of the net',
  place: 'Place',
  layer: 'Layer',
  shape: 'Gives',
  weights: 'Numbers to learn',
  line: 'Line',
  start: (inputs: number, outputs: number) => `${enPlural(inputs, { one: '# number goes in', other: '# numbers go in' })}, ${enPlural(outputs, { one: '# comes out', other: '# come out' })}.`,
  startPicture: (shape: string, outputs: number) => `A picture of ${shape} goes in, ${enPlural(outputs, { one: '# number comes out', other: '# numbers come out' })}.`,
  training: (optimizer: string, rate: string, epochs: number, batch: number) => `${optimizer} at ${rate}, up to ${enPlural(epochs, { one: '# epoch', other: '# epochs' })} in batches of ${batch}.`,
  patience: (epochs: number) => enPlural(epochs, { one: 'Stops after # epoch that is no better.', other: 'Stops after # epochs that are no better.' }),
  printed: 'What the code printed',
  broken: 'The code gives no net that can be trained',
  editorHint: 'This file is a net. Look at its layers and train it on the Train page.',
  editorAct: 'To training',
};
