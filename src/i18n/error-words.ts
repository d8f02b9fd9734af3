import { errorText, type CodedError } from './error-text.js';

/** Words for failures in a place without a page, such as the terminal; `locale` is asked each time. */
export async function createErrorWords(locale: () => string): Promise<(error: CodedError) => string> {
  const [en, ar] = await Promise.all([import('./areas/errors.en.js'), import('./areas/errors.ar.js')]);
  return (error) => errorText(locale().startsWith('ar') ? ar.errors : en.errors, error, error.code);
}
