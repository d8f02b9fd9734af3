/** The first place where `ours` departs from `expected`, or undefined; null stands for every undefined number, and relative tolerance has a floor of 1e-12. */
export function findDifference(ours: unknown, expected: unknown, tolerance: number, path = ''): string | undefined {
  if (expected === null || typeof expected === 'number') return compareNumbers(ours, expected, tolerance, path);
  if (typeof expected !== 'object') return ours === expected ? undefined : `${path} ${String(ours)} ≠ ${String(expected)}`;
  if (Array.isArray(expected)) return compareLists(ours, expected, tolerance, path);
  for (const [key, value] of Object.entries(expected as object)) {
    const difference = findDifference((ours as Record<string, unknown> | undefined)?.[key], value, tolerance, `${path}.${key}`);
    if (difference) return difference;
  }
  return undefined;
}

function compareNumbers(ours: unknown, expected: number | null, tolerance: number, path: string): string | undefined {
  const missing = ours === null || ours === undefined || Number.isNaN(ours);
  if (expected === null) return missing || ours === Infinity ? undefined : `${path} ${String(ours)} ≠ undefined`;
  if (missing || typeof ours !== 'number') return `${path} ${String(ours)} ≠ ${expected}`;
  return Math.abs(ours - expected) <= Math.max(tolerance * Math.abs(expected), 1e-12) ? undefined : `${path} ${ours} ≠ ${expected}`;
}

function compareLists(ours: unknown, expected: readonly unknown[], tolerance: number, path: string): string | undefined {
  const list = ours as ArrayLike<unknown> | undefined | null;
  if (list?.length !== expected.length) return `${path} length ${String(list?.length)} ≠ ${expected.length}`;
  for (let i = 0; i < expected.length; i++) {
    const difference = findDifference(list[i], expected[i], tolerance, `${path}[${i}]`);
    if (difference) return difference;
  }
  return undefined;
}
