import { LabError } from '../lab-error.js';
import { createRandom, permutation, type Random } from '../random.js';
import { allowedValues, distanceOf, halfWayBack, randomValue, type CellRow, type CellValue, type MutableFeature } from './counterfactual-space.js';

/** What the prediction should become. */
export interface CounterfactualGoal {
  readonly direction: 'at-least' | 'at-most';
  readonly value: number;
}

export interface Counterfactual {
  readonly row: CellRow;
  readonly changes: readonly { readonly name: string; readonly from: CellValue; readonly to: CellValue }[];
  readonly prediction: number;
  readonly distance: number;
}

export interface CounterfactualOptions {
  readonly seed: number;
  /** How many different ones are wanted. */
  readonly count?: number;
  /** Random starts of the search. */
  readonly starts?: number;
}

/** Predictions of rows, one number each. */
export type PredictRows = (rows: readonly CellRow[]) => ArrayLike<number>;

/**
 * Nearest rows that differ from `row` only as `features` allow and reach the goal (Wachter, Mittelstadt and Russell 2018): a greedy search
 * and random starts, each then pruned and pulled back towards the row. Nearest first, different in what they change; empty when none is found.
 * The row itself comes back unchanged when it already meets the goal. Throws `bad-range` {column} for a feature without size or range.
 */
export function findCounterfactuals(row: CellRow, features: readonly MutableFeature[], goal: CounterfactualGoal, predict: PredictRows, options: CounterfactualOptions): Counterfactual[] {
  for (const feature of features) checkFeature(feature);
  const search = new Search(row, features, goal, predict);
  if (search.reaches(row)) return [search.describe(row)];
  const random = createRandom(options.seed);
  const found = [search.climb()];
  for (let start = 0; start < (options.starts ?? 60); start++) found.push(search.jump(random));
  const near = found.flatMap((candidate) => (candidate ? [search.describe(search.retreat(candidate))] : [])).sort((a, b) => a.distance - b.distance);
  return differentOnes(near).slice(0, options.count ?? 3);
}

function checkFeature(feature: MutableFeature): void {
  if (feature.kind === 'category') return;
  if (!(feature.scale > 0) || !(feature.min <= feature.max)) throw new LabError('bad-range', { column: feature.name });
}

/** Of those that change the same columns only the nearest. */
function differentOnes(sorted: readonly Counterfactual[]): Counterfactual[] {
  const seen = new Set<string>();
  return sorted.filter(({ changes }) => {
    const key = changes.map(({ name }) => name).join('\n');
    return !seen.has(key) && seen.add(key);
  });
}

class Search {
  readonly #sign: number;

  constructor(
    readonly original: CellRow,
    readonly features: readonly MutableFeature[],
    readonly goal: CounterfactualGoal,
    readonly predict: PredictRows,
  ) {
    this.#sign = goal.direction === 'at-least' ? 1 : -1;
  }

  reaches(row: CellRow): boolean {
    return this.#gain(this.predict([row])[0]!) >= 0;
  }

  describe(row: CellRow): Counterfactual {
    const changes = this.features.flatMap(({ name }) => {
      const [from, to] = [this.original[name] ?? null, row[name] ?? null];
      return from === to ? [] : [{ name, from, to }];
    });
    return { row, changes, prediction: this.predict([row])[0]!, distance: distanceOf(this.original, row, this.features) };
  }

  /** Changes one feature after another, the one that brings most for its distance; the nearest as soon as some reach the goal. */
  climb(): CellRow | undefined {
    let row = this.original;
    const free = new Set(this.features);
    while (free.size > 0) {
      const moves = [...free].flatMap((feature) => allowedValues(feature, this.original[feature.name] ?? null).map((value) => ({ feature, row: { ...row, [feature.name]: value } })));
      const best = this.#bestMove(row, moves);
      if (!best) return undefined;
      row = best.row;
      if (best.reached) return row;
      free.delete(best.feature);
    }
    return undefined;
  }

  #bestMove(from: CellRow, moves: readonly { feature: MutableFeature; row: CellRow }[]): { feature: MutableFeature; row: CellRow; reached: boolean } | undefined {
    if (moves.length === 0) return undefined;
    const gains = Array.from(this.predict([from, ...moves.map(({ row }) => row)]), (prediction) => this.#gain(prediction));
    const now = gains[0]!;
    let best: { feature: MutableFeature; row: CellRow; reached: boolean; worth: number } | undefined;
    moves.forEach((move, i) => {
      const gain = gains[i + 1]!;
      const distance = distanceOf(this.original, move.row, this.features);
      const reached = gain >= 0;
      const worth = reached ? -distance : (gain - now) / Math.max(1e-12, distance - distanceOf(this.original, from, this.features));
      if (!reached && !(gain > now)) return;
      if (!best || (reached && !best.reached) || (reached === best.reached && worth > best.worth)) best = { ...move, reached, worth };
    });
    return best;
  }

  /** Random values for ever more features in random order, until the goal is reached. */
  jump(random: Random): CellRow | undefined {
    let row = this.original;
    const rows: CellRow[] = [];
    for (const at of permutation(this.features.length, random)) {
      const feature = this.features[at]!;
      const value = randomValue(feature, this.original[feature.name] ?? null, random);
      if (value === undefined) continue;
      row = { ...row, [feature.name]: value };
      rows.push(row);
    }
    if (rows.length === 0) return undefined;
    const predictions = this.predict(rows);
    return rows.find((_, i) => this.#gain(predictions[i]!) >= 0);
  }

  /** Takes changes back, the farthest first, and what must stay as far as the goal allows. */
  retreat(row: CellRow): CellRow {
    const cost = ({ name }: MutableFeature, of: CellRow): number => distanceOf(this.original, of, this.features) - distanceOf(this.original, { ...of, [name]: this.original[name] ?? null }, this.features);
    const order = [...this.features].sort((a, b) => cost(b, row) - cost(a, row));
    let kept = row;
    for (const { name } of order) {
      const without = { ...kept, [name]: this.original[name] ?? null };
      if ((kept[name] ?? null) !== without[name] && this.reaches(without)) kept = without;
    }
    for (const feature of order) kept = this.#pull(kept, feature);
    return kept;
  }

  /** Bisection between the original value, which fails, and the present one, which reaches the goal. */
  #pull(row: CellRow, feature: MutableFeature): CellRow {
    let kept = row;
    let failing = this.original[feature.name] ?? null;
    for (let i = 0; i < 20; i++) {
      const middle = halfWayBack(feature, failing, kept[feature.name] ?? null);
      if (middle === undefined) break;
      const nearer = { ...kept, [feature.name]: middle };
      if (this.reaches(nearer)) kept = nearer;
      else failing = middle;
    }
    return kept;
  }

  #gain(prediction: number): number {
    return this.#sign * (prediction - this.goal.value);
  }
}
