import { describe, expect, it } from 'vitest';
import { countLanes, layOutLanes, type LaneNode, type LaneRow } from '../../../src/core/version/commit-lanes.js';

const node = (text: string): LaneNode => {
  const [id = '', ...parents] = text.split(' ');
  return { id, parents };
};
const layOut = (lines: readonly string[], main?: string): LaneRow[] => layOutLanes(lines.map(node), main);
const lanes = (rows: readonly LaneRow[]): string => rows.map(({ lane }) => lane).join('');

/** Follows the lines downward from a commit and gives the ids of the commits that they end at. */
function reached(nodes: readonly LaneNode[], rows: readonly LaneRow[]): void {
  const at = new Map(nodes.map(({ id }, row) => [id, row]));
  nodes.forEach(({ parents }, row) => {
    for (const parent of parents) {
      const end = at.get(parent);
      if (end === undefined) continue;
      let open = new Set([rows[row]!.lane]);
      for (let r = row; r < end; r++) open = new Set(rows[r]!.lines.filter((line) => open.has(line.from)).map((line) => line.to));
      expect([nodes[row]!.id, parent, open.has(rows[end]!.lane)]).toEqual([nodes[row]!.id, parent, true]);
    }
  });
}

describe('lanes of commits', () => {
  it('draws one line of work straight down', () => {
    const rows = layOut(['c b', 'b a', 'a']);
    expect(lanes(rows)).toBe('000');
    expect(rows.map(({ lines }) => lines)).toEqual([[{ from: 0, to: 0, colour: 0 }], [{ from: 0, to: 0, colour: 0 }], []]);
    expect(layOutLanes([])).toEqual([]);
  });

  it('keeps the main line in the first lane, whichever branch is newest', () => {
    const lines = ['s2 s1', 'm2 m1', 's1 m1', 'm1 m0', 'm0'];
    expect(lanes(layOut(lines, 'm2'))).toBe('10100');
    expect(lanes(layOut(lines, 's2'))).toBe('01000');
    expect(layOut(lines, 'm2').map(({ colour }) => colour > 0)).toEqual([true, false, true, false, false]);
  });

  it('leads a merge into both lines, and bends back where the branch began', () => {
    const rows = layOut(['m b s', 's a', 'b a', 'a'], 'm');
    expect(lanes(rows)).toBe('0100');
    const { colour } = rows[1]!;
    expect(rows[0]!.lines).toEqual([{ from: 0, to: 0, colour: 0 }, { from: 0, to: 1, colour }]);
    expect(rows[1]!.lines).toEqual([{ from: 0, to: 0, colour: 0 }, { from: 1, to: 1, colour }]);
    expect(rows[2]!.lines).toEqual([{ from: 1, to: 0, colour }, { from: 0, to: 0, colour: 0 }]);
  });

  it('gives a connection into the middle of a line a lane of its own', () => {
    const lines = ['m2 m1', 's2 s1 m0', 'm1 m0', 's1 r', 'm0 r', 'r'];
    const rows = layOut(lines, 'm2');
    reached(lines.map(node), rows);
    expect(countLanes(rows)).toBe(3);
  });

  it('uses a lane again when its line has ended, and draws what is not listed out at the bottom', () => {
    const rows = layOut(['m4 m3 b1', 'b1 m3', 'm3 m2 a1', 'a1 m2', 'm2 gone'], 'm4');
    expect(lanes(rows)).toBe('01010');
    expect(rows.at(-1)!.lines).toEqual([{ from: 0, to: 0, colour: 0 }]);
  });

  it('keeps the colour of a line when newer commits come, and tells lines side by side apart', () => {
    const old = ['a2000000 a1000000', 'b1000000 m1000000', 'a1000000 m1000000', 'm1000000'];
    const first = layOut(old, 'm1000000');
    const more = layOut(['a3000000 a2000000', 'c1000000 m1000000', ...old], 'm1000000');
    const colours = (rows: readonly LaneRow[]) => Object.fromEntries(rows.map(({ id, colour }) => [id, colour]));
    for (const { id } of first) expect([id, colours(more)[id]]).toEqual([id, colours(first)[id]]);
    expect(new Set(['a1000000', 'b1000000', 'c1000000', 'm1000000'].map((id) => colours(more)[id])).size).toBe(4);
  });

  it('leads every line to its parent, in any history, octopus merges and several roots among them', () => {
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
    for (let round = 0; round < 60; round++) {
      const nodes: LaneNode[] = [];
      for (let i = 0; i < 40; i++) {
        const parents = new Set(Array.from({ length: i === 0 || random(12) === 0 ? 0 : random(5) === 0 ? 1 + random(3) : 1 }, () => nodes[random(Math.min(i, 6))]!.id));
        nodes.unshift({ id: `${(i * 7919).toString(16)}x${i}`, parents: [...parents] });
      }
      reached(nodes, layOutLanes(nodes, nodes[random(40)]!.id));
    }
  });

  it('lays 5000 commits out in well under a second', () => {
    const nodes = Array.from({ length: 5000 }, (_, i) => ({ id: `c${i}`, parents: [`c${i + 1}`, ...(i % 7 === 0 ? [`c${i + 5}`] : [])] }));
    const start = performance.now();
    layOutLanes(nodes, 'c0');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
