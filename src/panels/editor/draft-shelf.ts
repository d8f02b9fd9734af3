import type { Shelf } from '../../state/preferences.svelte.js';

const PREFIX = 'looplab.draft.';
/** A shelf of the browser holds about 5 MB in all. */
const MOST_CHARACTERS = 300_000;

/** What was typed and is not in the project yet, with the md5 of the content that it was made from. */
export interface Draft {
  readonly text: string;
  readonly base: string;
}

/** Keeps what is typed until the project has it: `localStorage` takes it at once, also while a long act holds the project. */
export class DraftShelf {
  constructor(private readonly shelf: (Shelf & Pick<Storage, 'removeItem'>) | undefined) {}

  keep(path: string, draft: Draft): void {
    try {
      if (draft.text.length <= MOST_CHARACTERS) this.shelf?.setItem(PREFIX + path, JSON.stringify(draft));
    } catch {
      // a full shelf must not stop the typing; the project is asked to save anyway
    }
  }

  read(path: string): Draft | undefined {
    try {
      const found: unknown = JSON.parse(this.shelf?.getItem(PREFIX + path) ?? 'null');
      return isDraft(found) ? found : undefined;
    } catch {
      return undefined;
    }
  }

  drop(path: string): void {
    try {
      this.shelf?.removeItem(PREFIX + path);
    } catch {
      // a browser that forbids storage holds no draft either
    }
  }
}

const isDraft = (found: unknown): found is Draft => typeof found === 'object' && found !== null && typeof (found as Draft).text === 'string' && typeof (found as Draft).base === 'string';
