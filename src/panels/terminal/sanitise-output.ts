const SGR = /^\x1b\[[0-9;:]*m$/;
/** Controls that would hide text, name a link or turn the reading order round. */
const BIDI = /[\u200f\u202a-\u202e\u2066-\u2069\u061c]/g;
const LONGEST_PENDING = 4096;

/** An escape sequence at the start of text: whole, or undefined when its end has not come yet. */
function takeSequence(text: string): string | undefined {
  if (text.length < 2) return undefined;
  const kind = text[1]!;
  if (kind === '[') return /^\x1b\[[\x20-\x3f]*[^\x20-\x3f]/.exec(text)?.[0];
  if (']PX^_'.includes(kind)) return /^\x1b[\]PX^_][\s\S]*?(?:\x1b\\|\x07|\x9c)/.exec(text)?.[0];
  return /^\x1b[\x20-\x2f]*[^\x20-\x2f]/.exec(text)?.[0];
}

/** Colours stay; "conceal" does not, because hidden text could be copied unseen. */
const keepColours = (sequence: string): string => (SGR.test(sequence) && !conceals(sequence.slice(2, -1).split(/[;:]/).map(Number)) ? sequence : '');

function conceals(codes: readonly number[]): boolean {
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] === 8) return true;
    if ([38, 48, 58].includes(codes[i]!)) i += codes[i + 1] === 5 ? 2 : codes[i + 1] === 2 ? 4 : 0;
  }
  return false;
}

/**
 * Makes output safe to write to the terminal: of escape sequences only colours pass, other control characters become visible signs,
 * and line ends become those of a terminal. One for each command, because a sequence may be cut between two pieces.
 */
export class OutputSanitiser {
  #pending = '';
  /** Whether the last thing that passed ended a line; true at the start. */
  atLineStart = true;

  take(piece: string): string {
    let text = this.#pending + piece;
    this.#pending = '';
    let out = '';
    for (let at = text.indexOf('\x1b'); at >= 0; at = text.indexOf('\x1b')) {
      out += plain(text.slice(0, at));
      text = text.slice(at);
      const sequence = takeSequence(text);
      if (sequence === undefined) {
        if (text.length <= LONGEST_PENDING) this.#pending = text;
        text = '';
        break;
      }
      out += keepColours(sequence);
      text = text.slice(sequence.length);
    }
    out += plain(text);
    const visible = out.replace(/\x1b\[[0-9;:]*m/g, '');
    if (visible !== '') this.atLineStart = visible.endsWith('\n');
    return out;
  }
}

function plain(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(BIDI, '')
    .replace(/[\0-\x08\x0b-\x1f]/g, (c) => String.fromCodePoint(0x2400 + c.charCodeAt(0)))
    .replace(/\x7f/g, '\u2421')
    .replace(/[\x80-\x9f]/g, '\ufffd')
    .replaceAll('\n', '\r\n');
}
