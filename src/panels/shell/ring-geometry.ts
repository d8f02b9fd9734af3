import type { StageState } from '../../lab/views/snapshot.js';

/** Points on the ring in a square of 100; station 0 is at the top and they run clockwise. */
export function stationPoint(index: number, radius: number, count = 8): { x: number; y: number } {
  const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
  return { x: 50 + radius * Math.cos(angle), y: 50 + radius * Math.sin(angle) };
}

const place = (point: { x: number; y: number }): string => `${point.x.toFixed(3)} ${point.y.toFixed(3)}`;

/** Path of the arc from a station to the next. */
export function arcPath(index: number, radius: number, count = 8): string {
  return `M ${place(stationPoint(index, radius, count))} A ${radius} ${radius} 0 0 1 ${place(stationPoint(index + 1, radius, count))}`;
}

const reached = (state: StageState): boolean => state === 'done' || state === 'attention';

/** How much of the arc from one station to the next is walked: 0, a half (the next one is ready), or 1. */
export function walkedShare(from: StageState, to: StageState): number {
  if (!reached(from)) return 0;
  return reached(to) ? 1 : to === 'ready' ? 0.5 : 0;
}

/** Where a label stands beside its station: outside of the ring. */
export function labelSide(index: number, count = 8): 'above' | 'end' | 'below' | 'start' {
  if (index === 0) return 'above';
  if (index * 2 === count) return 'below';
  return index * 2 < count ? 'end' : 'start';
}
