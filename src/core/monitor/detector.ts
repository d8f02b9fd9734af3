/** How far apart two samples are; null where it is not defined. */
export interface DriftMeasure {
  readonly statistic: number | null;
  readonly pValue: number | null;
}

interface Named {
  readonly name: string;
  /** Drift is said when the statistic is at least this. */
  readonly threshold?: number;
  /** Drift is said when the p-value is below this. */
  readonly significance?: number;
}

/** Compares two sorted samples without missing values. */
export interface SampleDetector extends Named {
  readonly compares: 'samples';
  readonly measure: (reference: Float64Array, current: Float64Array) => DriftMeasure;
}

/** Compares shares over the same bins or levels. */
export interface ShareDetector extends Named {
  readonly compares: 'shares';
  readonly measure: (reference: ArrayLike<number>, current: ArrayLike<number>) => DriftMeasure;
}

/** Compares counts over the same levels. */
export interface CountDetector extends Named {
  readonly compares: 'counts';
  readonly measure: (reference: ArrayLike<number>, current: ArrayLike<number>) => DriftMeasure;
}

/** One way to see drift, one file in `detectors/`. */
export type Detector = SampleDetector | ShareDetector | CountDetector;
