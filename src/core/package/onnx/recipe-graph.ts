import { pixelNames } from '../../table/image-columns.js';
import { graphInputs, isExact, termsName, type GraphInput, type GraphShape } from '../plan/graph-inputs.js';
import { ownWidth, type NumberInput, type PlannedInput, type PlannedMix, type RecipePlan } from '../plan/plan-types.js';
import { Pieces, type Cell } from './cells.js';
import { cleanedNumber, cleanedWord } from './clean-nodes.js';
import { addFeature } from './feature-nodes.js';
import type { GraphBuilder } from './graph-builder.js';
import { inputNodes, scaledNodes, type InputSources } from './input-nodes.js';
import { filledFromNeighbours } from './neighbour-nodes.js';

/**
 * The recipe as nodes: raw columns as `graphInputs` lays them out (NaN and '' are missing); gives the model's inputs, rows × columns in 8 bytes,
 * in the recipe's order. Throws `export-step` {step, column} for what no graph holds.
 */
export function recipeNodes(graph: GraphBuilder, plan: RecipePlan, shape: GraphShape): string {
  const pieces = new Pieces(graph);
  const inputs = graphInputs(plan, shape);
  const raw = new Map(inputs.map((input) => [input.name, openInput(graph, input, shape)]));
  if (inputs[0]?.kind === 'pixels') return mixed(pieces, plan, picture(pieces, plan, graph.cast(raw.get(inputs[0].name)!, 'double')));
  const cells = cleanCells(pieces, plan, raw);
  for (const feature of plan.made) addFeature(pieces, feature, cells, () => zeros(pieces, cells));
  const wanted = plan.inputs.flatMap((input) => ('neighbours' in input && input.neighbours !== null ? [{ name: input.name, count: input.neighbours }] : []));
  const filled = plan.neighbours && wanted.length > 0 ? filledFromNeighbours(pieces, plan.neighbours, wanted, cells) : new Map<string, string>();
  return mixed(pieces, plan, inOrder(pieces, plan, { cells, filled, terms: (column) => raw.get(termsName(column))!, rounded: !isExact(plan) }));
}

function openInput(graph: GraphBuilder, { name, type, kind, columns }: GraphInput, shape: GraphShape): string {
  if (kind === 'terms') return graph.input(name, type, ['N', 'T']);
  if (shape === 'table') return graph.input(name, type, ['N', columns.length]);
  return graph.add('Unsqueeze', [graph.input(name, type, ['N']), graph.constant('int64', [1], [1])]);
}

function cleanCells(pieces: Pieces, plan: RecipePlan, raw: ReadonlyMap<string, string>): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const column of plan.columns) {
    const value = raw.get(column.name);
    // A text of which only the terms are wanted.
    if (value === undefined) continue;
    if (column.kind === 'word') cells.set(column.name, { kind: 'word', value: cleanedWord(pieces, value, column.swap) });
    else cells.set(column.name, { kind: column.kind, value: cleanedNumber(pieces, pieces.graph.cast(value, 'double'), column.clean, column.kind === 'number' && !isExact(plan)) });
  }
  return cells;
}

function zeros(pieces: Pieces, cells: ReadonlyMap<string, Cell>): string {
  const [first] = cells.values();
  return pieces.math('Mul', pieces.count(pieces.missing(first!)), 0);
}

/** The pixels that are inputs, in their order. */
function picture(pieces: Pieces, { inputs }: RecipePlan, pixels: string): string {
  const order = pixelNames(inputs.length);
  const places = inputs.map(({ name }) => order.indexOf(name));
  return scaledNodes(pieces, inputs as readonly NumberInput[], places.every((place, own) => place === own) ? pixels : pieces.pick(pixels, places));
}

/** Numbers are taken together, and so are flags, so columns may have to go back to their places. */
function inOrder(pieces: Pieces, { inputs }: RecipePlan, sources: InputSources): string {
  const starts = startsOf(inputs);
  const places = (input: PlannedInput): number[] => Array.from({ length: ownWidth(input) }, (_, at) => starts.get(input)! + at);
  const numbers = inputs.filter((input): input is NumberInput => input.kind === 'number');
  const others = inputs.filter((input): input is Exclude<PlannedInput, NumberInput> => input.kind !== 'number');
  const flagged = inputs.filter(({ flag }) => flag);
  const valueOf = (name: string): string => sources.filled.get(name) ?? (sources.cells.get(name) as { value: string }).value;
  const parts = [
    ...(numbers.length > 0 ? [{ value: scaledNodes(pieces, numbers, pieces.beside(numbers.map(({ name }) => valueOf(name)))), places: numbers.flatMap(places) }] : []),
    ...others.map((input) => ({ value: inputNodes(pieces, input, sources), places: places(input) })),
    ...flagged.map((input) => ({ value: pieces.count(pieces.missing(sources.cells.get(input.name)!)), places: [starts.get(input)! + ownWidth(input)] })),
  ];
  const joined = pieces.beside(parts.map(({ value }) => value));
  const order = parts.flatMap(({ places: own }) => own);
  return order.every((place, at) => place === at) ? joined : pieces.pick(joined, order.map((_, place) => order.indexOf(place)));
}

function startsOf(inputs: readonly PlannedInput[]): Map<PlannedInput, number> {
  let at = 0;
  return new Map(inputs.map((input) => {
    const start = at;
    at += ownWidth(input) + Number(input.flag);
    return [input, start];
  }));
}

function mixed(pieces: Pieces, { kept, mixes }: RecipePlan, x: string): string {
  if (mixes.length === 0) return x;
  return pieces.beside([...(kept.length > 0 ? [pieces.pick(x, kept)] : []), ...mixes.flatMap((mix) => mixNodes(pieces, mix, x))]);
}

/** Components, or products of each degree together. */
function mixNodes(pieces: Pieces, mix: PlannedMix, x: string): string[] {
  const { graph, math, row, pick } = pieces;
  if (mix.kind === 'components') {
    const { places, mean, components } = mix;
    const across = graph.constant('double', [places.length, components.length], places.flatMap((_, at) => components.map((component) => component[at]!)));
    return [graph.add('MatMul', [math('Sub', pick(x, places), row(mean)), across])];
  }
  const degrees = [...new Set(mix.terms.map((term) => term.length))];
  return degrees.map((degree) => {
    const terms = mix.terms.filter((term) => term.length === degree);
    return Array.from({ length: degree }, (_, at) => pick(x, terms.map((term) => term[at]!))).reduce((product, factor) => math('Mul', product, factor));
  });
}
