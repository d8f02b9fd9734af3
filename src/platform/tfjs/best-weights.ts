import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Net, Tensorflow } from './net.js';

/** Watches the held-back loss: keeps the best weights, and says when patience is over. */
export interface BestWeights {
  see(loss: number): Promise<void>;
  isOver(): boolean;
  /** Puts the best weights back. */
  restore(): void;
}

/** Makes a watch; a patience of 0 watches nothing. */
export function keepBest(tf: Tensorflow, { variables, rest = [] }: Pick<Net, 'variables' | 'rest'>, patience: number): BestWeights {
  const all = [...variables, ...rest];
  let [least, since] = [Infinity, 0];
  let kept: Float32Array[] | undefined;
  return {
    async see(loss) {
      if (patience === 0) return;
      since++;
      if (!(loss < least)) return;
      [least, since] = [loss, 0];
      kept = await Promise.all(all.map(async (variable) => Float32Array.from(await variable.data())));
    },
    isOver: () => patience > 0 && since >= patience,
    restore: () => kept?.forEach((values, at) => assign(tf, all[at]!, values)),
  };
}

function assign(tf: Tensorflow, variable: Variable, values: Float32Array): void {
  const fresh: Tensor = tf.tensor(values, variable.shape);
  variable.assign(fresh);
  fresh.dispose();
}
