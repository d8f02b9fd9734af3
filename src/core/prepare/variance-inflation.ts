import { correlationTable, pearson } from './correlations.js';

/**
 * Variance inflation factor of each column, 1 / (1 − R²) of its regression on the others: the diagonal of the inverse correlation matrix.
 * Infinity for a column that the others give, NaN for a constant one.
 */
export function varianceInflation(columns: readonly ArrayLike<number>[]): number[] {
  const all = correlationTable(columns, pearson);
  const varied = columns.map((_, j) => j).filter((j) => !Number.isNaN(all[j]![j]!));
  const factors = new Array<number>(columns.length).fill(NaN);
  for (const j of varied) factors[j] = 1 / (1 - explained(all, j, varied.filter((other) => other !== j)));
  return factors;
}

/** R² = rᵀ·R⁻¹·r, by elimination in which a column that earlier ones give is passed over. */
function explained(all: readonly (readonly number[])[], target: number, others: readonly number[]): number {
  const rows = others.map((i) => [...others.map((j) => all[i]![j]!), all[i]![target]!]);
  let share = 0;
  rows.forEach((row, k) => {
    const pivot = row[k]!;
    if (pivot < 1e-12) return;
    share += row[others.length]! ** 2 / pivot;
    for (const below of rows.slice(k + 1)) {
      const factor = below[k]! / pivot;
      for (let j = k; j <= others.length; j++) below[j]! -= factor * row[j]!;
    }
  });
  return 1 - share < 1e-12 ? 1 : share;
}
