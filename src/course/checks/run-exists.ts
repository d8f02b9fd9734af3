import * as v from 'valibot';
import type { RunSummary } from '../../lab/views/snapshot.js';
import { defineCheck, type CheckWorld } from '../check.js';

const args = v.strictObject({
  /** Any of these kinds of model. */
  model: v.optional(v.union([v.string(), v.array(v.string())])),
  /** None of these kinds. */
  except: v.optional(v.array(v.string())),
  /** Trained on what is prepared now. */
  current: v.optional(v.boolean()),
  evaluated: v.optional(v.boolean()),
  metric: v.optional(v.string()),
  atMost: v.optional(v.number()),
  atLeast: v.optional(v.number()),
});
type Args = v.InferOutput<typeof args>;

/** A run of a kind of model exists, was evaluated, and its metric, recomputed by the lab, lies within a bound. */
export const runExists = defineCheck({
  kind: 'run-exists',
  words: ['expected', 'expected-evaluated', 'expected-at-most', 'expected-at-least', 'none', 'other', 'not-evaluated', 'seen', 'metric'],
  args,
  async look(world, wish) {
    const models = wish.model === undefined ? '' : [wish.model].flat().join(', ');
    const expected = [expectedCode(wish), { models, metric: wish.metric ?? '', bound: wish.atMost ?? wish.atLeast ?? 0 }] as const;
    const { runs } = world.snapshot;
    if (runs.length === 0) return { passed: false, seen: ['none'], expected };
    const now = world.snapshot.prepared?.digest;
    const fitting = runs.filter((run) => fits(run, wish) && (wish.current !== true || run.preparedDigest === now));
    if (fitting.length === 0) return { passed: false, seen: ['other', { models: [...new Set(runs.map((run) => run.model))] }], expected };
    const evaluated = wish.evaluated || wish.metric !== undefined ? fitting.filter((run) => run.evaluated) : fitting;
    if (evaluated.length === 0) return { passed: false, seen: ['not-evaluated', { run: fitting[0]!.name }], expected };
    if (wish.metric === undefined) return { passed: true, seen: ['seen', { run: evaluated[0]!.name, model: evaluated[0]!.model }], expected };
    return { ...(await bestWithin(world, evaluated, wish, wish.metric)), expected };
  },
});

const expectedCode = (wish: Args): 'expected' | 'expected-evaluated' | 'expected-at-most' | 'expected-at-least' =>
  wish.atMost !== undefined ? 'expected-at-most' : wish.atLeast !== undefined ? 'expected-at-least' : wish.evaluated ? 'expected-evaluated' : 'expected';

const fits = (run: RunSummary, { model, except = [] }: Args): boolean => (model === undefined || [model].flat().includes(run.model)) && !except.includes(run.model);

async function bestWithin(world: CheckWorld, runs: readonly RunSummary[], wish: Args, metric: string) {
  let best: number | undefined;
  for (const run of runs) {
    const value = (await world.recompute(run))[metric];
    if (value === undefined || !Number.isFinite(value)) continue;
    const better = best === undefined || (wish.atMost !== undefined ? value < best : value > best);
    if (better) best = value;
  }
  const passed = best !== undefined && best <= (wish.atMost ?? Infinity) && best >= (wish.atLeast ?? -Infinity);
  return { passed, seen: ['metric', { metric, value: best ?? NaN }] as const };
}
