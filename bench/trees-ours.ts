import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scoreMetrics } from '../src/core/evaluate/binary-metrics.js';
import type { Matrix } from '../src/core/table/table.js';
import { fitModel, predict, settingsOf } from '../src/core/train/fit.js';
import type { FittedModel } from '../src/core/train/model.js';
import { cpuSeconds } from './figure.js';

/*
 * One process of bench/trees.ts: trees-ours.ts <folder> <columns> <model> <fits>. Prints one JSON line as trees-sklearn.py does; the
 * first of `seconds` holds all that a fresh process pays, compiling included, on all of its threads.
 */
const [folder = '', width = '', kind = '', fits = ''] = process.argv.slice(2);
const columns = Number(width);

function read(part: string): Float64Array {
  const bytes = readFileSync(join(folder, `${part}.bin`));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

const matrix = (data: Float64Array): Matrix => ({ rows: data.length / columns, columns, data });

function fit(x: Matrix, y: Float64Array): FittedModel {
  const features = Array.from({ length: columns }, (_, j) => `x${j}`);
  const steps = fitModel(kind, { x, y, task: 'binary', classes: 2, features }, settingsOf(kind), 7);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const [x, y, tx, ty] = [matrix(read('x')), read('y'), matrix(read('tx')), read('ty')];
// The first question costs a millisecond of its own.
process.cpuUsage();
const seconds: number[] = [];
let auc = Number.NaN;
for (let i = 0; i < Number(fits); i++) {
  const started = process.cpuUsage();
  const model = fit(x, y);
  seconds.push(cpuSeconds(started));
  auc = scoreMetrics(ty, predict(model, tx)).auc ?? Number.NaN;
}
console.log(JSON.stringify({ seconds, auc }));
