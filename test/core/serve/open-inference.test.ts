import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { handleInference } from '../../../src/core/serve/open-inference.js';
import { servedModel, type ServedModel } from '../../../src/core/serve/served-model.js';
import { errorReply, inferReply, modelMetadata, serverMetadata } from './protocol-schema.js';
import { fitted, fixedScores, recipe, ridership } from './served.js';

const call = (method: string, path: string, body?: unknown, models: readonly ServedModel[] = [ridership]) => {
  const reply = handleInference({ method, path, body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body) }, models);
  return { status: reply.status, json: JSON.parse(reply.body) as Record<string, unknown> };
};

const inputs = (rows: number): { name: string; shape: number[]; datatype: string; data: unknown }[] => [
  { name: 'temp', shape: [rows], datatype: 'FP64', data: Array.from({ length: rows }, (_, i) => i + 0.5) },
  { name: 'games', shape: [rows], datatype: 'INT64', data: Array(rows).fill(2) },
  { name: 'holiday', shape: [rows], datatype: 'BOOL', data: Array(rows).fill(true) },
  { name: 'station', shape: [rows], datatype: 'BYTES', data: Array(rows).fill('lake') },
  { name: 'day', shape: [rows], datatype: 'BYTES', data: Array(rows).fill('1970-01-11') },
];
const withInput = (name: string, change: object) => ({ inputs: inputs(2).map((input) => (input.name === name ? { ...input, ...change } : input)) });
const infer = (body: unknown, models?: readonly ServedModel[]) => call('POST', 'v2/models/ridership/infer', body, models);

describe('what the server tells about itself', () => {
  test('server metadata', () => {
    const { status, json } = call('GET', 'v2');
    expect(status).toBe(200);
    expect(v.parse(serverMetadata, json)).toEqual({ name: 'looplab', version: '2', extensions: ['null_as_missing'] });
  });

  test.each([
    ['v2/', { name: 'looplab', version: '2', extensions: ['null_as_missing'] }],
    ['v2/health/live', { live: true }],
    ['v2/health/ready', { ready: true }],
    ['v2/models/ridership/ready', { name: 'ridership', ready: true }],
    ['v2/models/ridership/versions/3/ready?x=1', { name: 'ridership', ready: true }],
  ])('GET %s', (path, expected) => {
    expect(call('GET', path)).toEqual({ status: 200, json: expected });
  });

  test('model metadata has one tensor for each raw column', () => {
    const { status, json } = call('GET', 'v2/models/ridership/versions/3');
    expect(status).toBe(200);
    expect(v.parse(modelMetadata, json)).toEqual({
      name: 'ridership',
      versions: ['3'],
      platform: 'looplab_json',
      inputs: [
        { name: 'temp', datatype: 'FP64', shape: [-1] },
        { name: 'games', datatype: 'FP64', shape: [-1] },
        { name: 'holiday', datatype: 'FP64', shape: [-1] },
        { name: 'station', datatype: 'BYTES', shape: [-1] },
        { name: 'day', datatype: 'BYTES', shape: [-1] },
      ],
      outputs: [{ name: 'prediction', datatype: 'FP64', shape: [-1] }],
    });
  });

  test('a classifier tells three outputs', () => {
    const { json } = call('GET', 'v2/models/busy', undefined, [fixedScores('multiclass', ['a', 'b', 'c'], [])]);
    expect(v.parse(modelMetadata, json).outputs).toEqual([
      { name: 'prediction', datatype: 'FP64', shape: [-1] },
      { name: 'label', datatype: 'BYTES', shape: [-1] },
      { name: 'probabilities', datatype: 'FP64', shape: [-1, 3] },
    ]);
  });
});

describe('a prediction', () => {
  test('has the numbers of the model, row by row, and echoes the id', () => {
    const { status, json } = infer({ id: '42', inputs: inputs(3) });
    expect(status).toBe(200);
    expect(v.parse(inferReply, json)).toEqual({
      model_name: 'ridership',
      model_version: '3',
      id: '42',
      outputs: [{ name: 'prediction', shape: [3], datatype: 'FP64', data: [17.5, 18.5, 19.5] }],
    });
  });

  test.each<[string, object, number[]]>([
    ['data nested as [n, 1]', { shape: [2, 1], data: [[1], [2]] }, [18, 19]],
    ['flat data of shape [n, 1]', { shape: [2, 1], data: [1, 2] }, [18, 19]],
    ['integers for a number', { datatype: 'INT8', data: [-128, 127] }, [-111, 144]],
    ['FP32, rounded as the datatype says', { datatype: 'FP32', data: [0.1, 0.5] }, [17 + Math.fround(0.1), 17.5]],
    ['null as missing', { data: [null, 1] }, [-983, 18]],
  ])('takes %s', (_, change, expected) => {
    const { status, json } = infer(withInput('temp', change));
    expect(status).toBe(200);
    expect(v.parse(inferReply, json).outputs[0]!.data).toEqual(expected);
  });

  test('takes missing words and dates, and inputs in any order', () => {
    const body = withInput('station', { data: [null, 'clark'] });
    const days = body.inputs.map((input) => (input.name === 'day' ? { ...input, data: ['1970-01-02T12:00:00Z', null] } : input)).reverse();
    expect(v.parse(inferReply, infer({ inputs: days }).json).outputs[0]!.data).toEqual([0.5 + 3 + 0 + 1.5, 1.5 + 3 + 5 - 1000 / 86_400_000]);
  });

  test('binary: prediction by threshold, label, both probabilities', () => {
    const model = fixedScores('binary', ['no', 'yes'], [0.25, 0.5, 0.75]);
    const body = { inputs: [{ name: 'x', shape: [3], datatype: 'FP64', data: [1, 2, 3] }] };
    const { json } = call('POST', 'v2/models/busy/infer', body, [model]);
    expect(v.parse(inferReply, json).outputs).toEqual([
      { name: 'prediction', shape: [3], datatype: 'FP64', data: [0, 1, 1] },
      { name: 'label', shape: [3], datatype: 'BYTES', data: ['no', 'yes', 'yes'] },
      { name: 'probabilities', shape: [3, 2], datatype: 'FP64', data: [0.75, 0.25, 0.5, 0.5, 0.25, 0.75] },
    ]);
    const strict = call('POST', 'v2/models/busy/infer', body, [fixedScores('binary', ['no', 'yes'], [0.25, 0.5, 0.75], 0.7)]);
    expect(v.parse(inferReply, strict.json).outputs[0]!.data).toEqual([0, 0, 1]);
  });

  test('multiclass: the likeliest, and only the outputs asked for, in their order', () => {
    const model = fixedScores('multiclass', ['a', 'b', 'c'], [0.2, 0.2, 0.6, 0.4, 0.4, 0.2]);
    const body = { inputs: [{ name: 'x', shape: [2], datatype: 'FP64', data: [1, 2] }], outputs: [{ name: 'label' }, { name: 'prediction' }] };
    expect(v.parse(inferReply, call('POST', 'v2/models/busy/infer', body, [model]).json).outputs).toEqual([
      { name: 'label', shape: [2], datatype: 'BYTES', data: ['c', 'a'] },
      { name: 'prediction', shape: [2], datatype: 'FP64', data: [2, 0] },
    ]);
  });

  test('of two versions the path chooses, else the last answers', () => {
    const newer = servedModel('ridership', 4, recipe, fitted, { applyRecipe: (_, table) => ({ rows: table.rows, columns: 1, data: new Float64Array(table.rows) }), predict: (_, x) => x.data });
    const at = (path: string) => v.parse(inferReply, call('POST', path, { inputs: inputs(1) }, [ridership, newer]).json);
    expect(at('v2/models/ridership/infer').model_version).toBe('4');
    expect(at('v2/models/ridership/versions/3/infer')).toMatchObject({ model_version: '3', outputs: [{ data: [17.5] }] });
    expect(call('GET', 'v2/models/ridership', undefined, [ridership, newer]).json).toMatchObject({ versions: ['3', '4'] });
  });

  test('ten thousand rows pass, one more does not', () => {
    expect(infer({ inputs: inputs(10_000) }).status).toBe(200);
    expect(infer({ inputs: inputs(10_001) })).toMatchObject({ status: 400, json: { error: expect.stringContaining('at most 10000') as string } });
  });
});

describe('refusals', () => {
  test.each<[string, string, number, string]>([
    ['GET', 'v2/nothing', 404, 'v2/nothing'],
    ['GET', '', 404, 'nothing at'],
    ['GET', 'v1/models/ridership', 404, 'v1/models'],
    ['GET', 'v2/health', 404, 'v2/health'],
    ['GET', 'v2/models', 404, 'v2/models'],
    ['GET', 'v2/models/other', 404, '"other"'],
    ['GET', 'v2/models/ridership/versions/9', 404, 'no version 9'],
    ['GET', 'v2/models/ridership/explain', 404, 'explain'],
    ['GET', 'v2/models/ridership/ready/now', 404, 'ready/now'],
    ['GET', 'v2/models/%E0%A4%A/ready', 400, 'well-formed'],
    ['POST', 'v2', 405, 'use GET'],
    ['DELETE', 'v2/models/ridership', 405, 'use GET'],
    ['GET', 'v2/models/ridership/infer', 405, 'use POST'],
    ['POST', 'v2/models/ridership/ready', 405, 'use GET'],
  ])('%s %s', (method, path, status, words) => {
    const reply = call(method, path);
    expect(reply.status).toBe(status);
    expect(v.parse(errorReply, reply.json).error).toContain(words);
  });

  const two = inputs(2);
  test.each<[string, unknown, string]>([
    ['no body', undefined, 'no body'],
    ['malformed JSON', '{"inputs": [', 'not JSON'],
    ['NaN, which is no JSON', '{"inputs": [{"name": "temp", "data": [NaN]}]}', 'not JSON'],
    ['a list', [], 'expected an object'],
    ['null', null, 'expected an object'],
    ['the V1 protocol', { instances: [[1]] }, '"instances"'],
    ['a number as id', { id: 7, inputs: two }, 'id 7'],
    ['parameters that nobody reads', { parameters: { binary_data_output: true }, inputs: two }, '"binary_data_output"'],
    ['parameters of an input', withInput('temp', { parameters: { content_type: 'np' } }), '"content_type" of input "temp"'],
    ['no inputs', {}, 'inputs is nothing'],
    ['inputs as an object', { inputs: {} }, 'inputs is {}'],
    ['an input without a name', { inputs: [{ shape: [1], datatype: 'FP64', data: [1] }] }, 'input 0 has no name'],
    ['a missing input', { inputs: two.slice(0, 3) }, 'missing input "station", "day"'],
    ['an unknown input', { inputs: [...two, { ...two[0]!, name: 'tempo' }] }, 'unknown input "tempo"'],
    ['an input that comes twice', { inputs: [...two, two[0]] }, 'input "temp" comes twice'],
    ['an unknown field of an input', withInput('temp', { dtype: 'FP64' }), '"dtype"'],
    ['unequal rows', withInput('games', { shape: [1], data: [1] }), '"games" has 1 rows, but "temp" has 2'],
    ['an unknown datatype', withInput('temp', { datatype: 'FLOAT' }), '"FLOAT" is not supported'],
    ['FP16', withInput('temp', { datatype: 'FP16' }), '"FP16" is not supported'],
    ['words for a number', withInput('temp', { datatype: 'BYTES', data: ['1', '2'] }), 'datatype BYTES, expected FP64'],
    ['numbers for words', withInput('station', { datatype: 'INT64', data: [1, 2] }), 'datatype INT64, expected BYTES'],
    ['a string among numbers', withInput('temp', { data: [1, '2'] }), 'element 1 is "2", expected a number'],
    ['a number too large for a double', '{"inputs":[{"name":"temp","shape":[1],"datatype":"FP64","data":[1e999]},{"name":"games","shape":[1],"datatype":"FP64","data":[1]},{"name":"holiday","shape":[1],"datatype":"BOOL","data":[true]},{"name":"station","shape":[1],"datatype":"BYTES","data":["a"]},{"name":"day","shape":[1],"datatype":"BYTES","data":["1970-01-01"]}]}', 'outside the range of FP64'],
    ['a number too large for FP32', withInput('temp', { datatype: 'FP32', data: [1, 1e39] }), 'outside the range of FP32'],
    ['a fraction as integer', withInput('games', { data: [1, 1.5] }), 'element 1 is 1.5, expected a whole number'],
    ['an integer out of range', withInput('games', { datatype: 'UINT8', data: [255, 256] }), 'element 1 is 256, outside the range of UINT8'],
    ['a negative unsigned', withInput('games', { datatype: 'UINT64', data: [0, -1] }), 'outside the range of UINT64'],
    ['null as integer', withInput('games', { data: [1, null] }), 'element 1 is null'],
    ['two as truth', withInput('holiday', { data: [1, 2] }), 'expected true or false'],
    ['a number as word', withInput('station', { data: ['a', 5] }), 'element 1 is 5, expected a string'],
    ['no date', withInput('day', { data: ['1970-01-01', '1970-02-30'] }), 'element 1 is "1970-02-30", expected an ISO date'],
    ['fewer elements than the shape', withInput('temp', { data: [1] }), 'asks for 2 elements, data holds 1'],
    ['a shape that is no list', withInput('temp', { shape: 2 }), 'shape 2'],
    ['a fraction in the shape', withInput('temp', { shape: [1.5] }), 'shape [1.5]'],
    ['a negative shape', withInput('temp', { shape: [-1] }), 'shape [-1]'],
    ['a matrix', withInput('temp', { shape: [1, 2] }), 'expected [rows] or [rows, 1]'],
    ['no rows', withInput('temp', { shape: [0], data: [] }), 'holds no row'],
    ['a shape beyond any memory', withInput('temp', { shape: [1e12] }), 'at most 10000'],
    ['data that is nested but not so', withInput('temp', { data: [[1], [2]] }), 'nested unlike shape'],
    ['ragged data', withInput('temp', { shape: [2, 1], data: [[1], [2, 3]] }), 'see element 1'],
    ['data that is a string', withInput('temp', { data: 'abc' }), 'is not a list'],
    ['an unknown output', { inputs: two, outputs: [{ name: 'label' }] }, 'unknown output "label"'],
    ['an output that comes twice', { inputs: two, outputs: [{ name: 'prediction' }, { name: 'prediction' }] }, 'comes twice'],
    ['a body of many megabytes', `{"inputs": "${'x'.repeat(20_000_000)}"}`, 'at most 20000000'],
    ['a poisoned prototype', '{"__proto__": {"inputs": []}}', '"__proto__"'],
  ])('%s', (_, body, words) => {
    const { status, json } = infer(body);
    expect(status).toBe(400);
    const { error } = v.parse(errorReply, json);
    expect(error).toContain(words);
    expect(error.length).toBeLessThan(400);
  });

  test.each<[string, readonly number[], string]>([
    ['a score that is not finite', [0.5, Number.NaN], 'gave NaN for row 1'],
    ['a wrong number of scores', [0.5], 'gave 1 scores for 2 rows'],
  ])('%s is the server’s fault', (_, scores, words) => {
    const body = { inputs: [{ name: 'x', shape: [2], datatype: 'FP64', data: [1, 2] }] };
    const { status, json } = call('POST', 'v2/models/busy/infer', body, [fixedScores('binary', ['no', 'yes'], scores)]);
    expect(status).toBe(500);
    expect(v.parse(errorReply, json).error).toContain(words);
  });

  test('a model that throws is the server’s fault too', () => {
    const broken = { ...ridership, predict: () => { throw new Error('weights are gone'); } };
    expect(infer({ inputs: inputs(1) }, [broken])).toEqual({ status: 500, json: { error: 'weights are gone' } });
  });
});
