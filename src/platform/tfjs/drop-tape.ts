import type { Tensorflow } from './net.js';

/** Frees what a gradient that failed half-way had put aside; the library frees it only when a gradient ends well. */
export function dropTape(tf: Tensorflow): void {
  const { state } = tf.engine();
  for (const { saved } of state.activeTape ?? []) saved?.forEach((tensor) => tensor.dispose());
  state.activeTape = [];
}
