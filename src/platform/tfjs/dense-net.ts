import { createLayers, readLayers, runLayers } from './dense-layers.js';
import type { BuildNet } from './net.js';
import { gatherRows, outputsOf } from './net-data.js';

/** The net behind `dense-net`. */
export const buildDenseNet: BuildNet = (tf, { data, settings }, random) => {
  const layers = createLayers(tf, [data.x.columns, ...(settings['layers'] as readonly number[]), outputsOf(data)], random);
  return {
    variables: layers.flatMap(({ kernel, bias }) => [kernel, bias]),
    kernels: layers.map(({ kernel }) => kernel),
    rows: gatherRows,
    forward: (x) => runLayers(tf, layers, x),
    read: async () => ({ layers: await readLayers(layers) }),
  };
};
