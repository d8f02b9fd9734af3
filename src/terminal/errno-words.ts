const ERRNO: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EPERM: 'Operation not permitted',
  EIO: 'Input/output error',
};

/** Why the target of a redirection cannot be written, in bash's words; `word` as it was typed, else the path that the failure names. */
export function redirectWords(word: string | undefined, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [, code = '', path = ''] = /^([A-Z]+): .* '\/?(.*)'$/s.exec(message) ?? [];
  return ERRNO[code] === undefined ? `bash: ${message}\n` : `bash: ${word ?? path}: ${ERRNO[code]}\n`;
}
