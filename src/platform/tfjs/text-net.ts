import type { Tensor2D } from '@tensorflow/tfjs-core';
import { createLayers, readLayers, runLayers } from './dense-layers.js';
import { dropValues } from './drop-values.js';
import { drawWeights, type BuildNet } from './net.js';
import { gatherRows, outputsOf } from './net-data.js';

/** The net behind `text-embedding`. Looking up and averaging vectors is a product of weights and vectors, which every backend does fast. */
export const buildTextNet: BuildNet = (tf, { data, settings }, random) => {
  const dimensions = settings['dimensions'] as number;
  const dropout = settings['dropout'] as number;
  const terms = data.x.columns;
  const vectors = drawWeights(tf, [terms, dimensions], dimensions, dimensions, random);
  const layers = createLayers(tf, [dimensions, ...(settings['layers'] as readonly number[]), outputsOf(data)], random);
  return {
    variables: [vectors, ...layers.flatMap(({ kernel, bias }) => [kernel, bias])],
    kernels: [vectors, ...layers.map(({ kernel }) => kernel)],
    rows: (x, order, from, to) => shareOut(gatherRows(x, order, from, to), terms),
    forward: (x, drawn) => {
      const drop = (values: Tensor2D): Tensor2D => (drawn && dropout > 0 ? dropValues(tf, values, dropout, drawn) : values);
      return runLayers(tf, layers, drop(tf.matMul(x, vectors as unknown as Tensor2D)), drop);
    },
    read: async () => ({ dimensions, vectors: Array.from(await vectors.data()), layers: await readLayers(layers) }),
  };
};

/** Makes the weights of each row add up to 1, in place; a row without any stays 0. */
function shareOut(rows: Float32Array, width: number): Float32Array {
  for (let from = 0; from < rows.length; from += width) {
    const row = rows.subarray(from, from + width);
    const total = row.reduce((sum, weight) => sum + weight, 0) || 1;
    row.forEach((weight, at) => (row[at] = weight / total));
  }
  return rows;
}
