/** Line (from 1) on which each data row of a CSV begins; lines in quotes belong to their row, blank lines and the header to none. */
export function lineNumbers(bytes: Uint8Array): number[] {
  const lines: number[] = [];
  let [line, start, quoted, blank] = [1, 1, false, true];
  const close = (): void => {
    if (!blank) lines.push(start);
    blank = true;
  };
  for (const byte of bytes) {
    if (byte === 0x22) quoted = !quoted;
    if (byte === 0x0a) {
      line++;
      if (!quoted) {
        close();
        start = line;
        continue;
      }
    }
    if (byte !== 0x0a && byte !== 0x0d && byte !== 0x20 && byte !== 0x09) blank = false;
  }
  close();
  return lines.slice(1);
}
