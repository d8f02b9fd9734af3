import * as v from 'valibot';
import type { EvaluationDetail } from '../../lab/views/model-views.js';
import type { RunSummary } from '../../lab/views/snapshot.js';
import { defineCheck, type CheckWorld } from '../check.js';

const args = v.strictObject({
  model: v.optional(v.union([v.string(), v.array(v.string())])),
  except: v.optional(v.array(v.string())),
  /** What one missed positive and one false alarm cost. */
  miss: v.number(),
  alarm: v.number(),
  /** Mean cost of a row. */
  atMost: v.number(),
});

/** At the threshold it was judged at, a run's mistakes on its test rows, counted again by the lab, cost no more than a bound for each row. */
export const thresholdCost = defineCheck({
  kind: 'threshold-cost',
  words: ['expected', 'none', 'seen'],
  args,
  async look(world, { model, except = [], miss, alarm, atMost }) {
    const expected = ['expected', { miss, alarm, bound: atMost }] as const;
    const judged = world.snapshot.runs.filter((run) => run.evaluated && run.task === 'binary' && (model === undefined || [model].flat().includes(run.model)) && !except.includes(run.model));
    const costs = await Promise.all(judged.map((run) => priceOf(world, run, miss, alarm)));
    const best = costs.sort((a, b) => a.cost - b.cost)[0];
    if (!best) return { passed: false, seen: ['none'], expected };
    return { passed: best.cost <= atMost, seen: ['seen', { run: best.run, threshold: best.threshold, cost: best.cost }], expected };
  },
});

async function priceOf(world: CheckWorld, run: RunSummary, miss: number, alarm: number): Promise<{ run: string; threshold: number; cost: number }> {
  const detail = await world.evaluation(run);
  return { run: run.name, threshold: detail.threshold, cost: meanCost(detail, miss, alarm) };
}

/** Mean cost of a row of what a model says at its threshold. */
function meanCost({ actual, predicted, threshold }: EvaluationDetail, miss: number, alarm: number): number {
  const cost = actual.reduce((sum, truth, row) => sum + (predicted[row]! >= threshold ? (truth === 1 ? 0 : alarm) : truth === 1 ? miss : 0), 0);
  return cost / actual.length;
}
