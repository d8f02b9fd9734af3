import { LabError } from '../core/lab-error.js';
import { addVersion, setAlias } from '../core/registry/registry.js';
import type { RunRecord } from '../core/track/run.js';
import { findRun, loadRegistry, saveRegistry } from './project/state.js';
import { defineVerb, text, type VerbContext } from './verb.js';

/** Gives an evaluated run a version number in the registry. */
export const register = defineVerb({
  name: 'register',
  summary: 'make an evaluated run a version of a registered model',
  flags: {
    run: text('id or name of the run; the newest one when left out'),
    name: text('name of the registered model', { required: true }),
    alias: text('alias that shall point at the new version, such as champion'),
  },
  async run(context, args) {
    const run = await findRun(context.platform, args.run);
    const version = await registerRun(context, run, args.name!, args.alias);
    return {
      result: { name: args.name!, version },
      lines: [`registered ${args.name} version ${version} (run ${run.id.slice(0, 8)})${args.alias ? `, alias ${args.alias}` : ''}`],
      step: { object: { type: 'version', id: `${args.name}/${version}`, digest: run.modelDigest }, after: run.modelDigest },
    };
  },
});

/** Adds the next version for a run; throws `not-evaluated`, since a version without metrics promises nothing. */
export async function registerRun({ platform }: VerbContext, run: RunRecord, name: string, alias: string | undefined): Promise<number> {
  if (!run.evaluated) throw new LabError('not-evaluated', { run: run.id.slice(0, 8) });
  const head = await platform.git.head();
  const { registry, version } = addVersion(await loadRegistry(platform), name, {
    runId: run.id,
    modelKind: run.model,
    task: run.task,
    ...(head.commit === undefined ? {} : { commit: head.commit }),
    dataDigest: run.dataDigest,
    modelDigest: run.modelDigest,
    registeredAt: new Date(platform.now()).toISOString(),
    metrics: run.metrics,
  });
  await saveRegistry(platform, alias === undefined ? registry : setAlias(registry, name, alias, version));
  return version;
}
