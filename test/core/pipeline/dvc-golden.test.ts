import { execFileSync } from 'node:child_process';
import { describe, expect, it, test } from 'vitest';
import { formatLock, parseLock } from '../../../src/core/pipeline/lock-file.js';
import { runCacheId } from '../../../src/core/pipeline/run-cache.js';
import type { LockedStage } from '../../../src/core/pipeline/stage.js';
import { equalValues, pythonJson, reprFloat, type PythonValue } from '../../../src/core/version/python-value.js';
import { formatPythonYaml, parsePythonYaml } from '../../../src/core/version/python-yaml.js';

const FOO = 'acbd18db4cc2f85cedef654fccc4a4d8';
const prep: LockedStage = {
  cmd: 'python prep.py',
  deps: [{ path: 'raw.csv', md5: FOO, size: 3 }],
  params: { 'params.yaml': { seed: 1n } },
  outs: [{ path: 'data.csv', md5: FOO, size: 3 }],
};

test('the run cache has the documented key and value', () => {
  expect(runCacheId(prep)).toEqual({
    key: '955c058c6bafe3aaa1b23746136c8a020980eee212872d90eae652c8aa9c15ee',
    value: '4d729377b85fd49b801790d31ac0fe8dc74c4142379aef0926b8fcdd84174927',
  });
});

test('1 and 1.0 are different runs', () => {
  expect(runCacheId({ ...prep, params: { 'params.yaml': { seed: 1 } } }).key).not.toBe(runCacheId(prep).key);
});

describe('dvc.lock', () => {
  const text = `schema: '2.0'
stages:
  prep:
    cmd: python prep.py
    deps:
    - path: raw.csv
      hash: md5
      md5: ${FOO}
      size: 3
    params:
      params.yaml:
        seed: 1
    outs:
    - path: data.csv
      hash: md5
      md5: ${FOO}
      size: 3
`;

  it('is written in the order and style of DVC', () => {
    expect(formatLock({ prep })).toBe(text);
  });

  it('reads what it wrote', () => {
    expect(parseLock(text)).toEqual({ prep });
  });

  it('puts params.yaml first, files and keys in order, and leaves empty sections out', () => {
    const lock = formatLock({ s: { cmd: ['a', 'b'], deps: [], outs: [{ path: 'z', md5: FOO }, { path: 'B', md5: FOO }], params: { 'a.yaml': { y: 1.5, x: true }, 'params.yaml': { k: null }, 'e.yaml': {} } } });
    expect(lock).toBe(`schema: '2.0'\nstages:\n  s:\n    cmd:\n    - a\n    - b\n    params:\n      params.yaml:\n        k:\n      a.yaml:\n        x: true\n        y: 1.5\n    outs:\n    - path: B\n      hash: md5\n      md5: ${FOO}\n    - path: z\n      hash: md5\n      md5: ${FOO}\n`);
  });

  test.each([
    ['another schema', "schema: '1.0'\n", 'bad-lock', 1],
    ['a stage without cmd', "schema: '2.0'\nstages:\n  a:\n    deps: []\n", 'bad-lock', 4],
    ['a hash that is a number', "schema: '2.0'\nstages:\n  a:\n    cmd: x\n    deps:\n    - {path: a, md5: 1}\n", 'bad-lock', 4],
    ['text that is no YAML', 'a: [1\nb: 2\n', 'bad-yaml', 2],
  ])('refuses %s', (_name, bad, code, line) => {
    expect(() => parseLock(bad)).toThrow(expect.objectContaining({ code, data: expect.objectContaining({ path: 'dvc.lock', line }) }));
  });
});

describe('values as Python writes them', () => {
  const floats = [0, -0, 1, 0.1, 1e-4, 1e-5, 1.5e-7, 123456.789, 1e15, 1e16, 1.2345678901234568e17, 1e20, 1e22, 1.7976931348623157e308, 5e-324, -2.5];

  it('has the repr of Python for floats', () => {
    const script = 'import json,sys\nprint("\\n".join(repr(float(x)) for x in json.loads(sys.argv[1])))';
    const python = execFileSync('python3', ['-c', script, JSON.stringify(floats.map((x) => (Object.is(x, -0) ? '-0.0' : String(x))))], { encoding: 'utf8' });
    expect(floats.map(reprFloat)).toEqual(python.trim().split('\n'));
  });

  it("has json.dumps of Python's own", () => {
    const value: PythonValue = { b: [1n, 1, true, null, 'é\u{1f600}\u007f"\\\n'], a: { '\uffee': 1e-5, '\u{1f600}': 10n ** 20n }, Z: [] };
    const script = 'import json\nprint(json.dumps({"b": [1, 1.0, True, None, "é\\U0001f600\\x7f\\"\\\\\\n"], "a": {"\\uffee": 1e-05, "\\U0001f600": 10**20}, "Z": []}, sort_keys=True))';
    expect(pythonJson(value)).toBe(execFileSync('python3', ['-c', script], { encoding: 'utf8' }).trim());
  });

  it('reads scalars as YAML 1.2 does', () => {
    expect(parsePythonYaml("- yes\n- 010\n- 1e-5\n- 1.0\n- ~\n- '1'\n- 0x1F\n", 'x').value).toEqual(['yes', 10n, 1e-5, 1, null, '1', 31n]);
  });

  it('writes strings that would read as another type in single quotes', () => {
    expect(formatPythonYaml({ a: 'true', b: '1.0', c: 'null', d: 'yes', e: 1, f: 1e-5, g: null, h: '' })).toBe("a: 'true'\nb: '1.0'\nc: 'null'\nd: yes\ne: 1.0\nf: 1e-05\ng:\nh: ''\n");
  });

  it('does not unfold a bomb of aliases', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.split('').map((key, i) => `${key}: &${key} [${Array(10).fill(`*${'abcdefg'[i]}`).join(',')}]`).join('\n')}\n`;
    expect(() => parsePythonYaml(bomb, 'x')).toThrow();
  });

  test.each<[string, PythonValue, PythonValue, boolean]>([
    ['1 and 1.0 are equal', 1n, 1, true],
    ["1 and '1' are not", 1n, '1', false],
    ['lists are compared by item', { a: [1n] }, { a: [1] }, true],
    ['keys count', { a: 1n }, { b: 1n }, false],
    ['null is not false', null, false, false],
  ])('%s', (_name, a, b, equal) => {
    expect(equalValues(a, b)).toBe(equal);
  });
});
