/** A commit with its parents, the first one that it was made on. */
export interface LaneNode {
  readonly id: string;
  readonly parents: readonly string[];
}

/** A line between a row and the next one, from lane to lane. */
export interface LaneLine {
  readonly from: number;
  readonly to: number;
  readonly colour: number;
}

/** One commit's place in the drawing, and the lines that run from its row to the next. */
export interface LaneRow {
  readonly id: string;
  readonly lane: number;
  /** 0 for the main line of work, 1 … 6 for the others; it stays when newer commits come. */
  readonly colour: number;
  readonly lines: readonly LaneLine[];
}

/** A line of work: commits that follow one another by their first parents. Rows are inclusive; `from` and `to` is where its lane is taken. */
interface Chain {
  readonly top: number;
  readonly oldest: string;
  from: number;
  to: number;
  lane: number;
  colour: number;
}

/** A connection in a lane of its own, to a commit within a chain. */
interface Link {
  readonly row: number;
  readonly parent: number;
  readonly chain: Chain;
  readonly from: number;
  readonly to: number;
  lane: number;
}

const COLOURS = 6;

/** Lays commits out in lanes, newest first, a parent never above its child; `main` is the tip whose line keeps the first lane. Parents that are not listed run out at the bottom. */
export function layOutLanes(commits: readonly LaneNode[], main?: string): LaneRow[] {
  const rows = new Map(commits.map(({ id }, row) => [id, row]));
  const chains = findChains(commits, rows, main);
  const links = connect(commits, rows, chains);
  const all = [...new Set(chains)];
  giveLanes(all, links, main !== undefined && rows.has(main) ? chains[rows.get(main)!] : undefined);
  giveColours(all, main !== undefined && rows.has(main) ? chains[rows.get(main)!] : all[0]);
  const lines = drawLines(commits, rows, chains, links);
  return commits.map(({ id }, row) => ({ id, lane: chains[row]!.lane, colour: chains[row]!.colour, lines: lines[row]! }));
}

/** How many lanes a drawing needs. */
export const countLanes = (rows: readonly LaneRow[]): number => rows.reduce((most, { lane, lines }) => lines.reduce((m, line) => Math.max(m, line.from + 1, line.to + 1), Math.max(most, lane + 1)), 1);

function findChains(commits: readonly LaneNode[], rows: ReadonlyMap<string, number>, main: string | undefined): Chain[] {
  const chains: (Chain | undefined)[] = new Array<Chain | undefined>(commits.length).fill(undefined);
  const claim = (top: number): void => {
    const own: number[] = [];
    for (let row: number | undefined = top; row !== undefined && !chains[row] && !own.includes(row); row = rows.get(commits[row]!.parents[0] ?? '')) own.push(row);
    const bottom = own.at(-1)!;
    const next = commits[bottom]!.parents[0];
    const joins = next === undefined ? undefined : (rows.get(next) ?? commits.length + 1);
    const chain: Chain = { top, oldest: commits[bottom]!.id, from: top, to: joins === undefined ? bottom : joins - 1, lane: 0, colour: 0 };
    for (const row of own) chains[row] = chain;
  };
  const first = main === undefined ? undefined : rows.get(main);
  if (first !== undefined) claim(first);
  for (let row = 0; row < commits.length; row++) if (!chains[row]) claim(row);
  return chains as Chain[];
}

/** Lets each merged line reach up to its merge, and gives the connections that no line's own lane can carry. */
function connect(commits: readonly LaneNode[], rows: ReadonlyMap<string, number>, chains: readonly Chain[]): Link[] {
  const links: Link[] = [];
  commits.forEach(({ parents }, row) => {
    for (const id of parents.slice(1)) {
      const parent = rows.get(id) ?? commits.length + 1;
      const chain = chains[parent] ?? chains[row]!;
      if (chains[parent]?.top === parent && chain !== chains[row]) chain.from = Math.min(chain.from, row + 1);
      else links.push({ row, parent, chain, from: row + 1, to: parent - 1, lane: -1 });
    }
  });
  return links;
}

function giveLanes(chains: readonly Chain[], links: readonly Link[], main: Chain | undefined): void {
  const ends: number[] = main ? [Number.POSITIVE_INFINITY] : [];
  const wanting = [...chains.filter((chain) => chain !== main), ...links.filter(({ from, to }) => from <= to)].sort((a, b) => a.from - b.from || b.to - a.to);
  for (const one of wanting) {
    let lane = ends.findIndex((end) => end < one.from);
    if (lane < 0) lane = ends.length;
    one.lane = lane;
    ends[lane] = one.to;
  }
}

/** Colour by the oldest commit, another one where a line beside it has that already; older lines choose first. */
function giveColours(chains: readonly Chain[], main: Chain | undefined): void {
  const done: Chain[] = [];
  for (const chain of [...chains].sort((a, b) => b.to - a.to || b.top - a.top)) {
    if (chain === main) continue;
    const wish = Number.parseInt(chain.oldest.slice(0, 6), 16) || 0;
    const beside = new Set(done.filter((other) => other.from <= chain.to && chain.from <= other.to).map(({ colour }) => colour));
    const free = Array.from({ length: COLOURS }, (_, i) => 1 + ((wish + i) % COLOURS)).find((colour) => !beside.has(colour));
    chain.colour = free ?? 1 + (wish % COLOURS);
    done.push(chain);
  }
}

function drawLines(commits: readonly LaneNode[], rows: ReadonlyMap<string, number>, chains: readonly Chain[], links: readonly Link[]): LaneLine[][] {
  const lines: LaneLine[][] = commits.map(() => []);
  const draw = (row: number, parent: number, lane: number, colour: number): void => {
    const laneAt = (at: number): number => (at === row ? chains[row]!.lane : at === parent ? chains[parent]!.lane : lane);
    for (let at = row; at < Math.min(parent, commits.length); at++) lines[at]!.push({ from: laneAt(at), to: laneAt(at + 1), colour });
  };
  commits.forEach(({ parents }, row) => {
    parents.forEach((id, k) => {
      const parent = rows.get(id) ?? commits.length + 1;
      const chain = chains[row]!;
      if (k === 0) return draw(row, parent, chain.lane, chain.colour);
      const link = links.find((one) => one.row === row && one.parent === parent);
      const into = link?.chain ?? chains[parent]!;
      draw(row, parent, link ? (link.lane < 0 ? into.lane : link.lane) : into.lane, into.colour);
    });
  });
  return lines;
}
