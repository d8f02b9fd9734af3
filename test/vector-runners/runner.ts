/** One case of a vector file, as it lies on disk. */
export interface VectorCase {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance?: number;
}

export interface VectorFile {
  readonly file: string;
  readonly cases: readonly VectorCase[];
  readonly error_cases?: readonly VectorCase[];
}

/** Computes what a file's cases expect; one runner for each vector file. */
export interface VectorRunner {
  readonly file: string;
  /** Our value under each expected name that we know; undefined when the whole kind of case is unknown. */
  readonly run: (vector: VectorCase) => Readonly<Record<string, unknown>> | undefined;
  /** The same for `error_cases`; a throw inside is what `{error}` expects. */
  readonly runError?: (vector: VectorCase) => Readonly<Record<string, () => unknown>> | undefined;
  /** Relative tolerance of a name when the case states none; 1e-9 without it. */
  readonly tolerance?: (name: string) => number | undefined;
}

/** Numbers of a vector, with null as NaN. */
export const numbers = (value: unknown): Float64Array => Float64Array.from(value as (number | null)[], (item) => (item === null ? NaN : item));

/** The same, or undefined for null. */
export const optionalNumbers = (value: unknown): Float64Array | undefined => (value === null || value === undefined ? undefined : numbers(value));
