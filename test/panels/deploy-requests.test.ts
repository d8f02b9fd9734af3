import { beforeAll, describe, expect, it, test } from 'vitest';
import type { Engine } from '../../src/lab/engine.js';
import { reachOf } from '../../src/panels/deploy/endpoint.js';
import { answeredScore, curlCommand, inferBody, layOut, type Preset, type ServiceMetadata } from '../../src/panels/deploy/infer-body.js';
import { judgedAs } from '../../src/panels/deploy/judged-row.js';
import { deployRidership, openLab } from '../lab/open-lab.js';

describe('a request made from a row', () => {
  let engine: Engine;
  let inputs: ServiceMetadata['inputs'];

  beforeAll(async () => {
    const lab = await openLab();
    engine = lab.engine;
    await deployRidership(lab.act);
    inputs = (JSON.parse((await engine.serve({ method: 'GET', path: 'v2/models/ridership' })).body) as ServiceMetadata).inputs;
  });

  const ask = async (row: number, preset: Preset) => {
    const page = await engine.view('table', { from: row - 1, count: 1 });
    return { page, reply: await engine.serve({ method: 'POST', path: 'v2/models/ridership/infer', body: inferBody(inputs, page, preset) }) };
  };

  test.each<[Preset, number, string]>([
    ['whole', 200, 'prediction'],
    ['missingInput', 400, 'missing input'],
    ['wrongShape', 400, 'shape'],
    ['notJson', 400, 'not JSON'],
  ])('%s is answered with %i', async (preset, status, words) => {
    const { reply } = await ask(1440, preset);
    expect(reply.status).toBe(status);
    expect(reply.body).toContain(words);
  });

  it('gets the number of the evaluation for a test row, and finds none for a training row', async () => {
    const detail = await engine.view('evaluation', {});
    const { page, reply } = await ask(1440, 'whole');
    const judged = judgedAs(detail, page, 1440, true);
    expect(judged?.predicted).toBe(answeredScore(reply.body));
    expect(judged?.actual).toBe(detail.actual.at(-1));
    expect(judgedAs(detail, (await ask(1, 'whole')).page, 1, true)).toBeUndefined();
  });

  it('sends an empty cell as a missing value and words as words', () => {
    const page = { columns: [{ name: 'a', type: 'number' }, { name: 'b', type: 'text' }], total: 1, from: 0, rows: [['', "it's"]] };
    const body = inferBody([{ name: 'a', datatype: 'FP64' }, { name: 'b', datatype: 'BYTES' }], page);
    expect(JSON.parse(body)).toEqual({ inputs: [{ name: 'a', shape: [1], datatype: 'FP64', data: [null] }, { name: 'b', shape: [1], datatype: 'BYTES', data: ["it's"] }] });
    expect(curlCommand('./x', body)).toContain(`"it'\\''s"`);
  });
});

test.each([
  ['regression', { outputs: [{ name: 'prediction', shape: [1], data: [3.5] }] }, 3.5],
  ['two classes', { outputs: [{ name: 'prediction', shape: [1], data: [1] }, { name: 'probabilities', shape: [1, 2], data: [0.2, 0.8] }] }, 0.8],
  ['many classes', { outputs: [{ name: 'prediction', shape: [1], data: [2] }, { name: 'probabilities', shape: [1, 3], data: [0.1, 0.2, 0.7] }] }, 2],
  ['an error', { error: 'no' }, undefined],
])('reads the score of %s', (_name, body, score) => expect(answeredScore(JSON.stringify(body))).toBe(score));

test('an answer that is no JSON is shown as it came', () => {
  expect(answeredScore('<html>')).toBeUndefined();
  expect(layOut('<html>')).toBe('<html>');
  expect(layOut('{"a":[1,2]}')).toBe('{\n  "a": [1, 2]\n}');
});

test.each([
  [undefined, 'none'],
  [{ controller: null }, 'waiting'],
  [{ controller: {} }, 'ready'],
] as const)('reach of %o is %s', (source, reach) => expect(reachOf(source)).toBe(reach));
