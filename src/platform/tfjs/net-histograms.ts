import type { Scalar, Variable } from '@tensorflow/tfjs-core';
import { countTensor, type TensorHistogram } from '../../core/train/tensor-histogram.js';
import { dropTape } from './drop-tape.js';
import type { Net, Tensorflow } from './net.js';

/** Histograms of each layer's weights and biases, and of the gradients of a loss in them. Leaves no tensor behind. */
export async function measureNet(tf: Tensorflow, { variables, names }: Pick<Net, 'variables' | 'names'>, lossOf: () => Scalar): Promise<TensorHistogram[]> {
  const named = names ? variables.map((variable, at) => ({ name: names[at]!, variable })) : nameVariables(variables);
  const { value, grads } = gradientsOf(tf, lossOf, named.map(({ variable }) => variable));
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

function gradientsOf(tf: Tensorflow, lossOf: () => Scalar, variables: Variable[]): ReturnType<Tensorflow['variableGrads']> {
  try {
    return tf.variableGrads(lossOf, variables);
  } catch (cause) {
    dropTape(tf);
    throw cause;
  }
}

/** A variable of two or more dimensions begins a layer; what follows it are its biases. */
function nameVariables(variables: readonly Variable[]): { readonly name: string; readonly variable: Variable }[] {
  let layer = 0;
  return variables.map((variable) => ({ name: variable.rank > 1 ? `layer${++layer}/weights` : `layer${layer}/biases`, variable }));
}
