import { describe, expect, it } from 'vitest';
import { addVersion, EMPTY_REGISTRY, type VersionRecord } from '../../src/core/registry/registry.js';
import { en } from '../../src/i18n/en.js';
import { models } from '../../src/core/train/models/index.js';
import { metricsOfTask } from '../../src/core/evaluate/metric-names.js';
import type { VersionSummary } from '../../src/lab/views/snapshot.js';
import { ownCommand, runningAct } from '../../src/panels/model-words/act-state.js';
import { greaterIsBetter, metricMeaning, metricName, modelName } from '../../src/panels/model-words/metric-words.js';
import { canName, nextVersion, suggestName, versionOfRun } from '../../src/panels/register/version-names.js';

const version = (model: string, number: number, runId: string): VersionSummary => ({ model, version: number, runId, modelKind: 'linear', dataDigest: '', modelDigest: '', registeredAt: '', metrics: {}, aliases: [], status: 'registered' });

describe('names of models', () => {
  it.each(['ridership', 'a', 'model-2', 'Ridership', 'sale_price', '2nd', '', 'a/b', 'a:b', 'x-', '-x', 'a b'])('"%s" is taken or refused as the registry does', (name) => {
    const record = { runId: '', modelKind: '', task: 'regression', dataDigest: '', modelDigest: '', registeredAt: '', metrics: {} } satisfies Omit<VersionRecord, 'version'>;
    const taken = (() => {
      try {
        addVersion(EMPTY_REGISTRY, name, record);
        return true;
      } catch {
        return false;
      }
    })();
    expect(canName(name)).toBe(taken);
  });
  it.each([['ridership', 'ridership'], ['sale_price', 'sale-price'], ['2nd Value!', 'nd-value'], ['الهدف', 'model'], [undefined, 'model']])('suggests for %s the name %s, which is taken', (target, name) => {
    expect(suggestName(target)).toBe(name);
    expect(canName(suggestName(target))).toBe(true);
  });
  it('counts versions for each model', () => {
    const versions = [version('a', 1, 'r1'), version('b', 1, 'r1'), version('a', 2, 'r2')];
    expect(nextVersion(versions, 'a')).toBe(3);
    expect(nextVersion(versions, 'c')).toBe(1);
    expect(versionOfRun(versions, 'r1')?.model).toBe('b');
    expect(versionOfRun(versions, 'r9')).toBeUndefined();
  });
});

describe('words', () => {
  it('exist for every model with its settings and every metric', () => {
    for (const { kind, hyperparameters } of models) {
      expect(modelName(en, kind)).not.toBe(kind);
      for (const { name } of hyperparameters) expect(en.train.setting[name], name).toBeDefined();
    }
    for (const { name } of Object.values(metricsOfTask).flat()) expect(metricMeaning(en, name), name).not.toBe('');
    expect(metricName(en, 'new-one')).toBe('new-one');
  });
  it('know which figures are better when greater', () => {
    expect(['auc', 'r2', 'macroF1'].every(greaterIsBetter)).toBe(true);
    expect(['rmse', 'logLoss', 'brier', 'bias'].some(greaterIsBetter)).toBe(false);
  });
});

describe('acts', () => {
  it('shows only the panel’s own commands', () => {
    expect(ownCommand('lab train --model linear', 'train')).toBe('lab train --model linear');
    expect(ownCommand('lab retrain', 'train')).toBeUndefined();
    expect(ownCommand('lab trainer', 'train')).toBeUndefined();
    expect(ownCommand(undefined, 'train')).toBeUndefined();
  });
  it('shows progress of its own verbs only', () => {
    const task = { verb: 'train', started: 5, cancel: () => undefined, progress: { done: 2, total: 9, note: 'training' } };
    expect(runningAct(task, 'train')).toMatchObject({ done: 2, total: 9, note: 'training', started: 5 });
    expect(runningAct(task, 'evaluate')).toBeUndefined();
    expect(runningAct(undefined, 'train')).toBeUndefined();
  });
});
