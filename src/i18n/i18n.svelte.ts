import { makeFormat } from './format.js';
import type { Messages } from './en.js';
import type { FirstMessages } from './first.en.js';
import { LOCALES, type Locale } from './plural.js';

const FIRST = {
  en: async () => (await import('./first.en.js')).first,
  ar: async () => (await import('./first.ar.js')).first,
} satisfies Record<Locale, () => Promise<FirstMessages>>;

const REST = {
  en: async () => (await import('./en.js')).en,
  ar: async () => (await import('./ar.js')).ar,
} satisfies Record<Locale, () => Promise<Messages>>;

/** Language of the page: `t` holds the words, `format` the formatters, `dir` the direction. */
export class I18n {
  locale = $state<Locale>('en');
  /** Words of every area once `complete`; before that only `shell` and `home`. */
  t = $state.raw({} as Messages & FirstMessages);
  /** True when the words of all areas are here; panels are shown only then. */
  complete = $state(false);
  readonly dir = $derived<'ltr' | 'rtl'>(this.locale === 'ar' ? 'rtl' : 'ltr');
  readonly format = $derived(makeFormat(this.locale));

  /** Changes the language; resolves when the first screen's words are here (all words, when they were here before). */
  async use(locale: Locale): Promise<void> {
    const [first, rest] = await Promise.all([FIRST[locale](), this.complete ? REST[locale]() : undefined]);
    this.t = { ...first, ...rest } as Messages & FirstMessages;
    this.locale = locale;
  }

  /** Fetches the words of all areas; call before showing anything beyond the first screen. */
  async loadAll(): Promise<void> {
    if (this.complete) return;
    const locale = this.locale;
    const rest = await REST[locale]();
    if (locale !== this.locale) return this.loadAll();
    this.t = { ...this.t, ...rest };
    this.complete = true;
  }
}

/** The reader's language: the stored one, else the browser's first that the lab has, else English. */
export function chooseLocale(stored: string | null | undefined, preferred: readonly string[]): Locale {
  const wanted = [stored ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0]);
  return wanted.map((tag) => LOCALES.find((locale) => locale === tag)).find((locale) => locale !== undefined) ?? 'en';
}
