import type { LaneLine } from '../../core/version/commit-lanes.js';
import type { GraphFacts, GraphRef } from '../../lab/views/commit-graph.js';

/** Measures of the drawing in pixels. */
export interface GraphSize {
  readonly rowHeight: number;
  readonly laneWidth: number;
  /** Lanes beyond it share the last one. */
  readonly lanes: number;
  readonly width: number;
}

/** Fits `count` lanes into a drawing; narrow lists get tall rows of two lines. */
export function sizeOf(count: number, narrow: boolean): GraphSize {
  const room = narrow ? 76 : 168;
  const laneWidth = Math.max(8, Math.min(16, Math.floor(room / count)));
  const lanes = Math.min(count, Math.floor(room / laneWidth));
  return { rowHeight: narrow ? 56 : 36, laneWidth, lanes, width: lanes * laneWidth + 6 };
}

/** Where the middle of a lane is. */
export const laneX = ({ laneWidth, lanes }: GraphSize, lane: number): number => Math.min(lane, lanes - 1) * laneWidth + laneWidth / 2 + 3;

/** A line from the middle of a row to the middle of the next, bent when it changes its lane. */
export function linePath(size: GraphSize, { from, to }: LaneLine): string {
  const [x, y] = [laneX(size, from), laneX(size, to)];
  const [top, bottom] = [size.rowHeight / 2, (size.rowHeight * 3) / 2];
  return x === y ? `M${x} ${top}V${bottom}` : `M${x} ${top}C${x} ${size.rowHeight},${y} ${size.rowHeight},${y} ${bottom}`;
}

/** A label beside a commit. */
export interface RefLabel {
  readonly key: string;
  readonly name: string;
  readonly kind: GraphRef['kind'] | 'head';
  /** The current branch. */
  readonly current: boolean;
}

/** The labels of each commit: the current branch first, then branches, tags and what remotes have; a detached HEAD stands by itself. */
export function labelsOf({ refs, head, branch }: Pick<GraphFacts, 'refs' | 'head' | 'branch'>): ReadonlyMap<string, readonly RefLabel[]> {
  const order = ['branch', 'tag', 'remote'];
  const labels = new Map<string, RefLabel[]>();
  const add = (id: string, label: RefLabel): void => void labels.set(id, [...(labels.get(id) ?? []), label]);
  if (branch === undefined && head !== undefined) add(head, { key: 'HEAD', name: 'HEAD', kind: 'head', current: true });
  const rank = ({ kind, name }: GraphRef): number => (kind === 'branch' && name === branch ? -1 : order.indexOf(kind));
  for (const ref of [...refs].sort((a, b) => rank(a) - rank(b))) add(ref.id, { key: `${ref.kind}/${ref.name}`, name: ref.name, kind: ref.kind, current: rank(ref) < 0 });
  return labels;
}

/** The row that a key leads to from another one, or undefined for any other key. */
export function rowForKey(key: string, at: number, count: number, page: number): number | undefined {
  const last = count - 1;
  const goals: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last, PageDown: at + page, PageUp: at - page };
  const goal = Object.hasOwn(goals, key) ? goals[key]! : undefined;
  return goal === undefined ? undefined : Math.max(0, Math.min(last, goal));
}
