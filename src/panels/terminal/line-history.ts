/** The part of `Storage` that the history needs. */
export interface HistoryShelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'looplab.terminal.history';
const MOST = 500;
const LONGEST = 4096;

/** Lines typed before, the oldest first; [] when there are none or what is stored is not a history. */
export function loadHistory(shelf: HistoryShelf | undefined): string[] {
  try {
    const found: unknown = JSON.parse(shelf?.getItem(KEY) ?? '[]');
    return Array.isArray(found) ? found.filter((l): l is string => typeof l === 'string').slice(-MOST) : [];
  } catch {
    return [];
  }
}

/** A password in an address, which must not be stored. */
const PASSWORD = /:\/\/[^\s/:@]*:[^\s/@]+@/;

/** Adds a line unless it is blank, begins with a space, holds a password, is very long or repeats the last one; a full shelf is no error. */
export function addToHistory(shelf: HistoryShelf | undefined, history: readonly string[], line: string): string[] {
  if (line.trim() === '' || line.startsWith(' ') || PASSWORD.test(line) || line.length > LONGEST || line === history.at(-1)) return [...history];
  const longer = [...history, line].slice(-MOST);
  try {
    shelf?.setItem(KEY, JSON.stringify(longer));
  } catch {
    // The line was run all the same; only the next visit will not know it.
  }
  return longer;
}
