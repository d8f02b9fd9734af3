import { LabError } from '../core/lab-error.js';
import { mainMetric } from '../core/evaluate/metric-names.js';
import { usableVersion, versionByAlias, type VersionRecord } from '../core/registry/registry.js';
import { deployPath, monitoringPath } from './project/paths.js';
import { readYaml, writeYaml } from './project/files.js';
import { loadRegistry, loadServices, loadWorld, saveServices, type ServiceState } from './project/state.js';
import { defineVerb, number, text, type VerbContext } from './verb.js';

/** Puts a registered version behind the service's endpoint. */
export const deploy = defineVerb({
  name: 'deploy',
  summary: 'serve a registered version behind an endpoint',
  flags: {
    service: text('name of the service', { required: true }),
    name: text('name of the registered model; the same as the service when left out'),
    version: number('version to serve'),
    alias: text('or the alias to serve; champion when both are left out'),
  },
  async run(context, args) {
    const registry = await loadRegistry(context.platform);
    const model = args.name ?? args.service!;
    const version = args.version ?? versionByAlias(registry, model, args.alias ?? 'champion');
    const record = usableVersion(registry, model, version);
    const { files, before } = await applyDeployment(context, args.service!, model, record);
    return {
      result: { service: args.service, model, version },
      lines: [`${args.service} now serves ${model} version ${version}`, `  POST ./serving/v2/models/${args.service}/infer`],
      step: { object: { type: 'service', id: args.service!, digest: record.modelDigest }, after: `${model}/${version}`, ...(before === undefined ? {} : { before }) },
      files,
      message: `deploy: ${model} version ${version} as ${args.service}`,
    };
  },
});

/** Writes the manifests and switches the service over; requests counted so far are kept. */
export async function applyDeployment({ platform }: VerbContext, service: string, model: string, record: VersionRecord): Promise<{ files: string[]; before?: string }> {
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(service)) throw new LabError('bad-name', { name: service });
  await writeYaml(platform, deployPath(service), inferenceService(service, model, record.version));
  const files = [deployPath(service)];
  const policy = monitoringPath(service);
  await writeYaml(platform, policy, await monitoringPolicy(platform, policy, record), POLICY_COMMENT);
  files.push(policy);
  const state = await loadServices(platform);
  const old = state.services.find((s) => s.name === service);
  const since = (await loadWorld(platform))?.now ?? new Date(platform.now()).toISOString().slice(0, 10);
  const next: ServiceState = { name: service, model, version: record.version, since, requests: old?.requests ?? 0 };
  await saveServices(platform, { ...state, services: [...state.services.filter((s) => s.name !== service), next] });
  return { files, ...(old === undefined ? {} : { before: `${old.model}/${old.version}` }) };
}

/** A KServe InferenceService (serving.kserve.io/v1beta1) whose storage is the registry. */
const inferenceService = (service: string, model: string, version: number): unknown => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: { name: service },
  spec: { predictor: { minReplicas: 1, model: { modelFormat: { name: 'looplab', version: '1' }, protocolVersion: 'v2', storageUri: `models:/${model}/${version}` } } },
});

const POLICY_COMMENT = ` What is watched, and when it is worth waking somebody.
 promise: the error on test rows at release. An alert is raised above promise x errorRatio,
 and for features whose drift against the same season of the training rows exceeds the threshold.
 With few rows PSI is never 0: about 9 x (1/n + 1/m) is chance, so small windows want a high threshold.`;

async function monitoringPolicy(platform: VerbContext['platform'], path: string, record: VersionRecord): Promise<unknown> {
  const metric = mainMetric(record.task).name;
  const promise = { metric, promise: record.metrics[`test.${metric}`] };
  const known = await readYaml(platform, path);
  if (known) return { ...known, ...promise };
  return { window: 'quarter', ...promise, errorRatio: 1.3, minimumRows: 30, drift: { detector: 'psi', against: 'season', threshold: 0.5 } };
}
