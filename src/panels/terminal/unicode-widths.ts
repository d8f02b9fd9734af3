import type { IUnicodeVersionProvider } from '@xterm/xterm';
import { cellWidth } from '../../core/cell-width.js';

/** Widths for xterm that are those the line editor counts with. Values are packed as xterm's `UnicodeService.createPropertyValue` packs them. */
export const labWidths: IUnicodeVersionProvider = {
  version: 'lab',
  wcwidth: (code) => widthOf(code),
  charProperties(code, preceding) {
    const width = widthOf(code);
    const before = (preceding >> 1) & 3;
    const joins = width === 0 && preceding !== 0 && before > 0;
    return (Math.max(width, joins ? before : 0) << 1) | (joins ? 1 : 0);
  },
};

const widthOf = (code: number): 0 | 1 | 2 => (code < 32 ? 0 : (cellWidth(String.fromCodePoint(code)) as 0 | 1 | 2));
