import type { Matrix } from '../../table/table.js';
import { log } from '../exact-math.js';
import { logisticWasm } from './logistic-wasm.js';
import { compileKernel, openKernel } from './open-kernel.js';

/** What `assembly/logistic.ts` exports; all but counts and `part` are addresses. */
interface LogisticCalls {
  measureColumns(x: number, rows: number, columns: number, means: number, squares: number): void;
  standardise(x: number, rows: number, columns: number, means: number, inverses: number): void;
  addOuter(x: number, rows: number, step: number, columns: number, part: number, gram: number): void;
  binaryLoss(x: number, labels: number, rows: number, columns: number, weights: number, errors: number, gradient: number, sums: number): void;
}

/** Mean and standard deviation of each column; 1 in place of the deviation of a constant one. */
export interface ColumnScaling {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** A matrix's rows with columns of mean 0 and deviation 1, in the memory of a kernel of their own. */
export interface StandardRows {
  readonly rows: number;
  readonly columns: number;
  /** The values, row by row. */
  readonly data: Float64Array;
  readonly scaling: ColumnScaling;
  /** The lower half of Σ xᵀx over every `step`th row, times `part`; columns × columns. */
  outer(step: number, part: number): Float64Array;
  /** Sum over rows of the log loss of a linear score (coefficients, then the intercept) for labels 0 and 1; writes its gradient. */
  binaryLoss(y: Float64Array): (point: Float64Array, gradient: Float64Array) => number;
}

/** Errors of one batch of rows in the kernel. */
const BATCH = 64;

let compiled: WebAssembly.Module | undefined;

/** Brings a matrix into a kernel's memory and standardises its columns there. */
export function standardRows({ rows, columns, data }: Matrix): StandardRows {
  compiled ??= compileKernel(logisticWasm);
  const whole = Math.ceil(rows / 4) * 4;
  const kernel = openKernel<LogisticCalls>(compiled, [whole * columns, whole, BATCH, columns + 1, columns + 1, columns * columns, 3]);
  const { call, buffer } = kernel;
  const at = (address: number, length: number): Float64Array => new Float64Array(buffer, address, length);
  const [x, labels, errors, first, second, gram, sums] = kernel.addresses as [number, number, number, number, number, number, number];
  at(x, rows * columns).set(data);
  call.measureColumns(x, rows, columns, first, second);
  const scaling = scalingOf(at(first, columns).slice(), at(second, columns), rows);
  at(second, columns).set(scaling.deviations.map((deviation) => 1 / deviation));
  call.standardise(x, rows, columns, first, second);
  return {
    rows,
    columns,
    data: at(x, rows * columns),
    scaling,
    outer(step, part) {
      at(gram, columns * columns).fill(0);
      call.addOuter(x, Math.ceil(rows / step), step, columns, part, gram);
      return at(gram, columns * columns).slice();
    },
    binaryLoss(y) {
      at(labels, rows).set(y);
      const [weights, slopes, parts] = [at(first, columns + 1), at(second, columns + 1), at(sums, 3)];
      return (point, gradient) => {
        weights.set(point);
        call.binaryLoss(x, labels, rows, columns, first, errors, second, sums);
        gradient.set(slopes);
        // The logarithm of a product costs one logarithm.
        return parts[0]! + log(parts[1]!) + parts[2]! * Math.LN2;
      };
    },
  };
}

function scalingOf(means: Float64Array, squares: Float64Array, rows: number): ColumnScaling {
  const deviations = new Float64Array(means.length);
  for (let j = 0; j < means.length; j++) {
    const deviation = Math.sqrt(squares[j]! / rows);
    deviations[j] = deviation > 1e-12 * Math.max(1, Math.abs(means[j]!)) ? deviation : 1;
  }
  return { means, deviations };
}
