import type { RunSummary } from '../lab/views/snapshot.js';

/** Loss on the rows that taught and on those held back, after an epoch. */
export interface CurvePoint {
  readonly epoch: number;
  readonly loss: number;
  readonly held?: number;
}

/** What a loss curve can show: it runs away, it has hardly moved, it falls and rises again on the rows held back, or it ends near its lowest there. */
export const CURVE_SHAPES = ['diverged', 'slow', 'overfit', 'settled'] as const;
export type CurveShape = (typeof CURVE_SHAPES)[number];

/** Of the rows held back: lowest and last loss and the epoch of the lowest; and what the curve shows. */
export interface SeenCurve {
  readonly epochs: number;
  readonly best: number;
  readonly bestEpoch: number;
  readonly last: number;
  readonly shape: CurveShape;
}

/** A loss that was ever so many times that of the constant answer has run away. */
const AWAY = 10;
/** A curve that still falls and has lost less than this share of its first loss has hardly moved. */
const MOVED = 0.5;
/** A rise of the loss on the rows held back by so much, each epoch taken with those before it, is more than wobble when the net's own loss has fallen to so much. */
const [RISE, FALL] = [1.08, 0.8];

/** Reads what a curve shows; `constant` is the loss of the answer that is always the same. Undefined for a curve without rows held back. */
export function shapeOf(points: readonly CurvePoint[], constant = Infinity): SeenCurve | undefined {
  const held = points.flatMap(({ epoch, loss, held: own }) => (own === undefined ? [] : [{ epoch, loss, own }]));
  const [first, last] = [held[0], held.at(-1)];
  if (!first || !last) return undefined;
  const best = held.reduce((low, point) => (point.own < low.own ? point : low));
  const seen = { epochs: last.epoch, best: best.own, bestEpoch: best.epoch, last: last.own };
  if (Math.max(...points.map(({ loss }) => loss)) > AWAY * constant) return { ...seen, shape: 'diverged' };
  if (best === last && last.own > MOVED * first.own) return { ...seen, shape: 'slow' };
  return { ...seen, shape: risesAgain(held) ? 'overfit' : 'settled' };
}

/** Whether the mean of the last tenth of the epochs lies above the lowest such mean, while the net's own loss has gone on falling. */
function risesAgain(held: readonly { readonly loss: number; readonly own: number }[]): boolean {
  const width = Math.max(1, Math.round(held.length / 10));
  const means = held.map((_, at) => {
    const part = held.slice(Math.max(0, at - width + 1), at + 1);
    return part.reduce((sum, { own }) => sum + own, 0) / part.length;
  });
  const lowest = means.indexOf(Math.min(...means));
  return means.at(-1)! > RISE * means[lowest]! && held.at(-1)!.loss < FALL * held[lowest]!.loss;
}

/** The loss of the constant answer on the test rows of an evaluated run, in the unit of its curve; undefined before. */
export function constantLoss({ task, metrics }: RunSummary): number | undefined {
  const value = metrics[task === 'regression' ? 'baseline.rmse' : 'baseline.logLoss'];
  return value === undefined || task !== 'regression' ? value : value ** 2;
}
