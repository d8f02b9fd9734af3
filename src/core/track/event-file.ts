import { crc32c } from '../crc.js';
import { encodeMessage, floatBytes, joinBytes, type Field } from '../protobuf.js';
import type { RunRecord } from './run.js';

const HISTOGRAM_BUCKETS = 30;
/** TensorFlow's numbers: float and double tensors; scalar and tensor data. */
const [FLOAT, DOUBLE, SCALAR, TENSOR] = [1, 2, 1, 2];

/**
 * A TensorBoard event file of a run: loss by step, all metrics, a histogram of each named array, and hyperparameters with their
 * metrics. Any file whose name holds `tfevents` is read; its folder is the run.
 */
export function eventFile(run: RunRecord, histograms: Readonly<Record<string, ArrayLike<number>>> = {}): Uint8Array {
  const start = run.started / 1000;
  const end = (run.started + run.durationMs) / 1000;
  const events: Field[][] = [[[1, { double: start }], [3, { text: 'brain.Event:2' }]]];
  const add = (seconds: number, step: number, value: readonly Field[]): unknown => events.push([[1, { double: seconds }], [2, { int: step }], [5, { message: [[1, { message: value }]] }]]);
  add(start, 0, hparamValue('_hparams_/session_start_info', [3, { message: [...hyperparameters(run), [4, { text: run.model }], [5, { double: start }]] }]));
  run.history.forEach(({ done, loss, validationLoss }, index) => {
    const at = start + ((end - start) * (index + 1)) / run.history.length;
    add(at, done, scalar('loss', loss));
    if (validationLoss !== undefined) add(at, done, scalar('validation_loss', validationLoss));
  });
  for (const [name, value] of Object.entries(run.metrics)) add(end, 0, scalar(name.replace('.', '/'), value));
  for (const [name, values] of Object.entries(histograms)) add(end, 0, histogram(name, values));
  add(end, 0, hparamValue('_hparams_/session_end_info', [4, { message: [[1, { int: 1 }], [2, { double: end }]] }]));
  return joinBytes(events.map((event) => record(encodeMessage(event))));
}

/** `hparams` map of a session: numbers where they are numbers, else text. */
const hyperparameters = ({ model, params }: RunRecord): Field[] =>
  Object.entries({ model, ...params }).map(([key, value]): Field => [1, { message: [[1, { text: key }], [2, { message: [value !== '' && Number.isFinite(Number(value)) ? [2, { double: Number(value) }] : [3, { text: value }]] }]] }]);

const metadata = (plugin: string, dataClass: number, content: readonly Field[] = []): Field =>
  [9, { message: [[1, { message: [[1, { text: plugin }], ...(content.length > 0 ? [[2, { message: content }] as Field] : [])] }], [4, { int: dataClass }]] }];

const scalar = (tag: string, value: number): Field[] => [[1, { text: tag }], [8, { message: [[1, { int: FLOAT }], [2, { message: [] }], [5, { bytes: floatBytes(value) }]] }], metadata('scalars', SCALAR)];

/** The hparams plugin keeps its content in the metadata, beside an empty tensor. */
const hparamValue = (tag: string, content: Field): Field[] =>
  [[1, { text: tag }], [8, { message: [[1, { int: FLOAT }], [2, { message: [[2, { message: [[1, { int: 0 }]] }]] }]] }], [9, { message: [[1, { message: [[1, { text: 'hparams' }], [2, { message: [content] }]] }]] }]];

/** Buckets of equal width as a tensor [buckets, 3] of left, right and count; one bucket when all values are equal. */
function histogram(tag: string, values: ArrayLike<number>): Field[] {
  const finite = Array.from(values).filter(Number.isFinite);
  const rows = bucketsOf(finite);
  const content = new DataView(new ArrayBuffer(rows.length * 24));
  rows.flat().forEach((value, index) => content.setFloat64(index * 8, value, true));
  const shape: Field = [2, { message: [[2, { message: [[1, { int: rows.length }]] }], [2, { message: [[1, { int: 3 }]] }]] }];
  return [[1, { text: tag }], [8, { message: [[1, { int: DOUBLE }], shape, [4, { bytes: new Uint8Array(content.buffer) }]] }], metadata('histograms', TENSOR)];
}

function bucketsOf(values: readonly number[]): [number, number, number][] {
  if (values.length === 0) return [];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low === high) return [[low - 0.5, high + 0.5, values.length]];
  const width = (high - low) / HISTOGRAM_BUCKETS;
  const counts = new Array<number>(HISTOGRAM_BUCKETS).fill(0);
  for (const value of values) counts[Math.min(HISTOGRAM_BUCKETS - 1, Math.floor((value - low) / width))]!++;
  return counts.map((count, at) => [low + at * width, at === HISTOGRAM_BUCKETS - 1 ? high : low + (at + 1) * width, count]);
}

/** Length, its masked checksum, the bytes, and theirs. */
function record(data: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(data.length), true);
  return joinBytes([length, checksum(length), data, checksum(data)]);
}

function checksum(bytes: Uint8Array): Uint8Array {
  const c = crc32c(bytes);
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, (((c >>> 15) | (c << 17)) + 0xa282ead8) >>> 0, true);
  return out;
}
