/** Value of the objective at `point`; writes its gradient. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimisationStep {
  readonly iteration: number;
  readonly value: number;
}

/** Where the search ended; `converged` is false when it ran out of iterations. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

interface Place {
  step: number;
  value: number;
  slope: number;
  point: Float64Array;
  gradient: Float64Array;
}

const MEMORY = 10;

/**
 * Limited-memory BFGS with a strong Wolfe line search (Nocedal and Wright, Numerical Optimization, algorithms 7.5, 3.5, 3.6).
 * Ends when no gradient element exceeds `tolerance` or the value stops falling. `precondition` divides a gradient, in place, by a guess of the
 * curvature.
 */
export function* minimise(
  objective: Objective,
  start: Float64Array,
  options: { iterations: number; tolerance: number; precondition?: ((gradient: Float64Array) => void) | undefined },
): Generator<MinimisationStep, Minimum> {
  let here: Place = { step: 0, value: 0, slope: 0, point: Float64Array.from(start), gradient: new Float64Array(start.length) };
  here.value = objective(here.point, here.gradient);
  const pairs: Pair[] = [];
  for (let iteration = 1; iteration <= options.iterations; iteration++) {
    if (largest(here.gradient) <= options.tolerance) return ended(here, iteration - 1, true);
    const direction = descentDirection(here.gradient, pairs, options.precondition);
    const first = pairs.length === 0 && !options.precondition ? Math.min(1, 1 / Math.sqrt(dot(here.gradient, here.gradient))) : 1;
    const next = lineSearch(objective, here, direction, first);
    if (!next || !(next.value < here.value)) return ended(here, iteration - 1, true);
    remember(pairs, here, next, options.precondition);
    here = next;
    yield { iteration, value: here.value };
  }
  return ended(here, options.iterations, largest(here.gradient) <= options.tolerance);
}

function ended(place: Place, iterations: number, converged: boolean): Minimum {
  return { point: place.point, value: place.value, iterations, converged };
}

/** A step s and the change y of the gradient along it; `size` is yᵀ·P·y for the preconditioner P. */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
  readonly size: number;
}

function remember(pairs: Pair[], from: Place, to: Place, precondition: ((gradient: Float64Array) => void) | undefined): void {
  const s = to.point.map((value, i) => value - from.point[i]!);
  const y = to.gradient.map((value, i) => value - from.gradient[i]!);
  const product = dot(s, y);
  if (!(product > 1e-300)) return;
  const divided = Float64Array.from(y);
  precondition?.(divided);
  pairs.push({ s, y, rho: 1 / product, size: dot(y, divided) });
  if (pairs.length > MEMORY) pairs.shift();
}

function descentDirection(gradient: Float64Array, pairs: readonly Pair[], precondition: ((gradient: Float64Array) => void) | undefined): Float64Array {
  const q = Float64Array.from(gradient);
  const alphas = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, rho } = pairs[i]!;
    alphas[i] = rho * dot(s, q);
    addScaled(q, y, -alphas[i]!);
  }
  const last = pairs.at(-1);
  const scale = last ? 1 / (last.rho * last.size) : 1;
  precondition?.(q);
  for (let i = 0; i < q.length; i++) q[i]! *= scale;
  pairs.forEach(({ s, y, rho }, i) => addScaled(q, s, alphas[i]! - rho * dot(y, q)));
  for (let i = 0; i < q.length; i++) q[i] = -q[i]!;
  return q;
}

function lineSearch(objective: Objective, from: Place, direction: Float64Array, first: number): Place | undefined {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return undefined;
  const at = (step: number): Place => tryStep(objective, from, direction, step);
  const enough = (place: Place): boolean => place.value <= from.value + 1e-4 * place.step * slope;
  let low: Place = { ...from, step: 0, slope };
  let step = first;
  for (let tries = 0; tries < 20; tries++) {
    const place = at(step);
    if (!Number.isFinite(place.value) || !enough(place) || (tries > 0 && place.value >= low.value)) return zoom(at, enough, slope, low, place);
    if (Math.abs(place.slope) <= -0.9 * slope) return place;
    if (place.slope >= 0) return zoom(at, enough, slope, place, low);
    low = place;
    step *= 2;
  }
  return low.step > 0 ? low : undefined;
}

function zoom(at: (step: number) => Place, enough: (place: Place) => boolean, slope: number, low: Place, high: Place): Place | undefined {
  for (let tries = 0; tries < 30; tries++) {
    const place = at(between(low, high));
    if (!enough(place) || !(place.value < low.value)) high = place;
    else {
      if (Math.abs(place.slope) <= -0.9 * slope) return place;
      if (place.slope * (high.step - low.step) >= 0) high = low;
      low = place;
    }
    if (Math.abs(high.step - low.step) < 1e-14 * Math.max(1, low.step)) break;
  }
  return low.step > 0 ? low : undefined;
}

/** Minimum of the parabola through the lower end, kept away from both ends. */
function between(low: Place, high: Place): number {
  const width = high.step - low.step;
  const guess = (-0.5 * low.slope * width * width) / (high.value - low.value - low.slope * width);
  const share = Number.isFinite(guess) ? guess / width : 0.5;
  return low.step + width * Math.min(0.9, Math.max(0.1, share));
}

function tryStep(objective: Objective, from: Place, direction: Float64Array, step: number): Place {
  const point = from.point.map((value, i) => value + step * direction[i]!);
  const gradient = new Float64Array(point.length);
  const value = objective(point, gradient);
  return { step, value, slope: dot(gradient, direction), point, gradient };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (!(Math.abs(value) <= most)) most = Math.abs(value);
  return most;
}
