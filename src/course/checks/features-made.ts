import * as v from 'valibot';
import { FEATURE_KINDS, isHistory, madeBy, type FeatureStep } from '../../core/features/feature-step.js';
import { defineCheck } from '../check.js';

const args = v.strictObject({
  columns: v.optional(v.array(v.string())),
  kinds: v.optional(v.array(v.picklist(FEATURE_KINDS))),
  /** A look back at this column, with so many days between. */
  back: v.optional(v.string()),
  gapAtLeast: v.optional(v.number()),
  gapAtMost: v.optional(v.number()),
  /** Columns left out by steps. */
  dropped: v.optional(v.number()),
  /** Whether what is prepared went through these features. */
  prepared: v.optional(v.boolean()),
});
type Args = v.InferOutput<typeof args>;

/** The project makes features: given columns, kinds of steps, a look back that is old enough, or columns left out. */
export const featuresMade = defineCheck({
  kind: 'features-made',
  words: ['expected', 'expected-back', 'expected-dropped', 'none', 'stale', 'back', 'dropped', 'seen'],
  args,
  async look(world, wish) {
    const found = await world.features();
    const expected = expectedOf(wish);
    const steps = found?.steps.map(({ step }) => step) ?? [];
    if (steps.length === 0) return { passed: false, seen: ['none'], expected };
    const dropped = steps.flatMap((step) => (step.do === 'drop' ? step.columns : [])).length;
    const backs = steps.filter(isHistory).filter(({ column }) => column === wish.back);
    const fitting = backs.filter(({ gap = 0 }) => gap >= (wish.gapAtLeast ?? 0) && gap <= (wish.gapAtMost ?? Infinity));
    if (wish.back !== undefined && backs.length > 0 && fitting.length < backs.length) return { passed: false, seen: ['back', { column: wish.back, gap: backs[0]!.gap ?? 0 }], expected };
    if (dropped < (wish.dropped ?? 0)) return { passed: false, seen: ['dropped', { count: dropped }], expected };
    if (wish.prepared === true && (found!.stale || !world.snapshot.prepared)) return { passed: false, seen: ['stale'], expected };
    const passed = has(steps, wish) && (wish.back === undefined || fitting.length > 0);
    return { passed, seen: ['seen', { columns: steps.flatMap(madeBy), count: steps.length }], expected };
  },
});

const has = (steps: readonly FeatureStep[], { columns = [], kinds = [] }: Args): boolean =>
  columns.every((name) => steps.some((step) => madeBy(step).includes(name))) && kinds.every((kind) => steps.some((step) => step.do === kind));

function expectedOf({ columns = [], kinds = [], back, gapAtLeast = 0, dropped }: Args) {
  if (back !== undefined) return ['expected-back', { column: back, gap: gapAtLeast }] as const;
  if (dropped !== undefined) return ['expected-dropped', { count: dropped }] as const;
  return ['expected', { columns, kinds }] as const;
}
