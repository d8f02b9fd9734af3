export interface LivePoint {
  readonly x: number;
  readonly y: number;
}

/** Round numbers that cover [low, high] with about `count` steps (1, 2 or 5 times a power of ten). */
export function niceTicks(low: number, high: number, count = 4): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [];
  const span = high > low ? high - low : Math.abs(high) || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw) ?? raw;
  const first = Math.floor(low / step);
  const ticks: number[] = [];
  for (let i = first; ticks.length === 0 || ticks.at(-1)! < high; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** At most `limit` points that keep the lowest and highest of each stretch, so that a spike is never lost. */
export function thinPoints(points: readonly LivePoint[], limit: number): readonly LivePoint[] {
  if (points.length <= limit) return points;
  const stretch = Math.ceil((2 * points.length) / limit);
  const kept: LivePoint[] = [];
  for (let start = 0; start < points.length; start += stretch) {
    let [low, high] = [start, start];
    for (let i = start; i < Math.min(start + stretch, points.length); i++) {
      if (points[i]!.y < points[low]!.y) low = i;
      if (points[i]!.y > points[high]!.y) high = i;
    }
    kept.push(...[...new Set([low, high])].sort((a, b) => a - b).map((i) => points[i]!));
  }
  return kept;
}

/** An SVG path through the finite points; a gap stays a gap. */
export function linePath(points: readonly LivePoint[], toX: (x: number) => number, toY: (y: number) => number): string {
  let pen = 'M';
  let path = '';
  for (const { x, y } of points) {
    if (!Number.isFinite(y)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${toX(x).toFixed(1)} ${toY(y).toFixed(1)}`;
    pen = 'L';
  }
  return path;
}
