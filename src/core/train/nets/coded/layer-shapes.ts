import { LabError } from '../../../lab-error.js';
import type { LayerPlan, LayerSummary, NetPlan, NetSubject } from './net-plan.js';

/** Numbers that a net may learn; more would neither train in a tab nor be kept. */
const MOST_WEIGHTS = 1_000_000;

type Shape = readonly number[];

/**
 * What comes out of each layer, in order, those inside residuals before the residual itself. Throws `net-layer-shape` {layer, kind, shape, needs},
 * `net-output` {shape, outputs, task}, `net-output-activation` {activation} and `net-too-large` {weights, most}, each with file and line where known.
 */
export function summariseLayers({ layers }: Pick<NetPlan, 'layers'>, { shape, outputs, task }: Pick<NetSubject, 'shape' | 'outputs' | 'task'>): LayerSummary[] {
  const found = walk(layers, shape, '');
  const weights = found.reduce((sum, layer) => sum + layer.weights, 0);
  if (weights > MOST_WEIGHTS) throw new LabError('net-too-large', { weights, most: MOST_WEIGHTS });
  const last = layers.at(-1);
  const at = last?.at ? { file: last.at.file, line: last.at.line } : {};
  const ended = found.at(-1)?.shape ?? shape;
  if (last?.kind !== 'dense' || ended.length !== 1 || ended[0] !== outputs) throw new LabError('net-output', { shape: wordsOf(ended), outputs, task, ...at });
  if (last.activation !== 'linear') throw new LabError('net-output-activation', { activation: last.activation, outputs, task, ...at });
  return found;
}

function walk(layers: readonly LayerPlan[], start: Shape, above: string): LayerSummary[] {
  const found: LayerSummary[] = [];
  let shape = start;
  layers.forEach((layer, i) => {
    const name = `${above}${i + 1}`;
    const inner = layer.kind === 'residual' ? walk(layer.layers, shape, `${name}.`) : [];
    const after = layer.kind === 'residual' ? residualShape(layer, shape, inner.at(-1)!.shape, name) : shapeAfter(layer, shape, name, above === '' && i === 0);
    found.push(...inner, { layer: name, kind: layer.kind, shape: after, weights: weightsOf(layer, shape), ...(layer.at ? { at: layer.at } : {}) });
    shape = after;
  });
  return found;
}

function shapeAfter(layer: LayerPlan, shape: Shape, name: string, first: boolean): Shape {
  const [side = 0, , channels = 0] = shape;
  const picture = shape.length === 3;
  switch (layer.kind) {
    case 'dense':
      return picture ? refuse(layer, name, shape, 'flatten()') : [layer.units];
    case 'conv2d':
      return picture ? [side, side, layer.filters] : refuse(layer, name, shape, '[rows, columns, channels]');
    case 'maxPool':
      return picture && side >= layer.size ? [Math.floor(side / layer.size), Math.floor(side / layer.size), channels] : refuse(layer, name, shape, `[≥ ${layer.size}, ≥ ${layer.size}, channels]`);
    case 'averageAll':
      return picture ? [channels] : refuse(layer, name, shape, '[rows, columns, channels]');
    case 'flatten':
      return [shape.reduce((size, part) => size * part, 1)];
    case 'rescale':
      return first ? shape : refuse(layer, name, shape, 'layer 1');
    default:
      return shape;
  }
}

function residualShape(layer: LayerPlan, shape: Shape, inner: Shape, name: string): Shape {
  return wordsOf(inner) === wordsOf(shape) ? shape : refuse(layer, name, inner, wordsOf(shape));
}

/** Numbers that training changes. */
function weightsOf(layer: LayerPlan, shape: Shape): number {
  const last = shape.at(-1)!;
  if (layer.kind === 'dense') return (last + 1) * layer.units;
  if (layer.kind === 'conv2d') return (layer.size * layer.size * last + 1) * layer.filters;
  return layer.kind === 'batchNorm' || layer.kind === 'layerNorm' ? 2 * last : 0;
}

function refuse({ kind, at }: LayerPlan, layer: string, shape: Shape, needs: string): never {
  throw new LabError('net-layer-shape', { layer, kind, shape: wordsOf(shape), needs, ...(at ? { file: at.file, line: at.line } : {}) });
}

const wordsOf = (shape: Shape): string => `[${shape.join(', ')}]`;
