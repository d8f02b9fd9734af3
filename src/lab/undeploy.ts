import { deployPath, monitoringPath } from './project/paths.js';
import { findService, loadServices, saveServices } from './project/state.js';
import { defineVerb, text } from './verb.js';

/** Takes a service away; its traffic log stays. */
export const undeploy = defineVerb({
  name: 'undeploy',
  summary: 'take a service away',
  flags: { service: text('name of the service', { required: true }) },
  async run({ platform }, args) {
    const state = await loadServices(platform);
    const service = findService(state, args.service);
    await saveServices(platform, { ...state, services: state.services.filter((s) => s.name !== service.name) });
    const files = [deployPath(service.name), monitoringPath(service.name)];
    for (const path of files) if (await platform.files.stat(path)) await platform.files.remove(path);
    return {
      result: { service: service.name },
      lines: [`${service.name} is gone (it served ${service.model} version ${service.version})`],
      step: { object: { type: 'service', id: service.name }, before: `${service.model}/${service.version}` },
      files,
      message: `undeploy: ${service.name}`,
    };
  },
});
