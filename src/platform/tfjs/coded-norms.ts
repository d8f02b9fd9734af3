import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { NORM_EPSILON } from '../../core/train/nets/coded/fitted-layers.js';
import type { LayerPlan } from '../../core/train/nets/coded/net-plan.js';
import type { CodedPart } from './coded-part.js';
import { makeVariable, type Tensorflow } from './net.js';

/** A norm over the batch (Ioffe and Szegedy 2015) or over each row's last axis (Ba and others 2016), with a learned scale and shift. */
export function buildNorm(tf: Tensorflow, plan: LayerPlan & { kind: 'batchNorm' | 'layerNorm' }, width: number, name: string): CodedPart {
  const [scale, shift] = [filled(tf, width, 1), filled(tf, width, 0)];
  const base = { variables: [scale, shift], names: [`${name}/scale`, `${name}/shift`] };
  const finish = (x: Tensor, mean: Tensor, variance: Tensor): Tensor => tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, NORM_EPSILON))), scale), shift);
  if (plan.kind === 'layerNorm') {
    return {
      ...base,
      forward: (x) => {
        const { mean, variance } = tf.moments(x, -1, true);
        return finish(x, mean, variance);
      },
      read: async () => [{ kind: 'layerNorm', scale: Array.from(await scale.data()), shift: Array.from(await shift.data()) }],
    };
  }
  const [means, variances] = [filled(tf, width, 0), filled(tf, width, 1)];
  return {
    ...base,
    rest: [means, variances],
    forward: (x, random) => {
      if (!random) return finish(x, means, variances);
      const { mean, variance } = tf.moments(x, Array.from({ length: x.rank - 1 }, (_, axis) => axis));
      move(tf, means, mean, plan.momentum);
      move(tf, variances, variance, plan.momentum);
      return finish(x, mean, variance);
    },
    read: async () => [await fold({ scale, shift, means, variances })],
  };
}

const filled = (tf: Tensorflow, width: number, value: number): Variable => makeVariable(tf, new Float32Array(width).fill(value), [width]);

/** running = momentum · running + (1 − momentum) · now. */
function move(tf: Tensorflow, running: Variable, now: Tensor, momentum: number): void {
  running.assign(tf.add(tf.mul(running, momentum), tf.mul(now, 1 - momentum)));
}

/** The norm as it stands, as one scale and shift of each number. */
async function fold(parts: Readonly<Record<'scale' | 'shift' | 'means' | 'variances', Variable>>) {
  const [scale, shift, means, variances] = await Promise.all([parts.scale.data(), parts.shift.data(), parts.means.data(), parts.variances.data()]);
  const factor = Array.from(scale, (value, at) => value / Math.sqrt(variances[at]! + NORM_EPSILON));
  return { kind: 'scale' as const, scale: factor, shift: factor.map((value, at) => shift[at]! - means[at]! * value) };
}
