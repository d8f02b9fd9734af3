import type { CleaningGrade } from '../../core/clean/grade-cleaning.js';

/** What `reports/cleaning-grade.json` holds; it names wrong cells, never right values. */
export interface GradeReport extends Omit<CleaningGrade, 'wrong'> {
  readonly version: 1;
  /** md5 of the raw data. */
  readonly data: string;
  readonly wrongCells: number;
  readonly wrong: readonly { readonly line: number; readonly column: string; readonly kind: string; readonly value: string }[];
}
