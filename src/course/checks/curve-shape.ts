import * as v from 'valibot';
import type { RunSummary } from '../../lab/views/snapshot.js';
import { defineCheck, type CheckWorld } from '../check.js';
import { constantLoss, CURVE_SHAPES, shapeOf, type SeenCurve } from '../curve-shape.js';

const args = v.strictObject({
  shape: v.picklist(CURVE_SHAPES),
  model: v.optional(v.union([v.string(), v.array(v.string())])),
  /** As many epochs or more. */
  epochs: v.optional(v.number()),
});

/** A run's loss curve shows something: running away, crawling, overfitting, or settling near its lowest on the rows held back. */
export const curveShape = defineCheck({
  kind: 'curve-shape',
  words: ['expected', 'none', 'runaway', 'seen'],
  args,
  async look(world, { shape, model, epochs = 1 }) {
    const expected = ['expected', { shape, epochs }] as const;
    const fits = (kind: string): boolean => model === undefined || [model].flat().includes(kind);
    if (shape === 'diverged' && (await world.runaways()).some(fits)) return { passed: true, seen: ['runaway'], expected };
    let newest: SeenCurve | undefined;
    for (const run of world.snapshot.runs.filter((one) => fits(one.model)).toReversed()) {
      const seen = await curveOf(world, run);
      newest ??= seen;
      if (seen?.shape === shape && seen.epochs >= epochs) return { passed: true, seen: ['seen', said(seen)], expected };
    }
    return newest ? { passed: false, seen: ['seen', said(newest)], expected } : { passed: false, seen: ['none'], expected };
  },
});

const curveOf = async (world: CheckWorld, run: RunSummary): Promise<SeenCurve | undefined> => shapeOf(await world.curve(run.id), constantLoss(run));
const said = ({ shape, epochs, bestEpoch, best, last }: SeenCurve) => ({ shape, epochs, at: bestEpoch, best, last });
