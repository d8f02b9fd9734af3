/** A first net for a table: what a beginner reads and changes. */
const TABLE = `import { adam, cosine, dense, dropout, net, type Layer } from 'looplab';

// A net is a list of layers. The numbers of a row go in at the top, each layer makes new numbers of them, and the last layer gives the answer.
// The lab calls this function with what is to be learned, checks the layers it gets back, and trains them. Change anything, and train again.
export default net(({ inputs, outputs, rows }) => {
  // How many numbers each hidden layer gives. Wider and deeper nets can learn more, and need more rows to learn it from.
  const widths = inputs > 40 ? [64, 32] : [32, 16];

  // With few rows a net soon knows them by heart. Dropout forgets some of the numbers in each step, which makes that harder.
  const forget = rows < 2000 ? 0.1 : 0;

  const layers: Layer[] = [];
  for (const width of widths) {
    // 'relu' sets what is below 0 to 0. Without such a bend, many layers could do no more than one.
    layers.push(dense(width, 'relu'));
    if (forget > 0) layers.push(dropout(forget));
  }

  // The answer: one number, or one for each class. No activation here: the lab itself turns the numbers into probabilities.
  layers.push(dense(outputs));

  return {
    layers,
    // How large a step is. Too large, and the loss jumps about or runs away; too small, and nothing happens.
    optimizer: adam({ learningRate: 0.003 }),
    // Large steps at first, small ones at the end.
    schedule: cosine(),
    // How often all rows are gone through, and how many of them make one step.
    epochs: 60,
    batchSize: 64,
    // Stop when the rows held back have not got better for so many epochs, and take the best weights.
    patience: 15,
  };
});
`;

/** A first net for pictures. */
const PICTURES = `import { adam, conv2d, cosine, dense, dropout, flatten, maxPool, net, rescale, type Layer } from 'looplab';

// A net is a list of layers. A picture goes in at the top, each layer makes something new of it, and the last layer gives the answer.
// The lab calls this function with what is to be learned, checks the layers it gets back, and trains them. Change anything, and train again.
export default net(({ outputs, shape }) => {
  // Pixels from 0 to 1: divides by the brightest that training saw.
  const layers: Layer[] = [rescale()];

  // Each conv2d looks for small patterns everywhere in the picture; maxPool keeps the strongest of each four pixels and halves the sides.
  let side = shape[0];
  for (const filters of [8, 16]) {
    layers.push(conv2d(filters, { size: 3, activation: 'relu' }));
    if (side >= 4) {
      layers.push(maxPool(2));
      side = Math.floor(side / 2);
    }
  }

  // What was found, as one list of numbers, and a judgement of all of it.
  layers.push(flatten(), dense(64, 'relu'), dropout(0.2));

  // The answer: one number for each class. No activation here: the lab itself turns the numbers into probabilities.
  layers.push(dense(outputs));

  return { layers, optimizer: adam({ learningRate: 0.003 }), schedule: cosine(), epochs: 15, batchSize: 32, patience: 5 };
});
`;

/** Code of a first net for inputs of that shape. */
export const starterNet = (shape: readonly number[]): string => (shape.length === 3 ? PICTURES : TABLE);
