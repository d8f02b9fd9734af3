import { bucketRows, type StepHistograms } from '../../core/train/tensor-histogram.js';
import type { ChartRow, ChartSpec } from '../../ui/chart-spec.js';

/** Names of the arrays that were measured, in the order of the layers. */
export const tensorNames = (steps: readonly StepHistograms[]): string[] => [...new Set(steps.flatMap(({ tensors }) => tensors.map(({ name }) => name)))];

/** How far the values of an array reach after the first and the last measured step. */
export function spreads(steps: readonly StepHistograms[], name: string): { first: readonly [number, number]; last: readonly [number, number] } | undefined {
  const found = steps.flatMap(({ tensors }) => tensors.filter((tensor) => tensor.name === name));
  const [first, last] = [found[0], found.at(-1)];
  return first && last ? { first: [first.low, first.high], last: [last.low, last.high] } : undefined;
}

/** Ridges, one for each step: rows with the value, the baseline (its step) and the top, newest in front. */
export function histogramRows(steps: readonly StepHistograms[], name: string): ChartRow[] {
  const kept = steps.flatMap(({ step, tensors }) => tensors.filter((tensor) => tensor.name === name).map((tensor) => ({ step, rows: bucketRows(tensor) })));
  const gap = kept.length < 2 ? 1 : (kept.at(-1)!.step - kept[0]!.step) / (kept.length - 1);
  // Buckets differ in width from step to step, so heights are densities, and the highest of all reaches over two gaps.
  const density = ([left, right, count]: readonly [number, number, number]): number => count / (right - left || 1);
  const most = Math.max(...kept.flatMap(({ rows }) => rows.map(density)), Number.MIN_VALUE);
  return kept.flatMap(({ step, rows }) => {
    const [from, to] = [rows[0]?.[0] ?? 0, rows.at(-1)?.[1] ?? 0];
    const inside = rows.map((row) => ({ step, value: (row[0] + row[1]) / 2, count: row[2], base: step, top: step - (density(row) / most) * gap * 2.2 }));
    return [{ step, value: from, count: 0, base: step, top: step }, ...inside, { step, value: to, count: 0, base: step, top: step }];
  });
}

/** Histograms one behind the other as TensorBoard draws them; epochs run downwards. */
export const histogramSpec = (value: string, epoch: string): ChartSpec => ({
  height: 340,
  mark: { type: 'area', fillOpacity: 0.7, line: { strokeWidth: 1 } },
  encoding: {
    x: { field: 'value', type: 'quantitative', title: value, scale: { zero: false, nice: false } },
    y: { field: 'top', type: 'quantitative', title: epoch, scale: { reverse: true, zero: false }, axis: { tickMinStep: 1, format: 'd' }, stack: null },
    y2: { field: 'base' },
    detail: { field: 'step' },
    color: { field: 'step', type: 'quantitative', scale: { scheme: 'blues' }, legend: null },
  },
});
