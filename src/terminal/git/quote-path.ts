/** A path as git prints it (`core.quotePath`): in C quotes with octal bytes when it holds anything but printable ASCII. */
export function quotePath(path: string): string {
  if (/^[ !#-[\]-~]*$/.test(path)) return path;
  const body = Array.from(new TextEncoder().encode(path), (byte) => {
    const named = { 7: 'a', 8: 'b', 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r', 34: '"', 92: '\\' }[byte];
    if (named !== undefined) return `\\${named}`;
    return byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte);
  });
  return `"${body.join('')}"`;
}
