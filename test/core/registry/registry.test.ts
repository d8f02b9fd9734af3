import { describe, expect, it, test } from 'vitest';
import { addVersion, EMPTY_REGISTRY, removeAlias, retireVersion, setAlias, usableVersion, versionByAlias, type Registry } from '../../../src/core/registry/registry.js';

const record = { runId: 'r', modelKind: 'linear', task: 'regression', dataDigest: 'd', modelDigest: 'm', registeredAt: '2026-01-01T00:00:00Z', metrics: { 'test.rmse': 2 } } as const;
const tombstone = { at: '2026-01-02', reason: 'old', evidence: {} };

function withVersions(count: number): Registry {
  let registry = EMPTY_REGISTRY;
  for (let i = 0; i < count; i++) registry = addVersion(registry, 'm', record).registry;
  return registry;
}

describe('versions', () => {
  it('count from 1 for each model, and never reuse a number', () => {
    const retired = retireVersion(withVersions(2), 'm', 2, tombstone);
    expect(addVersion(retired, 'm', record).version).toBe(3);
    expect(addVersion(retired, 'other', record).version).toBe(1);
  });

  it('leave a readable tombstone without alias when they are retired', () => {
    const retired = retireVersion(setAlias(withVersions(2), 'm', 'old', 1), 'm', 1, tombstone);
    expect(retired.models['m']).toMatchObject({ aliases: {}, versions: [{ version: 1, retired: tombstone }, { version: 2 }] });
    expect(() => usableVersion(retired, 'm', 1)).toThrow(expect.objectContaining({ code: 'version-retired' }));
    expect(() => setAlias(retired, 'm', 'champion', 1)).toThrow(expect.objectContaining({ code: 'version-retired' }));
    expect(() => retireVersion(retired, 'm', 1, tombstone)).toThrow(expect.objectContaining({ code: 'version-retired' }));
  });
});

describe('aliases', () => {
  it('point at one version and move', () => {
    const moved = setAlias(setAlias(withVersions(2), 'm', 'champion', 1), 'm', 'champion', 2);
    expect(versionByAlias(moved, 'm', 'champion')).toBe(2);
    expect(() => versionByAlias(removeAlias(moved, 'm', 'champion'), 'm', 'champion')).toThrow(expect.objectContaining({ code: 'unknown-alias' }));
  });

  test.each(['latest', 'v3', '', 'a b', 'a/b', 'x'.repeat(256)])('may not be called %j (MLflow)', (alias) => {
    expect(() => setAlias(withVersions(1), 'm', alias, 1)).toThrow(expect.objectContaining({ code: 'bad-alias' }));
  });
});

test.each(['', 'A', 'a/b', 'a:b', '-a', 'a-', '1a', '../x', '__proto__'])('a model may not be called %j', (name) => {
  expect(() => addVersion(EMPTY_REGISTRY, name, record)).toThrow(expect.objectContaining({ code: 'bad-name' }));
});

test('unknown models and versions are named with what there is', () => {
  expect(() => usableVersion(withVersions(1), 'x', 1)).toThrow(expect.objectContaining({ code: 'unknown-model', data: { name: 'x', known: ['m'] } }));
  expect(() => usableVersion(withVersions(1), 'm', 9)).toThrow(expect.objectContaining({ code: 'unknown-version', data: { name: 'm', version: 9, known: [1] } }));
});
