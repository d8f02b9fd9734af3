import { readValue } from '../../table/retype.js';
import type { PlannedFeature } from '../plan/plan-types.js';
import { CalendarNodes } from './calendar-nodes.js';
import type { Cell, PairPart, Pieces } from './cells.js';
import { formulaNodes } from './formula-nodes.js';

/** Adds the columns that a feature makes to the cells; `zero` is a column of zeros, so that a formula without columns has all rows. */
export function addFeature(pieces: Pieces, feature: PlannedFeature, cells: Map<string, Cell>, zero: () => string): void {
  const cellNamed = (name: string): Cell => cells.get(name)!;
  switch (feature.do) {
    case 'formula': {
      const { name, value } = feature;
      const own = formulaNodes(pieces, name, value, cellNamed);
      if (value.type === 'text') cells.set(name, { kind: 'word', value: pieces.where(pieces.is('Equal', zero(), 0), own, pieces.graph.constant('string', [1, 1], [''])) });
      else cells.set(name, { kind: 'number', value: pieces.finite(pieces.math('Add', own, zero())) });
      return;
    }
    case 'dates': {
      const calendar = new CalendarNodes(pieces, valueOf(cellNamed(feature.column)));
      for (const { name, part } of feature.parts) cells.set(name, { kind: 'number', value: calendar.featurePart(part, feature.since) });
      return;
    }
    case 'pair': {
      const parts = feature.of.map(({ name, type }): PairPart => (type === 'text' ? { cell: cellNamed(name) } : { cell: cellNamed(name), read: (level) => readValue(level, type) }));
      cells.set(feature.name, { kind: 'pair', of: parts as [PairPart, PairPart] });
      return;
    }
    case 'figures':
      cells.set(feature.name, { kind: 'number', value: figures(pieces, feature, cellNamed(feature.by)) });
  }
}

const valueOf = (cell: Cell): string => (cell.kind === 'pair' ? '' : cell.value);

/** The figure of each row's level; a missing one has a figure of its own where training saw some. */
function figures(pieces: Pieces, { levels, figures: known, other }: Extract<PlannedFeature, { do: 'figures' }>, by: Cell): string {
  const table = [...known, other].map((figure) => [figure ?? NaN]);
  const code = levelCode(pieces, by, levels.map((level) => level ?? ''), levels.length, levels.indexOf(null), false);
  return pieces.lookUp(table, code);
}

/** Whole numbers: the place of each row's level among `levels`; `missing` for a missing one (`unknown` when that is -1). */
export function levelCode(pieces: Pieces, cell: Cell, levels: readonly (string | number)[], unknown: number, missing: number, rounded: boolean): string {
  const { graph } = pieces;
  if (cell.kind === 'pair') return pairCode(pieces, cell.of, levels as readonly string[], unknown, missing);
  if (cell.kind === 'word') {
    const words = levels.map((word, at) => [String(word), at] as const).filter(([word]) => word !== '');
    const keys = [...words, ...(missing >= 0 ? [['', missing] as const] : [])];
    return pieces.code(cell.value, keys.map(([word]) => word), keys.map(([, at]) => at), unknown);
  }
  const numbers = levels.map((level) => (typeof level === 'number' ? level : NaN));
  const own = rounded ? graph.add('Equal', [graph.cast(cell.value, 'float'), graph.constant('float', [1, numbers.length], numbers)]) : graph.add('Equal', [cell.value, pieces.row(numbers)]);
  const hits = pieces.count(own);
  const place = graph.add('MatMul', [hits, graph.constant('double', [numbers.length, 1], [...numbers.keys()])]);
  const found = pieces.where(pieces.is('Greater', pieces.sum(hits), 0), place, graph.scalar(unknown));
  return graph.cast(missing < 0 ? found : pieces.where(graph.add('IsNaN', [cell.value]), graph.scalar(missing), found), 'int64');
}

const SIGN = ' × ';

/** A level names both parts, so each place where it can be cut is tried; two codes then point into a table of all pairs. */
function pairCode(pieces: Pieces, [a, b]: readonly [PairPart, PairPart], levels: readonly string[], unknown: number, missing: number): string {
  const cuts = levels.flatMap((level, code) => {
    const words = level.split(SIGN);
    return words.slice(1).map((_, at) => ({ left: words.slice(0, at + 1).join(SIGN), right: words.slice(at + 1).join(SIGN), code }));
  });
  const [lefts, rights] = [[...new Set(cuts.map(({ left }) => left))], [...new Set(cuts.map(({ right }) => right))]];
  const width = rights.length + 2;
  const table = Array.from({ length: (lefts.length + 2) * width }, (_, at) => (at % width > rights.length || at >= (lefts.length + 1) * width ? [missing < 0 ? unknown : missing] : [unknown]));
  for (const { left, right, code } of cuts) table[lefts.indexOf(left) * width + rights.indexOf(right)] = [code];
  const part = ({ cell, read }: PairPart, own: readonly string[]): string => levelCode(pieces, cell, read ? own.map(read) : own, own.length, own.length + 1, false);
  const { graph } = pieces;
  const place = graph.add('Add', [graph.add('Mul', [part(a, lefts), graph.constant('int64', [], [width])]), part(b, rights)]);
  return graph.cast(pieces.lookUp(table, place), 'int64');
}
