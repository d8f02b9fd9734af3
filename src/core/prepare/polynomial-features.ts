import type { Matrix } from '../table/table.js';

/** Which columns are multiplied for each output, in the order of scikit-learn's `PolynomialFeatures`: by degree, then by column. */
export function polynomialTerms(columns: number, degree: number): number[][] {
  let last: number[][] = [[]];
  const terms = [...last];
  for (let d = 1; d <= degree; d++) {
    last = last.flatMap((term) => Array.from({ length: columns - (term.at(-1) ?? 0) }, (_, i) => [...term, (term.at(-1) ?? 0) + i]));
    terms.push(...last);
  }
  return terms;
}

/** 1, the columns and their products up to the degree. */
export function polynomialFeatures(x: Matrix, degree = 2): Matrix {
  const terms = polynomialTerms(x.columns, degree);
  const data = new Float64Array(x.rows * terms.length);
  for (let row = 0; row < x.rows; row++) {
    terms.forEach((term, t) => (data[row * terms.length + t] = term.reduce((product, column) => product * x.data[row * x.columns + column]!, 1)));
  }
  return { rows: x.rows, columns: terms.length, data };
}
