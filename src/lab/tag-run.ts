import { LabError } from '../core/lab-error.js';
import { mlflowTags } from '../core/package/mlflow-store.js';
import type { RunRecord } from '../core/track/run.js';
import { md5Hex } from '../core/version/md5.js';
import type { Platform } from './platform.js';
import { findAnyRun, keepRun } from './project/state.js';
import { defineVerb, list, text, type StepRecord } from './verb.js';

/** A key is also the name of a file in MLflow's store, so it can hold no slash and begin with no dot. */
const KEY = /^[\p{L}\p{N}_][\p{L}\p{N}_ .:-]{0,249}$/u;
const MOST = 8000;

/** Sets and removes tags of a run. */
export const tagRun = defineVerb({
  name: 'tag-run',
  summary: 'set or remove tags of a run',
  flags: {
    run: text('id or name of the run', { required: true }),
    set: list('tags to set: key=value,other=value'),
    remove: list('keys of tags to remove'),
  },
  async run({ platform }, args) {
    const run = await findAnyRun(platform, args.run!);
    const set = Object.fromEntries((args.set ?? []).map(readTag));
    const remove = args.remove ?? [];
    for (const key of [...Object.keys(set), ...remove]) checkKey(run, key);
    const missing = remove.find((key) => run.tags?.[key] === undefined);
    if (missing !== undefined) throw new LabError('unknown-run-tag', { tag: missing, known: ownTags(run) });
    if (Object.keys(set).length + remove.length === 0) throw new LabError('flag-required', { flag: '--set', command: 'lab tag-run' });
    const { tags, step } = await changeTags(platform, run, set, remove);
    return {
      result: { run: run.id, tags },
      lines: [`tagged run ${run.id.slice(0, 8)} (${run.name})`, ...Object.entries(set).map(([key, value]) => `  ${key} = ${value}`), ...remove.map((key) => `  without ${key}`)],
      step,
    };
  },
});

/** Writes the tags of a run and gives them with the step for the journal. */
export async function changeTags(platform: Platform, run: RunRecord, set: Readonly<Record<string, string>>, remove: readonly string[]): Promise<{ tags: Record<string, string>; step: StepRecord }> {
  const tags = Object.fromEntries(Object.entries({ ...Object.fromEntries(Object.entries(run.tags ?? {}).filter(([key]) => !remove.includes(key))), ...set }).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { tags: _old, ...rest } = run;
  await keepRun(platform, Object.keys(tags).length === 0 ? rest : { ...rest, tags });
  return { tags, step: { object: { type: 'run-tags', id: run.id, digest: digestOf(tags) }, before: digestOf(run.tags ?? {}), after: digestOf(tags) } };
}

const digestOf = (tags: Readonly<Record<string, string>>): string => md5Hex(new TextEncoder().encode(JSON.stringify(tags)));

/** Own tags of the learner, without those that the lab or MLflow writes. */
const ownTags = (run: RunRecord): string[] => Object.keys(run.tags ?? {}).filter((key) => !key.startsWith('mlflow.'));

function readTag(pair: string): [string, string] {
  const at = pair.indexOf('=');
  const [key, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  if (at < 1 || value === '' || value.length > MOST) throw new LabError('flag-value', { flag: '--set', value: pair.slice(0, 80), expected: `key=value of at most ${MOST} characters` });
  return [key, value];
}

function checkKey(run: RunRecord, key: string): void {
  if (!KEY.test(key)) throw new LabError('flag-value', { flag: '--set', value: key.slice(0, 80), expected: 'a key of letters, digits, spaces, _ - . and :, at most 250' });
  const { tags: _own, ...plain } = run;
  if (key.startsWith('mlflow.') || Object.hasOwn(mlflowTags(plain), key)) throw new LabError('reserved-tag', { tag: key });
}
