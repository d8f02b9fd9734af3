import { LabError } from '../core/lab-error.js';
import { removeAlias, setAlias } from '../core/registry/registry.js';
import { loadRegistry, saveRegistry } from './project/state.js';
import { defineVerb, flag, number, text } from './verb.js';

/** Points an alias at a version, or takes it away. */
export const alias = defineVerb({
  name: 'alias',
  summary: 'point an alias at a version of a registered model',
  flags: {
    name: text('name of the registered model', { required: true }),
    alias: text('the alias, such as champion', { required: true }),
    version: number('version that it shall point at'),
    remove: flag('take the alias away'),
  },
  async run({ platform }, args) {
    const registry = await loadRegistry(platform);
    if ((args.version === undefined) === !args.remove) throw new LabError('flag-required', { command: 'lab alias', flag: '--version' });
    const changed = args.remove ? removeAlias(registry, args.name!, args.alias!) : setAlias(registry, args.name!, args.alias!, args.version!);
    await saveRegistry(platform, changed);
    const line = args.remove ? `${args.name}: alias ${args.alias} is gone` : `${args.name}: ${args.alias} is version ${args.version}`;
    return { result: { name: args.name, alias: args.alias }, lines: [line], step: { object: { type: 'alias', id: `${args.name}@${args.alias}` } } };
  },
});
