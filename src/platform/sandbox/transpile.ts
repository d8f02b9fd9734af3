import { parse } from 'acorn';
import { transform } from 'sucrase';
import { LabError } from '../../core/lab-error.js';

/** TypeScript as a CommonJS body of the same lines. Throws `stage-syntax` {file, line, message}. */
export function transpile(text: string, file: string): string {
  const code = strip(text, file);
  try {
    // what is no whole function body could end the function that it is put into
    parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true, allowHashBang: true });
  } catch (cause) {
    throw syntaxError(cause, file);
  }
  return code.replace(/^#!/, '//');
}

function strip(text: string, file: string): string {
  try {
    return transform(text, { transforms: ['typescript', 'imports'], disableESTransforms: true, production: true }).code;
  } catch (cause) {
    throw syntaxError(cause, file);
  }
}

function syntaxError(cause: unknown, file: string): LabError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const line = Number(/\((\d+):\d+\)/.exec(message)?.[1] ?? 1);
  return new LabError('stage-syntax', { file, line, message: message.replace(/^Error transforming [^:]*: /, '').replace(/\s*\(\d+:\d+\)$/, '') });
}
