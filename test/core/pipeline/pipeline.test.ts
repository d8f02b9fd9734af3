import { describe, expect, it, test } from 'vitest';
import { findChanges, type ProjectState } from '../../../src/core/pipeline/find-changes.js';
import { buildGraph, downstreamOf, runOrder } from '../../../src/core/pipeline/graph.js';
import { parsePipeline } from '../../../src/core/pipeline/parse-pipeline.js';
import type { LockedStage, Stage } from '../../../src/core/pipeline/stage.js';
import { parsePythonYaml } from '../../../src/core/version/python-yaml.js';

const parse = (text: string, params = ''): Stage[] => parsePipeline(text, parsePythonYaml(params, 'params.yaml').value);
const refusal = (code: string, data: object) => expect.objectContaining({ code, data: expect.objectContaining(data) });

describe('dvc.yaml', () => {
  it('reads a stage with all that it may have', () => {
    const [stage] = parse(`stages:
  train:
    desc: learn
    cmd: node src/train.ts --l2 \${train.l2}
    deps: [data/prepared, src/train.ts]
    params:
    - seed
    - train.l2
    - other.yaml: [a.b]
    outs:
    - models/model.json
    - big.bin: {cache: false, persist: true}
    metrics: [{reports/metrics.json: {cache: false}}]
    plots: [reports/loss.csv]
`, 'train: {l2: 1e-5}\n');
    expect(stage).toMatchObject({
      name: 'train',
      cmd: 'node src/train.ts --l2 1e-05',
      deps: ['data/prepared', 'src/train.ts'],
      params: [{ file: 'params.yaml', keys: ['seed', 'train.l2'] }, { file: 'other.yaml', keys: ['a.b'] }],
      outs: [
        { path: 'models/model.json', kind: 'out', cache: true },
        { path: 'big.bin', kind: 'out', cache: false, persist: true },
        { path: 'reports/metrics.json', kind: 'metric', cache: false },
        { path: 'reports/loss.csv', kind: 'plot', cache: true },
      ],
      desc: 'learn',
    });
  });

  test.each<[string, string, string, string[]]>([
    ['foreach over scalars', 'foreach: [us, uk]\n    do: {cmd: "echo ${item}"}', '', ['s@us', 's@uk']],
    ['foreach over mappings in a list', 'foreach: [{n: 1}, {n: 2}]\n    do: {cmd: "echo ${item.n}"}', '', ['s@0', 's@1']],
    ['foreach over a mapping', 'foreach: {a: {n: 1}, b: {n: 2}}\n    do: {cmd: "echo ${key} ${item.n}"}', '', ['s@a', 's@b']],
    ['foreach over parameters', 'foreach: ${models}\n    do: {cmd: "echo ${item}"}', 'models: [x, y]', ['s@x', 's@y']],
    ['a matrix', 'matrix: {m: [cnn, xgb], f: [1, 2]}\n    cmd: "echo ${item.m} ${item.f}"', '', ['s@cnn-1', 's@cnn-2', 's@xgb-1', 's@xgb-2']],
    ['a matrix of mappings', 'matrix: {m: [{a: 1}, {a: 2}]}\n    cmd: "echo ${item.m.a}"', '', ['s@m0', 's@m1']],
  ])('unfolds %s', (_name, body, params, names) => {
    expect(parse(`stages:\n  s:\n    ${body}\n`, params).map((stage) => stage.name)).toEqual(names);
  });

  it('expands a mapping in a command, and leaves an escaped one', () => {
    const [stage] = parse('stages:\n  s:\n    cmd: run ${opt} \\${HOME}\n', 'opt: {lr: 0.1, fast: true, slow: false, name: a b}\n');
    expect(stage!.cmd).toBe("run --lr 0.1 --fast --name 'a b' ${HOME}");
  });

  test.each<[string, string, string, object]>([
    ['nothing to run', 'stages:\n  a:\n    deps: [x]\n', 'bad-pipeline', { line: 3 }],
    ['an unknown key', 'stages:\n  a:\n    cmd: x\n    dep: [y]\n', 'bad-pipeline', { line: 4 }],
    ['a path out of the project', 'stages:\n  a:\n    cmd: x\n    outs:\n    - ../x\n', 'bad-pipeline', { line: 5 }],
    ['an absolute path', 'stages:\n  a:\n    cmd: x\n    deps: [/etc/passwd]\n', 'bad-pipeline', { line: 4 }],
    ['a list of stages', 'stages: [a]\n', 'bad-pipeline', { line: 1 }],
    ['an unknown value', 'stages:\n  a:\n    cmd: echo ${nope.x}\n', 'unknown-value', { name: 'nope.x', line: 3 }],
    ['broken YAML', 'stages:\n  a:\n   cmd: "x\n', 'bad-yaml', { path: 'dvc.yaml' }],
    ['a key twice', 'stages:\n  a: {cmd: x}\n  a: {cmd: y}\n', 'bad-yaml', { line: 3 }],
    ['a scalar', 'just text\n', 'bad-pipeline', { line: 1 }],
  ])('refuses %s and names the line', (_name, text, code, data) => {
    expect(() => parse(text)).toThrow(refusal(code, data));
  });

  it('is empty when the file is', () => {
    expect(parse('')).toEqual([]);
  });
});

describe('the graph', () => {
  const chain = parse('stages:\n  evaluate: {cmd: e, deps: [models/m, data/prep/test.csv]}\n  train: {cmd: t, deps: [data/prep], outs: [models/m]}\n  prepare: {cmd: p, deps: [raw], outs: [data/prep]}\n');

  it('runs needs first, a file inside a folder included', () => {
    expect(runOrder(buildGraph(chain), ['evaluate']).map((stage) => stage.name)).toEqual(['prepare', 'train', 'evaluate']);
  });

  it('knows what hangs on a stage', () => {
    expect(downstreamOf(buildGraph(chain), 'train')).toEqual(['train', 'evaluate']);
  });

  test.each<[string, string, string, object]>([
    ['a cycle', 'a: {cmd: x, deps: [b1], outs: [a1]}\n  b: {cmd: y, deps: [a1], outs: [b1]}', 'pipeline-cycle', { stages: ['a', 'b', 'a'] }],
    ['a stage that reads what it makes', 'a: {cmd: x, deps: [f], outs: [f]}', 'pipeline-cycle', { stages: ['a', 'a'] }],
    ['two stages with one output', 'a: {cmd: x, outs: [f]}\n  b: {cmd: y, outs: [f]}', 'duplicate-output', { path: 'f', stages: ['a', 'b'], line: 3 }],
    ['outputs inside one another', 'a: {cmd: x, outs: [d]}\n  b: {cmd: y, outs: [d/f]}', 'overlapping-output', { path: 'd/f', other: 'd' }],
  ])('refuses %s', (_name, text, code, data) => {
    expect(() => buildGraph(parse(`stages:\n  ${text}\n`))).toThrow(refusal(code, data));
  });
});

describe('what makes a stage run', () => {
  const [stage] = parse('stages:\n  s: {cmd: x, deps: [in], params: [p.q], outs: [out]}\n');
  const locked: LockedStage = { cmd: 'x', deps: [{ path: 'in', md5: 'i1' }], params: { 'params.yaml': { 'p.q': 1n } }, outs: [{ path: 'out', md5: 'o1' }] };
  const state = (files: Record<string, string>, params: string, cached = true): ProjectState => ({
    hashOf: (path) => (files[path] === undefined ? undefined : { path, md5: files[path] }),
    paramsOf: () => parsePythonYaml(params, 'params.yaml').value,
    inCache: () => cached,
  });
  const same = { in: 'i1', out: 'o1' };

  test.each<[string, Partial<Stage>, LockedStage | undefined, ProjectState, object[]]>([
    ['nothing', {}, locked, state(same, 'p: {q: 1}'), []],
    ['nothing, when a whole number is written as a float', {}, locked, state(same, 'p: {q: 1.0}'), []],
    ['another input', {}, locked, state({ ...same, in: 'i2' }, 'p: {q: 1}'), [{ kind: 'dep', path: 'in', state: 'modified', before: 'i1', after: 'i2' }]],
    ['a missing input', {}, locked, state({ out: 'o1' }, 'p: {q: 1}'), [{ kind: 'dep', path: 'in', state: 'deleted', before: 'i1' }]],
    ['another parameter', {}, locked, state(same, 'p: {q: 2}'), [{ kind: 'param', key: 'p.q', state: 'modified', before: 1n, after: 2n }]],
    ['a missing parameter', {}, locked, state(same, 'p: {}'), [{ kind: 'param', key: 'p.q', state: 'deleted' }]],
    ['another output', {}, locked, state({ ...same, out: 'o2' }, 'p: {q: 1}'), [{ kind: 'out', path: 'out', state: 'modified' }]],
    ['an output that is gone', {}, locked, state({ in: 'i1' }, 'p: {q: 1}'), [{ kind: 'out', path: 'out', state: 'deleted' }]],
    ['an output that the cache has lost too', {}, locked, state({ in: 'i1' }, 'p: {q: 1}', false), [{ kind: 'out', path: 'out', state: 'not in cache' }]],
    ['another command', { cmd: 'y' }, locked, state(same, 'p: {q: 1}'), [{ kind: 'command' }]],
    ['never having run', {}, undefined, state({ in: 'i1' }, 'p: {q: 1}'), [{ kind: 'dep', state: 'new' }, { kind: 'param', state: 'new' }, { kind: 'out', state: 'deleted' }]],
    ['always', { alwaysChanged: true }, locked, state(same, 'p: {q: 1}'), [{ kind: 'always' }]],
    ['not its input, when it is frozen', { frozen: true }, locked, state({ ...same, in: 'i2' }, 'p: {q: 9}'), []],
  ])('%s', (_name, change, lock, now, expected) => {
    expect(findChanges({ ...stage!, ...change }, lock, now)).toEqual(expected.map((one) => expect.objectContaining(one)));
  });
});
