import * as v from 'valibot';
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
  /** The same model came out of both all the same. */
  alike: v.optional(v.boolean()),
});

/** Two runs of one kind of model that differ in these things and in nothing else, and so (or not even so) in their models. */
export const twinRuns = defineCheck({
  kind: 'twin-runs',
  words: ['expected', 'expected-alike', 'none', 'same', 'other', 'seen'],
  args,
  look: ({ snapshot: { runs } }, { by, of, model, alike = false }) => {
    const expected = [alike ? 'expected-alike' : 'expected', { by }] as const;
    const isMeant = (run: RunSummary): boolean => (of === undefined || run.name === of || run.id === of) && (model === undefined || run.model === model);
    const wanted = [...by].sort().join();
    const pairs = runs.filter(isMeant).flatMap((one) => runs.filter((other) => other.id !== one.id && other.model === one.model && differences(one, other).sort().join() === wanted).map((other) => [one, other] as const));
    const fitting = pairs.find(([one, other]) => (one.modelDigest === other.modelDigest) === alike);
    const shown = fitting ?? pairs[0];
    if (!shown) return { passed: false, seen: ['none', { by }], expected };
    const told = { first: shown[0].name, second: shown[1].name };
    return { passed: fitting !== undefined, seen: [fitting ? 'seen' : alike ? 'other' : 'same', told], expected };
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
