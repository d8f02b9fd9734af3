import { LabError } from '../lab-error.js';
import { checkVectors } from './inputs.js';

/** A rising curve through points, straight between them and level outside. JSON-safe. */
export interface IsotonicCurve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly sum: number;
  readonly weight: number;
}

/**
 * The rising curve with the least squared error, by pooling adjacent violators (Ayer et al. 1955), as scikit-learn's `IsotonicRegression`; with
 * scores and outcomes 0 and 1 it calibrates the scores (Zadrozny and Elkan 2002). Throws `no-rows`, `length-mismatch`, `not-finite`.
 */
export function fitIsotonic(score: ArrayLike<number>, y: ArrayLike<number>): IsotonicCurve {
  checkVectors({ predicted: score, actual: y });
  if (score.length === 0) throw new LabError('no-rows');
  const blocks: Block[] = [];
  for (const block of equalScores(score, y)) {
    let pooled = block;
    for (let last = blocks.at(-1); last && last.sum / last.weight >= pooled.sum / pooled.weight; last = blocks.at(-1)) {
      pooled = { from: last.from, to: pooled.to, sum: last.sum + pooled.sum, weight: last.weight + pooled.weight };
      blocks.pop();
    }
    blocks.push(pooled);
  }
  const ends = blocks.flatMap(({ from, to, sum, weight }) => (from === to ? [[from, sum / weight]] : [[from, sum / weight], [to, sum / weight]]) as [number, number][]);
  return { x: ends.map(([at]) => at), y: ends.map(([, value]) => value) };
}

/** One block for each distinct score, ascending. */
function equalScores(score: ArrayLike<number>, y: ArrayLike<number>): Block[] {
  const order = Array.from({ length: score.length }, (_, i) => i).sort((a, b) => score[a]! - score[b]!);
  const blocks: Block[] = [];
  for (const row of order) {
    const last = blocks.at(-1);
    if (last?.from === score[row]) blocks[blocks.length - 1] = { ...last!, sum: last!.sum + y[row]!, weight: last!.weight + 1 };
    else blocks.push({ from: score[row]!, to: score[row]!, sum: y[row]!, weight: 1 });
  }
  return blocks;
}

/** The curve at a score. */
export function applyIsotonic({ x, y }: IsotonicCurve, score: number): number {
  const after = x.findIndex((point) => point >= score);
  if (after < 0) return Number.isNaN(score) ? NaN : y.at(-1)!;
  if (after === 0 || x[after] === score) return y[after]!;
  const share = (score - x[after - 1]!) / (x[after]! - x[after - 1]!);
  return y[after - 1]! + share * (y[after]! - y[after - 1]!);
}
