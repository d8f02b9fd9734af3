/** A key or text that the line editor understands; `text` may hold several lines when it was pasted. */
export type Key =
  | { readonly name: 'text'; readonly text: string }
  | { readonly name: KeyName };

export type KeyName =
  | 'enter' | 'tab' | 'backspace' | 'delete' | 'left' | 'right' | 'up' | 'down' | 'home' | 'end' | 'word-left' | 'word-right'
  | 'kill-word' | 'kill-word-right' | 'kill-to-start' | 'kill-to-end' | 'yank' | 'swap' | 'interrupt' | 'end-of-input' | 'clear' | 'search' | 'escape';

const SEQUENCES: Readonly<Record<string, KeyName>> = {
  '\r': 'enter', '\n': 'enter', '\t': 'tab', '\x7f': 'backspace', '\b': 'backspace', '\x1b': 'escape',
  '\x01': 'home', '\x02': 'left', '\x03': 'interrupt', '\x04': 'end-of-input', '\x05': 'end', '\x06': 'right', '\x07': 'escape', '\x0b': 'kill-to-end',
  '\x0c': 'clear', '\x0e': 'down', '\x10': 'up', '\x12': 'search', '\x14': 'swap', '\x15': 'kill-to-start', '\x17': 'kill-word', '\x19': 'yank',
  '\x1b[A': 'up', '\x1b[B': 'down', '\x1b[C': 'right', '\x1b[D': 'left', '\x1bOA': 'up', '\x1bOB': 'down', '\x1bOC': 'right', '\x1bOD': 'left',
  '\x1b[H': 'home', '\x1b[F': 'end', '\x1bOH': 'home', '\x1bOF': 'end', '\x1b[1~': 'home', '\x1b[4~': 'end', '\x1b[3~': 'delete',
  '\x1b[1;5C': 'word-right', '\x1b[1;5D': 'word-left', '\x1b[1;3C': 'word-right', '\x1b[1;3D': 'word-left',
  '\x1bf': 'word-right', '\x1bb': 'word-left', '\x1bd': 'kill-word-right', '\x1b\x7f': 'kill-word', '\x1b\b': 'kill-word', '\x1b[3;5~': 'kill-word-right',
};
const PASTE = /^\x1b\[200~([\s\S]*?)\x1b\[201~/;
const CONTROL_SEQUENCE = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O[A-Z]|[ -~\x7f\b])/;

/** Reads what a terminal sends: keys as their sequences, text as it is, pasted text in its brackets. Unknown sequences are left out. */
export function readKeys(data: string): Key[] {
  const keys: Key[] = [];
  for (let rest = data; rest !== ''; ) {
    const paste = PASTE.exec(rest);
    const sequence = paste ? undefined : CONTROL_SEQUENCE.exec(rest)?.[0];
    const taken = paste?.[0] ?? sequence ?? (isControl(rest[0]!) ? rest[0]! : /^[^\0-\x1f\x7f]+/.exec(rest)![0]);
    const name = SEQUENCES[taken];
    if (paste) keys.push({ name: 'text', text: cleanPaste(paste[1]!) });
    else if (name !== undefined) keys.push({ name });
    else if (!isControl(taken[0]!)) keys.push({ name: 'text', text: taken });
    rest = rest.slice(taken.length);
  }
  return keys;
}

const isControl = (c: string): boolean => c < ' ' || c === '\x7f';

/** Pasted text keeps its lines; tabs become spaces, other controls go, and so does the last line end. */
export function cleanPaste(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\t', '  ').replace(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\n+$/, '');
}
