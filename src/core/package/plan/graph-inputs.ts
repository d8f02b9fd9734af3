import { findImageColumns, pixelNames } from '../../table/image-columns.js';
import type { TensorType } from '../onnx/onnx-types.js';
import { columnsRead } from './plan-features.js';
import { ownWidth, widthOfInput, type PlannedInput, type RecipePlan } from './plan-types.js';

/** An input of the graph and the raw columns that fill it; `terms` come cut, as many a row as wanted, '' behind the last. */
export interface GraphInput {
  readonly name: string;
  readonly type: Extract<TensorType, 'float' | 'double' | 'string'>;
  readonly kind: 'number' | 'date' | 'word' | 'terms' | 'pixels';
  readonly columns: readonly string[];
}

/** How a graph's inputs are laid out: [N, 1] and pictures as one input of all their pixels, or [N] each, as data frames want. */
export type GraphShape = 'table' | 'columns';

/** Whether the numbers must come in 8 bytes: where something is cut or looked up on the way, a rounded number could fall on the other side. */
export const isExact = ({ made, neighbours, mixes, inputs }: RecipePlan): boolean => made.length > 0 || neighbours !== null || mixes.length > 0 || inputs.some(needsExact);

const needsExact = (input: PlannedInput): boolean => input.kind === 'power' || input.kind === 'bins' || input.kind === 'dates' || (input.kind === 'number' && input.clip !== null);

/** The inputs of the graph of a plan, in their order. */
export function graphInputs(plan: RecipePlan, shape: GraphShape): GraphInput[] {
  const names = plan.columns.map(({ name }) => name);
  if (shape === 'table' && isPicture(plan, names)) return [{ name: 'pixels', type: 'float', kind: 'pixels', columns: pixelNames(names.length) }];
  const words = new Set([...plan.made.flatMap(columnsRead), ...plan.inputs.filter(({ kind, flag }) => kind !== 'terms' || flag).map(({ name }) => name)]);
  const cut = new Set(plan.inputs.filter(({ kind }) => kind === 'terms').map(({ name }) => name));
  const numbers = isExact(plan) ? 'double' : 'float';
  return plan.columns.flatMap(({ name, kind }): GraphInput[] => {
    if (kind !== 'word') return [{ name, type: kind === 'date' ? 'double' : numbers, kind, columns: [name] }];
    return [...(words.has(name) ? [{ name, type: 'string', kind, columns: [name] } as const] : []), ...(cut.has(name) ? [{ name: termsName(name), type: 'string', kind: 'terms', columns: [name] } as const] : [])];
  });
}

/** Name of the input that takes the terms of a text. */
export const termsName = (column: string): string => `${column}:terms`;

function isPicture(plan: RecipePlan, names: readonly string[]): boolean {
  const found = findImageColumns(names);
  return found?.places.length === names.length && !isExact(plan) && plan.columns.every((column) => column.kind === 'number' && column.clean.length === 0);
}

/**
 * How a model's input comes from its raw number: (x - offset) / divisor of one that came in 4 bytes; `computed` when the graph works it out in 8
 * and its last digits may be other ones than the lab's; undefined for what is the same to the last digit.
 */
export type ColumnScale = { readonly offset: number; readonly divisor: number } | 'computed' | undefined;

/** The scale of each column of the model's inputs. */
export function columnScales(plan: RecipePlan): ColumnScale[] {
  const exact = isExact(plan);
  const all = plan.inputs.flatMap((input) => Array.from({ length: widthOfInput(input) }, (_, at) => (at < ownWidth(input) ? scaleOf(input, exact) : undefined)));
  const mixed = plan.mixes.reduce((sum, mix) => sum + (mix.kind === 'polynomial' ? mix.terms.length : mix.components.length), 0);
  return [...plan.kept.map((place) => all[place]), ...new Array<ColumnScale>(mixed).fill('computed')];
}

function scaleOf(input: PlannedInput, exact: boolean): ColumnScale {
  if (input.kind === 'level' || input.kind === 'bins') return undefined;
  return input.kind === 'number' && !exact ? { offset: input.offset, divisor: input.divisor } : 'computed';
}
