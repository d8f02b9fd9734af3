import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../src/core/crc.js';
import { eventFile } from '../../../src/core/track/event-file.js';
import { mlflowStore, mlflowTags } from '../../../src/core/package/mlflow-store.js';
import { parseRunFilter } from '../../../src/core/track/run-filter.js';
import type { RunRecord } from '../../../src/core/track/run.js';

const ID = 'a'.repeat(32);
const RUN: RunRecord = {
  version: 1, id: ID, name: 'first', model: 'linear', task: 'regression', started: 1_700_000_000_000, durationMs: 2000, commit: 'c'.repeat(40), dataDigest: 'd'.repeat(32), preparedDigest: `${'e'.repeat(32)}.dir`, modelDigest: 'f'.repeat(32),
  params: { l2: '1', seed: '7' }, metrics: { 'test.rmse': 2.5, 'train.rmse': 2 }, seed: 7, backend: 'TypeScript', repeatable: true, trials: [], skipped: [], concerns: [], evaluated: true,
  history: [{ done: 1, total: 2, loss: 0.9, validationLoss: 1 }, { done: 2, total: 2, loss: 0.5, validationLoss: 0.7 }],
};
const passes = (filter: string): boolean => parseRunFilter(filter)({ record: RUN, tags: mlflowTags(RUN) });

describe('the filter of run search', () => {
  it.each([
    ['', true],
    ['metrics.test.rmse < 3', true],
    ["metrics.`test.rmse` <= 2.5 AND params.l2 = '1'", true],
    ['metrics."train.rmse" != 2', false],
    ["run_name LIKE 'fir%' and params.model = \"linear\"", true],
    ["attributes.run_name ILIKE 'FIR__'", true],
    ["run_name LIKE 'FIR__'", false],
    ["tags.`mlflow.source.git.commit` IS NOT NULL", true],
    ['tags.note IS NULL', true],
    ["status IN ('FAILED', 'FINISHED')", true],
    ["run_name NOT IN ('first')", false],
    ['start_time >= 1700000000000', true],
    ['metrics.unknown > 0', false],
    ["dataset.digest = 'dddddddd'", true],
    ["params.l2 != 'it\\'s'", true],
  ])('%s', (filter, expected) => expect(passes(filter)).toBe(expected));

  it.each([
    ['metrics.rmse', 13],
    ["metrics.rmse < '3'", 16],
    ['params.l2 = 1', 13],
    ["params.l2 > '1'", 11],
    ['metrics.rmse < 3 OR metrics.mae < 2', 18],
    ['(metrics.rmse < 3)', 1],
    ['nonsense = 3', 1],
    ["status IN 'FINISHED'", 11],
    ['metrics.rmse # 3', 13],
    ['loss.x < 2', 1],
  ])('refuses %s and says where', (filter, at) => {
    expect(() => parseRunFilter(filter)).toThrow(expect.objectContaining({ code: 'bad-filter', data: expect.objectContaining({ at }) }));
  });
});

describe('the MLflow file store', () => {
  const files = mlflowStore({
    experiment: 'looplab',
    runs: [RUN],
    registry: { version: 1, models: { ridership: { aliases: { champion: 1 }, versions: [{ version: 1, runId: ID, modelKind: 'linear', task: 'regression', dataDigest: RUN.dataDigest, modelDigest: RUN.modelDigest, registeredAt: '2026-01-01T00:00:00Z', metrics: {} }] } } },
  });

  it('gives a run the three folders without which MLflow does not find it', () => {
    for (const folder of ['metrics', 'params', 'artifacts', 'tags']) expect(Object.keys(files).some((path) => path.startsWith(`1/${ID}/${folder}/`))).toBe(true);
  });

  it('writes meta files that YAML reads with ids as MLflow compares them', () => {
    const meta = parse(files[`1/${ID}/meta.yaml`]!) as Record<string, unknown>;
    expect(meta).toMatchObject({ run_id: ID, run_uuid: ID, experiment_id: '1', status: 3, source_type: 4, lifecycle_stage: 'active', start_time: 1_700_000_000_000, end_time: 1_700_000_002_000, deleted_time: null, tags: [] });
    expect(Object.keys(meta)).toEqual(Object.keys(meta).sort());
    expect(files['1/meta.yaml']).toContain("experiment_id: '1'\n");
  });

  it('writes metrics as time, value and step, and params and tags without a line end', () => {
    expect(files[`1/${ID}/metrics/test.rmse`]).toBe('1700000002000 2.5 0\n');
    expect(files[`1/${ID}/metrics/loss`]).toBe('1700000001000 0.9 1\n1700000002000 0.5 2\n');
    expect(files[`1/${ID}/params/l2`]).toBe('1');
    expect(files[`1/${ID}/tags/mlflow.runName`]).toBe('first');
  });

  it('keeps the alias in a file whose content is the version', () => {
    expect(files['models/ridership/aliases/champion']).toBe('1');
    expect(parse(files['models/ridership/version-1/meta.yaml']!)).toMatchObject({ version: 1, run_id: ID, current_stage: 'None', status: 'READY', aliases: ['champion'] });
  });
});

interface Wire {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** Reads protobuf's wire format, written anew from its specification. */
function wire(bytes: Uint8Array): Wire[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Wire[] = [];
  let at = 0;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const [number, type] = [key >>> 3, key & 7];
    if (type === 0) fields.push({ number, value: varint() });
    else if (type === 1) fields.push({ number, value: view.getFloat64((at += 8) - 8, true) });
    else if (type === 2) {
      const length = varint();
      fields.push({ number, value: bytes.subarray(at, (at += length)) });
    } else throw new Error(`wire type ${type}`);
  }
  return fields;
}
const field = (bytes: Uint8Array, ...path: number[]): number | Uint8Array | undefined =>
  path.reduce<number | Uint8Array | undefined>((found, number) => (found instanceof Uint8Array ? wire(found).find((own) => own.number === number)?.value : undefined), bytes);
const textOf = (value: number | Uint8Array | undefined): string => new TextDecoder().decode(value as Uint8Array);

/** The records of an event file; each checksum is checked. */
function records(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset);
  const masked = (bytes: Uint8Array): number => (((crc32c(bytes) >>> 15) | (crc32c(bytes) << 17)) + 0xa282ead8) >>> 0;
  const found: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(masked(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(masked(data));
    found.push(data);
    at += 16 + length;
  }
  return found;
}

describe('the TensorBoard event file', () => {
  const events = records(eventFile(RUN, { weights: [0, 1, 2, 3, 3], equal: [2, 2] }));
  const byTag = (tag: string): Uint8Array[] => events.filter((event) => textOf(field(event, 5, 1, 1)) === tag);

  it('holds the histograms of a net at their steps, and says that a stopped run did not succeed', () => {
    const bySteps = [1, 2].map((step) => ({ step, tensors: [{ name: 'layer1/weights', low: 0, high: 3, counts: [1, 2, 3] }] }));
    const stopped = records(eventFile({ ...RUN, status: 'KILLED' }, {}, bySteps));
    const found = stopped.filter((event) => textOf(field(event, 5, 1, 1)) === 'layer1/weights');
    expect(found.map((event) => field(event, 2))).toEqual([1, 2]);
    const content = field(found[0]!, 5, 1, 8, 4) as Uint8Array;
    expect(Array.from({ length: 9 }, (_, i) => new DataView(content.buffer, content.byteOffset).getFloat64(i * 8, true))).toEqual([0, 1, 1, 1, 2, 2, 2, 3, 3]);
  });

  it('has the checksum of the specification', () => expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283));

  it('begins with the version and holds the loss by step', () => {
    expect(textOf(field(events[0]!, 3))).toBe('brain.Event:2');
    const losses = byTag('loss');
    expect(losses.map((event) => field(event, 2))).toEqual([1, 2]);
    const value = field(losses[1]!, 5, 1, 8, 5) as Uint8Array;
    expect(new DataView(value.buffer, value.byteOffset).getFloat32(0, true)).toBe(0.5);
    expect(textOf(field(losses[0]!, 5, 1, 9, 1, 1))).toBe('scalars');
    expect(byTag('test/rmse')).toHaveLength(1);
  });

  it('holds histograms of 30 buckets that count every value, and one bucket for equal values', () => {
    const [weights] = byTag('weights');
    const content = field(weights!, 5, 1, 8, 4) as Uint8Array;
    const numbers = Array.from({ length: content.length / 8 }, (_, i) => new DataView(content.buffer, content.byteOffset).getFloat64(i * 8, true));
    expect(numbers).toHaveLength(90);
    expect(numbers.filter((_, i) => i % 3 === 2).reduce((a, b) => a + b, 0)).toBe(5);
    expect([numbers[0], numbers[88]]).toEqual([0, 3]);
    expect((field(byTag('equal')[0]!, 5, 1, 8, 4) as Uint8Array).length).toBe(24);
  });

  it('tells the hparams plugin what was set and how it ended', () => {
    const [start] = byTag('_hparams_/session_start_info');
    expect(textOf(field(start!, 5, 1, 9, 1, 1))).toBe('hparams');
    const session = field(start!, 5, 1, 9, 1, 2, 3) as Uint8Array;
    const params = Object.fromEntries(wire(session).filter(({ number }) => number === 1).map(({ value }) => [textOf(field(value as Uint8Array, 1)), field(value as Uint8Array, 2, 2) ?? textOf(field(value as Uint8Array, 2, 3))]));
    expect(params).toEqual({ model: 'linear', l2: 1, seed: 7 });
    expect(field(byTag('_hparams_/session_end_info')[0]!, 5, 1, 9, 1, 2, 4, 1)).toBe(1);
  });
});
