import type { Scalar } from '@tensorflow/tfjs-core';
import { countTensor, type TensorHistogram } from '../../core/train/tensor-histogram.js';
import type { NetLayer, Tensorflow } from './dense-net.js';

/** Histograms of each layer's weights and biases, and of the gradients of a loss in them. Leaves no tensor behind. */
export async function measureNet(tf: Tensorflow, layers: readonly NetLayer[], lossOf: () => Scalar): Promise<TensorHistogram[]> {
  const named = layers.flatMap(({ kernel, bias }, at) => [{ name: `layer${at + 1}/weights`, variable: kernel }, { name: `layer${at + 1}/biases`, variable: bias }]);
  const { value, grads } = tf.variableGrads(lossOf, named.map(({ variable }) => variable));
  try {
    const found: TensorHistogram[] = [];
    for (const { name, variable } of named) {
      found.push(countTensor(name, await variable.data()));
      found.push(countTensor(`${name}.gradients`, await grads[variable.name]!.data()));
    }
    return found;
  } finally {
    value.dispose();
    for (const gradient of Object.values(grads)) gradient.dispose();
  }
}
