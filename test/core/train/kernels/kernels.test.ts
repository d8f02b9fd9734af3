import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileKernels } from '../../../../.ci/compile-kernel.js';
import { exp, log } from '../../../../src/core/train/exact-math.js';
import { standardRows } from '../../../../src/core/train/kernels/standard-rows.js';
import { createRandom } from '../../../../src/core/random.js';

describe('the compiled kernels', () => {
  it('are what their sources compile to', { timeout: 60_000 }, async () => {
    for (const { file, source } of await compileKernels()) expect(readFileSync(file, 'utf8'), file).toBe(source);
  });
});

/** The loss and its gradient, written down plainly. */
function plainLoss(x: { rows: number; columns: number; data: ArrayLike<number> }, y: Float64Array, point: Float64Array): { loss: number; gradient: number[] } {
  const gradient = new Array<number>(x.columns + 1).fill(0);
  let loss = 0;
  for (let r = 0; r < x.rows; r++) {
    const z = Array.from({ length: x.columns }, (_, j) => x.data[r * x.columns + j]! * point[j]!).reduce((a, b) => a + b, point[x.columns]!);
    loss += Math.max(z, 0) - z * y[r]! + log(1 + exp(-Math.abs(z)));
    const error = 1 / (1 + exp(-z)) - y[r]!;
    for (let j = 0; j < x.columns; j++) gradient[j]! += error * x.data[r * x.columns + j]!;
    gradient[x.columns]! += error;
  }
  return { loss, gradient };
}

describe('standardRows', () => {
  const random = createRandom(3);
  // One row, one column, odd counts, a batch and one more, a width beside a whole number of pairs.
  for (const [rows, columns] of [[1, 1], [2, 1], [3, 2], [5, 7], [64, 4], [65, 3], [129, 20], [700, 33]] as const) {
    it(`standardises ${rows} rows of ${columns} columns and sums their losses as plain numbers do`, () => {
      const data = Float64Array.from({ length: rows * columns }, (_, at) => 1000 * (at % columns) + (1 + (at % columns)) * random());
      const made = standardRows({ rows, columns, data });
      for (let j = 0; j < columns; j++) {
        const own = Array.from({ length: rows }, (_, r) => data[r * columns + j]!);
        const mean = own.reduce((a, b) => a + b, 0) / rows;
        const deviation = Math.sqrt(own.reduce((a, b) => a + (b - mean) ** 2, 0) / rows);
        expect(made.scaling.means[j]).toBeCloseTo(mean, 8);
        expect(made.scaling.deviations[j]).toBeCloseTo(deviation > 1e-9 ? deviation : 1, 8);
        own.forEach((value, r) => expect(made.data[r * columns + j]).toBeCloseTo((value - mean) / made.scaling.deviations[j]!, 8));
      }
      const y = Float64Array.from({ length: rows }, () => Math.floor(2 * random()));
      const point = Float64Array.from({ length: columns + 1 }, () => 4 * random() - 2);
      const gradient = new Float64Array(columns + 1).fill(99);
      const expected = plainLoss(made, y, point);
      expect(made.binaryLoss(y)(point, gradient)).toBeCloseTo(expected.loss, 8);
      expected.gradient.forEach((value, j) => expect(gradient[j]).toBeCloseTo(value, 8));
      const outer = made.outer(2, 0.5);
      for (let i = 0; i < columns; i++) {
        for (let j = 0; j <= i; j++) {
          let sum = 0;
          for (let r = 0; r < rows; r += 2) sum += 0.5 * made.data[r * columns + i]! * made.data[r * columns + j]!;
          expect(outer[i * columns + j]).toBeCloseTo(sum, 8);
        }
      }
    });
  }

  it('keeps the loss finite where scores are huge, and two sets at once apart', () => {
    const x = { rows: 4, columns: 1, data: Float64Array.of(0, 1, 2, 3) };
    const first = standardRows(x);
    const second = standardRows({ ...x, data: Float64Array.of(9, 1, 4, 4) });
    const gradient = new Float64Array(2);
    const y = Float64Array.of(0, 0, 1, 1);
    expect(first.binaryLoss(y)(Float64Array.of(1e6, 0), gradient)).toBe(0);
    expect(second.binaryLoss(y)(Float64Array.of(-1e6, 0), gradient)).toBeGreaterThan(1e5);
    expect(first.data[0]).toBeCloseTo(-1.3416, 4);
  });

  it('gives a column without spread the deviation 1', () => {
    expect(Array.from(standardRows({ rows: 3, columns: 1, data: Float64Array.of(5, 5, 5) }).data)).toEqual([0, 0, 0]);
  });
});
