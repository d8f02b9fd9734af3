import { LabError } from '../core/lab-error.js';
import { setAlias, usableVersion } from '../core/registry/registry.js';
import { applyDeployment } from './deploy.js';
import { loadRegistry, loadServices, saveRegistry } from './project/state.js';
import { defineVerb, number, text } from './verb.js';

/** Makes a version the champion and switches over the services that serve the champion before it. */
export const promote = defineVerb({
  name: 'promote',
  summary: 'make a version the champion and serve it',
  flags: {
    name: text('name of the registered model', { required: true }),
    version: number('version to promote', { required: true }),
  },
  async run(context, args) {
    const registry = await loadRegistry(context.platform);
    const record = usableVersion(registry, args.name!, args.version!);
    const before = registry.models[args.name!]!.aliases['champion'];
    if (before === record.version) throw new LabError('already-champion', { name: args.name!, version: record.version });
    await saveRegistry(context.platform, setAlias(registry, args.name!, 'champion', record.version));
    const { services } = await loadServices(context.platform);
    const followers = services.filter((service) => service.model === args.name && (before === undefined || service.version === before));
    const files: string[] = [];
    for (const service of followers) files.push(...(await applyDeployment(context, service.name, args.name!, record)).files);
    return {
      result: { name: args.name, version: record.version, services: followers.map((service) => service.name) },
      lines: [`${args.name}: version ${record.version} is the champion`, ...followers.map((service) => `  ${service.name} now serves it`)],
      step: { object: { type: 'version', id: `${args.name}/${record.version}`, digest: record.modelDigest }, after: String(record.version), ...(before === undefined ? {} : { before: String(before) }) },
      files,
      message: `promote: ${args.name} version ${record.version}`,
    };
  },
});
