import { diffArrays } from 'diff';
import type { SideNames } from '../../lab/platform.js';

type Lines = readonly string[];
/** A stretch in which both sides agree, or do not. */
type Region = { readonly lines: Lines } | { readonly ours: Lines; readonly theirs: Lines };
/** Lines `from` up to `to` of the base, which a side replaced by `lines`. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: Lines;
}

/** As git does (`XDL_MERGE_ZEALOUS`): conflicts this near to each other are one. */
const NEAR = 3;

/** Merges two changed versions of a text line by line; where both changed the same place differently, both stand between git's markers. */
export function mergeText(base: string, ours: string, theirs: string, names: SideNames): { text: string; clean: boolean } {
  const lines = splitLines(base);
  const regions = joinNear(mergeLines(lines, editsOf(lines, splitLines(ours)), editsOf(lines, splitLines(theirs))).flatMap(refine));
  const text = regions.map((r) => ('lines' in r ? r.lines.join('') : marked(r.ours, r.theirs, names))).join('');
  return { text, clean: regions.every((r) => 'lines' in r) };
}

const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function marked(ours: Lines, theirs: Lines, names: SideNames): string {
  const close = (lines: Lines): string => lines.join('').replace(/([^\n])$/, '$1\n');
  return `<<<<<<< ${names.ours}\n${close(ours)}=======\n${close(theirs)}>>>>>>> ${names.theirs}\n`;
}

function editsOf(base: Lines, changed: Lines): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let open: { from: number; to: number; lines: string[] } | undefined;
  for (const part of diffArrays([...base], [...changed])) {
    if (!part.added && !part.removed) {
      if (open) edits.push(open);
      open = undefined;
      at += part.value.length;
      continue;
    }
    open ??= { from: at, to: at, lines: [] };
    if (part.added) open.lines.push(...part.value);
    else at = open.to = at + part.value.length;
  }
  return open ? [...edits, open] : edits;
}

/** Edits of both sides that touch are one region, read from each side. */
function mergeLines(base: Lines, mine: readonly Edit[], yours: readonly Edit[]): Region[] {
  const [left, right] = [[...mine], [...yours]];
  const regions: Region[] = [];
  let at = 0;
  while (left.length + right.length > 0) {
    const from = Math.min(left[0]?.from ?? Infinity, right[0]?.from ?? Infinity);
    const [a, b]: [Edit[], Edit[]] = [[], []];
    let to = from;
    const take = (side: Edit[], into: Edit[]): boolean => {
      if (!side[0] || side[0].from > to) return false;
      to = Math.max(to, side[0].to);
      return into.push(side.shift()!) > 0;
    };
    while (take(left, a) || take(right, b));
    regions.push({ lines: base.slice(at, from) }, regionOf(base, from, to, a, b));
    at = to;
  }
  return [...regions, { lines: base.slice(at) }];
}

function regionOf(base: Lines, from: number, to: number, a: readonly Edit[], b: readonly Edit[]): Region {
  const [ours, theirs] = [a, b].map((edits) => applied(base, from, to, edits)) as [Lines, Lines];
  if (b.length === 0) return { lines: ours };
  if (a.length === 0) return { lines: theirs };
  return { ours, theirs };
}

function applied(base: Lines, from: number, to: number, edits: readonly Edit[]): Lines {
  let at = from;
  const lines = edits.flatMap((edit) => {
    const kept = base.slice(at, edit.from);
    at = edit.to;
    return [...kept, ...edit.lines];
  });
  return [...lines, ...base.slice(at, to)];
}

/** What both sides have in common leaves a conflict. */
function refine(region: Region): Region[] {
  if ('lines' in region) return [region];
  const parts: Region[] = [];
  let [ours, theirs]: [string[], string[]] = [[], []];
  const close = (): void => {
    if (ours.length + theirs.length > 0) parts.push({ ours, theirs });
    [ours, theirs] = [[], []];
  };
  for (const part of diffArrays([...region.ours], [...region.theirs])) {
    if (part.removed) ours.push(...part.value);
    else if (part.added) theirs.push(...part.value);
    else {
      close();
      parts.push({ lines: part.value });
    }
  }
  close();
  return parts;
}

/** Conflicts with at most three agreed lines between them are one, so that they can be read. */
function joinNear(regions: readonly Region[]): Region[] {
  const joined: Region[] = [];
  for (const region of regions.filter((r) => !('lines' in r) || r.lines.length > 0)) {
    const [before, between] = [joined.at(-2), joined.at(-1)];
    if ('ours' in region && between && 'lines' in between && between.lines.length <= NEAR && before && 'ours' in before) {
      joined.splice(-2, 2, { ours: [...before.ours, ...between.lines, ...region.ours], theirs: [...before.theirs, ...between.lines, ...region.theirs] });
    } else joined.push(region);
  }
  return joined;
}
