/** The part of `Storage` that preferences need. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export type Theme = 'light' | 'dark' | 'system';

const KEY = 'looplab.preferences';
const DRAWER_MIN = 160;

interface Stored {
  readonly theme: Theme;
  readonly locale?: string;
  readonly drawerHeight: number;
  readonly lesson?: { readonly id: string; readonly step: number };
}

const DEFAULTS: Stored = { theme: 'system', drawerHeight: 280 };

/** Small choices of the reader, kept in `localStorage`; a browser that refuses storage just forgets them. */
export class Preferences {
  #stored = $state.raw<Stored>(DEFAULTS);

  constructor(private readonly shelf: Shelf | undefined) {
    this.#stored = readStored(shelf);
  }

  get theme(): Theme {
    return this.#stored.theme;
  }
  set theme(theme: Theme) {
    this.#keep({ theme });
  }

  get locale(): string | undefined {
    return this.#stored.locale;
  }
  set locale(locale: string | undefined) {
    this.#keep({ locale });
  }

  /** Height of the open terminal, CSS pixels. */
  get drawerHeight(): number {
    return this.#stored.drawerHeight;
  }
  set drawerHeight(height: number) {
    this.#keep({ drawerHeight: Math.max(DRAWER_MIN, Math.round(height)) });
  }

  /** The lesson that stands open beside the panels. */
  get lesson(): { readonly id: string; readonly step: number } | undefined {
    return this.#stored.lesson;
  }
  set lesson(lesson: { readonly id: string; readonly step: number } | undefined) {
    this.#keep({ lesson });
  }

  #keep(change: Partial<Stored>): void {
    this.#stored = { ...this.#stored, ...change };
    try {
      this.shelf?.setItem(KEY, JSON.stringify(this.#stored));
    } catch {
      // A full or forbidden shelf must not stop a change of theme.
    }
  }
}

function readStored(shelf: Shelf | undefined): Stored {
  try {
    const found: unknown = JSON.parse(shelf?.getItem(KEY) ?? '{}');
    return typeof found === 'object' && found !== null ? cleanStored(found as Record<string, unknown>) : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

function cleanStored(found: Record<string, unknown>): Stored {
  const { theme, locale, drawerHeight, lesson } = found;
  const place = typeof lesson === 'object' && lesson !== null ? (lesson as Record<string, unknown>) : {};
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    locale: typeof locale === 'string' ? locale : undefined,
    drawerHeight: typeof drawerHeight === 'number' && drawerHeight >= DRAWER_MIN ? drawerHeight : DEFAULTS.drawerHeight,
    lesson: typeof place['id'] === 'string' && Number.isInteger(place['step']) ? { id: place['id'], step: place['step'] as number } : undefined,
  };
}
