/** Something met while a recipe was fitted; counts are of training rows. */
export type PrepareNote =
  | { readonly code: 'constant-column'; readonly column: string; readonly value: string }
  | { readonly code: 'all-missing-column'; readonly column: string }
  | { readonly code: 'high-cardinality'; readonly column: string; readonly levels: number; readonly kept: number }
  | { readonly code: 'date-left-out'; readonly column: string }
  | { readonly code: 'imputed'; readonly column: string; readonly count: number; readonly value: string }
  | { readonly code: 'filled-by-neighbours'; readonly column: string; readonly count: number; readonly neighbours: number }
  | { readonly code: 'missing-as-mean'; readonly column: string; readonly count: number }
  | { readonly code: 'missing-text'; readonly column: string; readonly count: number }
  | { readonly code: 'missing-kept'; readonly column: string; readonly count: number }
  | { readonly code: 'unlabelled-rows'; readonly column: string; readonly count: number }
  /** The feature alone gives the target almost away: `measure` is `correlation`, `auc` or `purity`. */
  | { readonly code: 'suspect-leak'; readonly column: string; readonly measure: 'correlation' | 'auc' | 'purity'; readonly score: number };
