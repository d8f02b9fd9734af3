/** Locales of the lab. */
export const LOCALES = ['en', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

/** BCP 47 tags for `Intl`: Arabic with Latin digits, so that tables, charts and the terminal show the same numbers. */
export const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', ar: 'ar-u-nu-latn' };

/** Forms of a counted phrase; `#` stands for the number. `other` serves every form that is left out. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

const rules = { en: new Intl.PluralRules(TAGS.en), ar: new Intl.PluralRules(TAGS.ar) };
const numbers = { en: new Intl.NumberFormat(TAGS.en), ar: new Intl.NumberFormat(TAGS.ar) };

/** Chooses the form of a count by the language's own rules (two in English, six in Arabic). */
export function plural(locale: Locale, count: number, forms: PluralForms): string {
  const form = forms[rules[locale].select(count)] ?? forms.other;
  return form.replace('#', numbers[locale].format(count));
}

export const enPlural = (count: number, forms: PluralForms): string => plural('en', count, forms);
export const arPlural = (count: number, forms: PluralForms): string => plural('ar', count, forms);
