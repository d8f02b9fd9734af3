import { LabError } from '../../core/lab-error.js';
import { readPolicy as parsePolicy, type MonitoringPolicy } from '../../core/monitor/policy.js';
import type { Platform } from '../platform.js';
import { readYaml } from './files.js';
import { monitoringPath } from './paths.js';

/** What is promised and watched of a service, from `monitoring/<service>.yaml`; throws `missing-step`, `broken-file`, `bad-policy`. */
export async function readPolicy(platform: Platform, service: string): Promise<MonitoringPolicy> {
  const path = monitoringPath(service);
  const value = await readYaml(platform, path);
  if (!value) throw new LabError('missing-step', { path, verb: 'deploy' });
  return parsePolicy(value);
}
