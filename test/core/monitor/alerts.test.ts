import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import { driftAlerts, errorAlerts } from '../../../src/core/monitor/alerts.js';
import type { FeatureDrift } from '../../../src/core/monitor/drift-report.js';
import { defaultPolicy, readPolicy } from '../../../src/core/monitor/policy.js';
import { windowOf } from '../../../src/core/monitor/windows.js';

const policy = defaultPolicy('rmse', 2);

describe('alerts', () => {
  it('come when the error exceeds the ratio, not when it equals it, and never from few rows', () => {
    const at = (key: number, rows: number, rmse: number) => ({ window: windowOf(key * 91, 'quarter'), rows, rmse });
    const alerts = errorAlerts([at(0, 90, 2.6), at(1, 90, 2.61), at(2, 27, 9)], policy);
    expect(alerts).toEqual([{ kind: 'error', window: '1970Q2', metric: 'rmse', value: 2.61, limit: 2.6 }]);
  });

  it('name the features that drifted, the strongest first, by the chosen detector and reference', () => {
    const drift = (feature: string, psi: number | null, ks: number): FeatureDrift => ({
      feature,
      rows: 90,
      missing: 0,
      training: { ks: 1, ksPValue: 0, psi: 9 },
      season: psi === null ? null : { ks, ksPValue: 0, psi },
    });
    const report = [drift('temp', 0.25, 0.1), drift('dew', 0.24, 0.9), drift('wind', null, 1), drift('lag', 3, 0.4)];
    expect(driftAlerts('2005Q1', report, policy).map((alert) => alert.kind === 'drift' && alert.feature)).toEqual(['lag', 'temp']);
    const byKs = { ...policy, drift: { detector: 'ks', against: 'training', threshold: 0.5 } } as const;
    expect(driftAlerts('2005Q1', report, byKs)).toHaveLength(4);
  });
});

describe('a monitoring policy', () => {
  it('is read back as it was written', () => expect(readPolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy));

  it.each([
    ['nothing', null, 'policy'],
    ['an unknown field', { ...policy, windw: 'month' }, 'windw'],
    ['an unknown window', { ...policy, window: 'fortnight' }, 'window'],
    ['a promise of nothing', { ...policy, promise: 0 }, 'promise'],
    ['a promise in words', { ...policy, promise: 'good' }, 'promise'],
    ['an unknown detector', { ...policy, drift: { ...policy.drift, detector: 'nose' } }, 'drift.detector'],
    ['no drift', { ...policy, drift: undefined }, 'drift'],
  ])('with %s is refused by field', (_, value, field) => {
    const attempt = (): unknown => readPolicy(value);
    expect(attempt).toThrow(LabError);
    expect(attempt).toThrow(`"field":"${field}"`);
  });
});
