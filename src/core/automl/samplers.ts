import { normalTail } from '../evaluate/distributions.js';
import { normalQuantile } from '../evaluate/quantiles.js';
import { createRandom, type Random } from '../random.js';
import { placeOf, valueAt, type Configuration, type Dimension } from './search-space.js';

/** A trial that was made; lower loss is better, null when it failed. */
export interface Tried {
  readonly configuration: Configuration;
  readonly loss: number | null;
}

/** Optuna's defaults for TPE. */
const [STARTUP, CANDIDATES] = [10, 24];

/** All combinations, `steps` even values of each range. */
export function gridConfigurations(space: readonly Dimension[], steps: number): Configuration[] {
  return space.reduce<Configuration[]>((grid, dimension) => {
    const count = dimension.kind === 'choice' ? dimension.choices.length : steps;
    const places = dimension.kind === 'choice' ? Array.from({ length: count }, (_, i) => (i + 0.5) / count) : Array.from({ length: count }, (_, i) => (count === 1 ? 0.5 : i / (count - 1)));
    const values = [...new Set(places.map((place) => valueAt(dimension, place)))];
    return grid.flatMap((one) => values.map((value) => ({ ...one, [dimension.name]: value })));
  }, [{}]);
}

/** A configuration by chance; trial `index` of a seed is always the same one. */
export function randomConfiguration(space: readonly Dimension[], seed: number, index: number): Configuration {
  const random = createRandom(seed * 1_000_003 + index);
  return Object.fromEntries(space.map((dimension) => [dimension.name, valueAt(dimension, random())]));
}

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011, with Optuna's defaults): after ten trials by chance, of 24 draws from the
 * density of the best trials the one that is likeliest there and unlikeliest among the others. `index` is the trial's own number, which is
 * higher than that of the trials known when some still run.
 */
export function tpeConfiguration(space: readonly Dimension[], tried: readonly Tried[], seed: number, index = tried.length): Configuration {
  const known = tried.filter((one): one is Tried & { loss: number } => one.loss !== null).sort((a, b) => a.loss - b.loss);
  if (known.length < STARTUP) return randomConfiguration(space, seed, index);
  const good = Math.min(Math.ceil(0.1 * known.length), 25);
  const random = createRandom(seed * 1_000_003 + index);
  return Object.fromEntries(space.map((dimension) => {
    const values = known.map(({ configuration }) => configuration[dimension.name]!);
    return [dimension.name, pickValue(dimension, values.slice(0, good), values.slice(good), random)];
  }));
}

function pickValue(dimension: Dimension, best: readonly (string | number)[], rest: readonly (string | number)[], random: Random): string | number {
  if (dimension.kind === 'choice') {
    const weight = (choice: string | number, of: readonly (string | number)[]): number => (1 + of.filter((one) => one === choice).length) / (of.length + dimension.choices.length);
    const draws = Array.from({ length: CANDIDATES }, () => drawChoice(dimension.choices, best, random));
    return greatest(draws, (choice) => Math.log(weight(choice, best)) - Math.log(weight(choice, rest)));
  }
  const [near, far] = [best, rest].map((values) => parzen(values.map((value) => placeOf(dimension, Number(value))))) as [Parzen, Parzen];
  const draws = Array.from({ length: CANDIDATES }, () => near.draw(random));
  const value = valueAt({ ...dimension, whole: false }, greatest(draws, (place) => near.logDensity(place) - far.logDensity(place)));
  return dimension.whole ? Math.round(Number(value)) : value;
}

function drawChoice(choices: readonly (string | number)[], best: readonly (string | number)[], random: Random): string | number {
  const pool = [...choices, ...best];
  return pool[Math.floor(random() * pool.length)]!;
}

const greatest = <T>(values: readonly T[], score: (value: T) => number): T => values.reduce((best, value) => (score(value) > score(best) ? value : best));

interface Parzen {
  draw(random: Random): number;
  logDensity(place: number): number;
}

/** A mixture of normal densities about the places, cut to 0 … 1, with a wide one in the middle for what is not known. */
function parzen(places: readonly number[]): Parzen {
  const sorted = [0.5, ...places].sort((a, b) => a - b);
  const least = 1 / Math.min(100, 1 + sorted.length);
  const kernels = sorted.map((mean, at) => {
    const reach = Math.max(mean - (sorted[at - 1] ?? 0), (sorted[at + 1] ?? 1) - mean);
    return { mean, width: mean === 0.5 ? 1 : Math.min(1, Math.max(least, reach)) };
  });
  const masses = kernels.map(({ mean, width }) => [normalTail(mean / width), normalTail((mean - 1) / width)] as const);
  return {
    draw(random) {
      const at = Math.floor(random() * kernels.length);
      const [low, high] = masses[at]!;
      const { mean, width } = kernels[at]!;
      return Math.min(1, Math.max(0, mean + width * normalQuantile(low + random() * (high - low))));
    },
    logDensity: (place) => Math.log(kernels.reduce((sum, { mean, width }, at) => sum + Math.exp(-0.5 * ((place - mean) / width) ** 2) / (width * (masses[at]![1] - masses[at]![0])), 0) / kernels.length),
  };
}
