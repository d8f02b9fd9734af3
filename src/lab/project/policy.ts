import * as v from 'valibot';
import { LabError } from '../../core/lab-error.js';
import type { MonitoringPolicy } from '../../core/monitor/policy.js';
import type { Platform } from '../platform.js';
import { readYaml } from './files.js';
import { monitoringPath } from './paths.js';

const positive = v.pipe(v.number(), v.minValue(0));

const POLICY = v.strictObject({
  window: v.picklist(['month', 'quarter']),
  metric: v.picklist(['rmse', 'logLoss']),
  promise: positive,
  errorRatio: v.pipe(v.number(), v.minValue(1)),
  minimumRows: v.pipe(v.number(), v.integer(), v.minValue(1)),
  drift: v.strictObject({ detector: v.picklist(['psi', 'ks']), against: v.picklist(['training', 'season']), threshold: positive }),
});

/** The thresholds of a service, from `monitoring/<service>.yaml`; throws `broken-file` with the key that is wrong. */
export async function readPolicy(platform: Platform, service: string): Promise<MonitoringPolicy> {
  const path = monitoringPath(service);
  const value = await readYaml(platform, path);
  if (!value) throw new LabError('missing-step', { path, verb: 'deploy' });
  const parsed = v.safeParse(POLICY, value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new LabError('broken-file', { path, reason: `${v.getDotPath(issue) ?? ''}: ${issue.message}` });
  }
  return parsed.output;
}
