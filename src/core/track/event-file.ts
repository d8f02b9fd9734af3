import { crc32c } from '../crc.js';
import { encodeMessage, floatBytes, joinBytes, type Field } from '../protobuf.js';
import { bucketRows, countTensor, type StepHistograms, type TensorHistogram } from '../train/tensor-histogram.js';
import { curveTimes, type RunRecord } from './run.js';

/** TensorFlow's numbers: float and double tensors; scalar and tensor data. */
const [FLOAT, DOUBLE, SCALAR, TENSOR] = [1, 2, 1, 2];
/** How a session ended, by the numbers of the hparams plugin. */
const [SUCCEEDED, FAILED] = [1, 2];

/**
 * A TensorBoard event file of a run: loss by step, all metrics, a histogram of each named array, those of a net's weights and gradients
 * by step, and hyperparameters with their metrics. Any file whose name holds `tfevents` is read; its folder is the run.
 */
export function eventFile(run: RunRecord, histograms: Readonly<Record<string, ArrayLike<number>>> = {}, bySteps: readonly StepHistograms[] = []): Uint8Array {
  const start = run.started / 1000;
  const end = (run.started + run.durationMs) / 1000;
  const events: Field[][] = [[[1, { double: start }], [3, { text: 'brain.Event:2' }]]];
  const add = (seconds: number, step: number, value: readonly Field[]): unknown => events.push([[1, { double: seconds }], [2, { int: step }], [5, { message: [[1, { message: value }]] }]]);
  add(start, 0, hparamValue('_hparams_/session_start_info', [3, { message: [...hyperparameters(run), [4, { text: run.model }], [5, { double: start }]] }]));
  const times = curveTimes(run);
  run.history.forEach(({ done, loss, validationLoss }, index) => {
    const at = times[index]! / 1000;
    add(at, done, scalar('loss', loss));
    if (validationLoss !== undefined) add(at, done, scalar('validation_loss', validationLoss));
  });
  for (const [name, value] of Object.entries(run.metrics)) add(end, 0, scalar(name.replace('.', '/'), value));
  for (const [name, values] of Object.entries(histograms)) add(end, 0, histogram(countTensor(name, values)));
  for (const { step, tensors } of bySteps) for (const tensor of tensors) add(timeOfStep(run, times, step) / 1000, step, histogram(tensor));
  add(end, 0, hparamValue('_hparams_/session_end_info', [4, { message: [[1, { int: run.status === undefined ? SUCCEEDED : FAILED }], [2, { double: end }]] }]));
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
function histogram(tensor: TensorHistogram): Field[] {
  const rows = bucketRows(tensor);
  const content = new DataView(new ArrayBuffer(rows.length * 24));
  rows.flat().forEach((value, index) => content.setFloat64(index * 8, value, true));
  const shape: Field = [2, { message: [[2, { message: [[1, { int: rows.length }]] }], [2, { message: [[1, { int: 3 }]] }]] }];
  return [[1, { text: tensor.name }], [8, { message: [[1, { int: DOUBLE }], shape, [4, { bytes: new Uint8Array(content.buffer) }]] }], metadata('histograms', TENSOR)];
}

/** When a step was reached; the end of the run for a step that its curve does not have. */
const timeOfStep = ({ history, started, durationMs }: RunRecord, times: readonly number[], step: number): number => times[history.findIndex(({ done }) => done === step)] ?? started + durationMs;

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
