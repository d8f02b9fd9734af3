import * as v from 'valibot';
import { RERUN_TAG } from '../../core/track/run.js';
import type { RunSummary } from '../../lab/views/snapshot.js';
import { defineCheck } from '../check.js';

const part = v.picklist(['settings', 'seed', 'preparation', 'data']);
type Part = v.InferOutput<typeof part>;

const args = v.strictObject({
  /** All in which the two differ; other data are always prepared to other rows. */
  by: v.pipe(v.array(part), v.minLength(1)),
  /** One of the two. */
  of: v.optional(v.string()),
  model: v.optional(v.string()),
});

/** Two runs of one kind of model that differ in these things and in nothing else, and so in their models; one was trained in this lesson. */
export const twinRuns = defineCheck({
  kind: 'twin-runs',
  words: ['expected', 'none', 'same', 'seen'],
  args,
  look: ({ snapshot: { runs }, since }, { by, of, model }) => {
    const expected = ['expected', { by }] as const;
    const own = runs.filter((run) => run.started >= since && run.tags?.[RERUN_TAG] === undefined);
    const wanted = [...by].sort().join();
    const pairs = own.flatMap((one) => runs.filter((other) => other.id !== one.id && other.model === one.model && differences(one, other).sort().join() === wanted).map((other) => [other, one] as const));
    const meant = pairs.filter((pair) => (model === undefined || pair[0].model === model) && (of === undefined || pair.some(({ id, name }) => of === name || of === id)));
    const apart = meant.find(([one, other]) => one.modelDigest !== other.modelDigest);
    const shown = apart ?? meant[0];
    if (!shown) return { passed: false, seen: ['none', { by }], expected };
    return { passed: apart !== undefined, seen: [apart ? 'seen' : 'same', { first: shown[0].name, second: shown[1].name }], expected };
  },
});

function differences(a: RunSummary, b: RunSummary): Part[] {
  const settings = ({ params: { seed: _seed, ...rest } }: RunSummary): string => JSON.stringify(Object.entries(rest).sort());
  const found: Part[] = [];
  if (settings(a) !== settings(b)) found.push('settings');
  if (a.seed !== b.seed) found.push('seed');
  if (a.dataDigest !== b.dataDigest) found.push('data');
  else if (a.preparedDigest !== b.preparedDigest) found.push('preparation');
  return found;
}
