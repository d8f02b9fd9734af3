import type { Messages } from './en.js';

/** A failure as it crosses the layers: a stable code and plain data. */
export interface CodedError {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Words = Readonly<Record<string, (data: Readonly<Record<string, unknown>>) => string>>;

/** What happened, what was kept, what to do next; `fallback` serves while the words are not here yet. */
export function errorText(errors: Messages['errors'] | undefined, error: CodedError, fallback: string): string {
  if (errors === undefined) return fallback;
  const words: Words = errors;
  const say = words[error.code] ?? errors.unexpected;
  return say({ code: error.code, ...error.data });
}
