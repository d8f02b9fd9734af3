import type { TrainingData } from './model.js';

/** Fewer rows are all learned from. */
const FEWEST = 50;

/** The rows without the last tenth, which is held back for the validation curve; few rows, or rows with some held back already, as they are. */
export function holdBack(data: TrainingData): TrainingData {
  const { x, y } = data;
  if (data.validation || y.length < FEWEST) return data;
  const kept = keptOf(y.length);
  const part = (from: number, to: number) => ({ x: { rows: to - from, columns: x.columns, data: x.data.slice(from * x.columns, to * x.columns) }, y: y.slice(from, to) });
  return { ...data, ...part(0, kept), validation: part(kept, y.length) };
}

/** How many of so many rows are learned from when a tenth is held back. */
export const keptOf = (rows: number): number => (rows < FEWEST ? rows : Math.floor(rows * 0.9));
