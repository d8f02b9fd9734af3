import * as v from 'valibot';
import { bestTrial, type Study } from '../../core/automl/study.js';
import { defineCheck, type CheckWorld } from '../check.js';
import { judgedTrials, meantStudies } from '../studies.js';

const args = v.strictObject({
  model: v.optional(v.union([v.string(), v.array(v.string())])),
  method: v.optional(v.string()),
  target: v.string(),
  trials: v.optional(v.number()),
  /** With `atMost`: of the winner, computed by the lab on rows of its own. */
  metric: v.optional(v.string()),
  atMost: v.optional(v.number()),
});
type Args = v.InferOutput<typeof args>;

/** Of a search for settings the best trial was judged on the test rows, and no other trial was. */
export const winnerJudged = defineCheck({
  kind: 'winner-judged',
  words: ['expected', 'expected-at-most', 'none', 'few', 'unjudged', 'other', 'several', 'seen', 'metric'],
  args,
  async look(world, wish) {
    const { trials = 1, metric = '', atMost = Infinity } = wish;
    const expected = [Number.isFinite(atMost) ? 'expected-at-most' : 'expected', { trials, metric, bound: Number.isFinite(atMost) ? atMost : 0 }] as const;
    const found = meantStudies(await world.studies(), world.snapshot, wish);
    const verdicts = await Promise.all(found.map((study) => verdictOf(world, study, wish)));
    const verdict = verdicts.find((one) => one.passed) ?? verdicts[0];
    return verdict ? { ...verdict, expected } : { passed: false, seen: ['none'], expected };
  },
});

async function verdictOf(world: CheckWorld, study: Study, { trials = 1, metric, atMost = Infinity }: Args) {
  const no = { passed: false } as const;
  if (study.trials.length < trials) return { ...no, seen: ['few', { name: study.name, count: study.trials.length }] as const };
  const judged = judgedTrials(study, world.snapshot);
  const best = bestTrial(study);
  const winner = judged.find(({ id }) => study.trials.some(({ run, loss, resource }) => run === id && loss === best?.loss && resource === best.resource));
  if (judged.length === 0) return { ...no, seen: ['unjudged', { name: study.name }] as const };
  if (judged.length > 1) return { ...no, seen: ['several', { name: study.name, count: judged.length }] as const };
  if (!winner) return { ...no, seen: ['other', { run: judged[0]!.name }] as const };
  if (metric === undefined) return { passed: true, seen: ['seen', { run: winner.name, name: study.name }] as const };
  const value = (await world.recompute(winner))[metric] ?? NaN;
  return { passed: value <= atMost, seen: ['metric', { run: winner.name, metric, value }] as const };
}
