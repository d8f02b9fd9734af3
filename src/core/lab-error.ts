/** Plain values that can cross the worker boundary. */
export type ErrorData = Record<string, string | number | boolean | readonly string[] | readonly number[] | undefined>;

/** A failure with a stable `code` and data; the words live in `i18n` by code. Survives `toJSON` and `LabError.from`. */
export class LabError extends Error {
  constructor(
    readonly code: string,
    readonly data: ErrorData = {},
  ) {
    super(`${code} ${JSON.stringify(data)}`);
    this.name = 'LabError';
  }

  /** Gives any thrown thing as a `LabError`; an abort becomes `cancelled`, an unknown error `unexpected`. */
  static from(cause: unknown): LabError {
    if (cause instanceof LabError) return cause;
    if (cause instanceof Error && cause.name === 'AbortError') return new LabError('cancelled');
    if (cause instanceof Error && cause.name === 'QuotaExceededError') return new LabError('quota-full');
    return new LabError('unexpected', { message: cause instanceof Error ? cause.message : String(cause) });
  }

  toJSON(): { code: string; data: ErrorData } {
    return { code: this.code, data: this.data };
  }
}
