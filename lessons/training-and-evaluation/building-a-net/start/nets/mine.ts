import { adam, dense, net } from 'looplab';

// A net for the station, written in a hurry. Two lines of it are wrong.
export default net(({ outputs }) => ({
  layers: [
    dense(32, 'relu'),
    dense(16, 'relu'),
    dense(outputs, 'relu'),
  ],
  optimizer: adam({ learningRate: 3 }),
  l2: 0.003,
  epochs: 60,
  batchSize: 64,
  // Stop when the rows held back have not got better for so many epochs, and take the best weights.
  patience: 15,
}));
