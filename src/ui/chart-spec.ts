/** One row behind a chart. */
export type ChartRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A vega-lite specification without `data`, `width` and `$schema`; `Chart` adds them. */
export type ChartSpec = Readonly<Record<string, unknown>>;
