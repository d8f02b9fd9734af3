import { spawnSync } from 'node:child_process';
import { createRandom } from '../src/core/random.js';
import type { TrainingData } from '../src/core/train/model.js';
import { settingsOf } from '../src/core/train/settings.js';
import { trainOnKernel } from '../src/platform/tfjs/kernel-net.js';
import type { TrainNet } from '../src/platform/tfjs/net-trainer.js';
import { startTensorflow } from '../src/platform/tfjs/node-nets.js';
import { cpuSeconds, type Bench, type Figure } from './figure.js';

const PYTHON = '/usr/bin/python3';
const ROWS = 10_000;

/** 10,000 rows of 20 columns and two classes with an output each, so that the net is 20-64-32-2. */
function makeRows(): TrainingData {
  const random = createRandom(1);
  const data = Float64Array.from({ length: ROWS * 20 }, () => random() + random() + random() + random() - 2);
  const y = Float64Array.from({ length: ROWS }, (_, r) => Number(data[20 * r]! - data[20 * r + 1]! + data[20 * r + 2]! * data[20 * r + 3]! + random() > 0.5));
  return { x: { rows: ROWS, columns: 20, data }, y, task: 'multiclass', classes: 2, features: Array.from({ length: 20 }, (_, j) => `x${j}`) };
}

/** Steps for each CPU second: the median of five trainings after one to warm up. */
async function stepsPerSecond(train: TrainNet, data: TrainingData, batch: number, epochs: number): Promise<number> {
  const settings = settingsOf('dense-net', { layers: [64, 32], batch, epochs, learningRate: 0.001 });
  const rates: number[] = [];
  for (let time = 0; time < 6; time++) {
    const started = process.cpuUsage();
    await train({ kind: 'dense-net', data, settings, seed: 7 }, { signal: new AbortController().signal, progress: () => undefined });
    if (time > 0) rates.push((epochs * Math.ceil(ROWS / batch)) / cpuSeconds(started));
  }
  return rates.sort((a, b) => a - b)[2]!;
}

/** Steps of a dense net on each way of this machine beside scikit-learn's MLPClassifier; skipped where Debian's python3-sklearn is missing. */
export const denseNet: Bench = {
  name: 'dense-net',
  async *measure(): AsyncGenerator<Figure> {
    if (spawnSync(PYTHON, ['-c', 'import sklearn']).status !== 0) {
      console.log('dense-net: skipped, there is no scikit-learn (apt-get install python3-sklearn)');
      return;
    }
    const data = makeRows();
    const tensorflow = await startTensorflow();
    for (const [batch, epochs] of [[32, 4], [256, 12]] as const) {
      const { stdout, stderr, status } = spawnSync(PYTHON, ['bench/dense-net-sklearn.py', String(batch), String(epochs)], { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      const theirs = JSON.parse(stdout.trim().split('\n').at(-1)!) as { rate: number; version: string };
      for (const [name, train] of [['the lab’s kernel', trainOnKernel], [`TensorFlow.js ${tensorflow.backend}`, tensorflow.train]] as const) {
        const ours = await stepsPerSecond(train, data, batch, epochs);
        yield { figure: `dense net 20-64-32-2, batch ${batch}, ${name}`, value: ours / theirs.rate, unit: 'steps per CPU second of theirs', note: `${ours.toFixed(0)} steps, scikit-learn ${theirs.version} ${theirs.rate.toFixed(0)}` };
      }
    }
  },
};
