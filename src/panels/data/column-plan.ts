/** What a column is to the model. */
export type Role = 'number' | 'category' | 'text' | 'date' | 'out';

/** A column's transform in its parts, each with its options, such as `knn:5`; '' is as for all columns. */
export interface PlanParts {
  readonly impute: string;
  readonly flag: boolean;
  readonly change: string;
}

const IMPUTE_WORDS: readonly string[] = ['median', 'mean', 'most-frequent', 'keep', 'knn'];

/** Takes a transform such as `median+flag+power` apart. */
export function partsOf(spec: string | undefined): PlanParts {
  const words = (spec ?? '').split('+').map((part) => part.trim()).filter((part) => part !== '');
  const impute = words.find((part) => IMPUTE_WORDS.includes(wordOf(part))) ?? '';
  return { impute, flag: words.includes('flag'), change: words.find((part) => part !== 'flag' && part !== impute) ?? '' };
}

/** Puts it together again; undefined when all is as for all columns. */
export function specOf({ impute, flag, change }: PlanParts): string | undefined {
  const words = [impute, flag ? 'flag' : '', change].filter((part) => part !== '');
  return words.length === 0 ? undefined : words.join('+');
}

export const wordOf = (part: string): string => part.split(':')[0]!;
export const optionsOf = (part: string): string[] => part.split(':').slice(1);

/** What a column of that role may become; '' is as for all columns. */
export const CHANGES: Readonly<Record<Role, readonly string[]>> = {
  number: ['', 'standard', 'min-max', 'robust', 'max-abs', 'plain', 'range', 'power', 'bins', 'poly', 'interact', 'pca'],
  category: ['', 'one-hot', 'ordinal', 'target'],
  text: ['tfidf', 'count'],
  date: ['dates'],
  out: [],
};

/** What may fill its missing values. */
export function imputersOf(role: Role, change: string): readonly string[] {
  if (role === 'number') return ['', 'median', 'mean', 'most-frequent', 'knn', 'keep'];
  if (role === 'date') return ['', 'median', 'mean', 'most-frequent', 'keep'];
  return role === 'category' && wordOf(change) !== 'target' ? ['', 'most-frequent', 'keep'] : [];
}

/** An option of a transform, by its place after the colons; a switch stands last. */
export type OptionField =
  | { readonly kind: 'number'; readonly name: 'neighbours' | 'low' | 'high' | 'bins' | 'degree' | 'components' | 'smoothing' | 'terms'; readonly min?: number; readonly max?: number; readonly whole?: true; readonly usual: string }
  | { readonly kind: 'choice'; readonly name: 'method' | 'strategy'; readonly choices: readonly string[]; readonly usual: string }
  | { readonly kind: 'switch'; readonly name: 'clip' | 'codes' };

const degree: readonly OptionField[] = [{ kind: 'number', name: 'degree', min: 2, max: 5, whole: true, usual: '2' }];
const terms: readonly OptionField[] = [{ kind: 'number', name: 'terms', min: 1, max: 2000, whole: true, usual: '100' }];

/** The options of each word; a word without an entry has none. The parts of a date are a list of their own. */
export const OPTION_FIELDS: Readonly<Record<string, readonly OptionField[]>> = {
  knn: [{ kind: 'number', name: 'neighbours', min: 1, max: 100, whole: true, usual: '5' }],
  range: [{ kind: 'number', name: 'low', usual: '0' }, { kind: 'number', name: 'high', usual: '1' }, { kind: 'switch', name: 'clip' }],
  power: [{ kind: 'choice', name: 'method', choices: ['yeo-johnson', 'box-cox'], usual: 'yeo-johnson' }],
  bins: [{ kind: 'number', name: 'bins', min: 2, max: 100, whole: true, usual: '5' }, { kind: 'choice', name: 'strategy', choices: ['quantile', 'uniform', 'kmeans'], usual: 'quantile' }, { kind: 'switch', name: 'codes' }],
  poly: degree,
  interact: degree,
  pca: [{ kind: 'number', name: 'components', min: 1, max: 50, whole: true, usual: '2' }],
  target: [{ kind: 'number', name: 'smoothing', min: 0, usual: '10' }],
  tfidf: terms,
  count: terms,
};

/** Value of the option at a place: `on` or '' for a switch. */
export function optionAt(part: string, fields: readonly OptionField[], at: number): string {
  const field = fields[at]!;
  const given = optionsOf(part);
  if (field.kind === 'switch') return given.includes(field.name) ? 'on' : '';
  return given[at] === undefined || given[at] === 'codes' ? field.usual : given[at];
}

/** The part with another value at a place; options that are as usual are left away where nothing follows them. */
export function withOption(part: string, fields: readonly OptionField[], at: number, value: string): string {
  const values = fields.map((field, i) => ({ field, value: i === at ? value : optionAt(part, fields, i) }));
  const plain = values.flatMap(({ field, value: own }) => (field.kind === 'switch' ? [] : [{ own, usual: field.usual }]));
  const switches = values.flatMap(({ field, value: own }) => (field.kind === 'switch' && own !== '' ? [field.name] : []));
  const last = switches.length > 0 ? plain.length : plain.findLastIndex(({ own, usual }) => own !== usual) + 1;
  return [wordOf(part), ...plain.slice(0, last).map(({ own }) => own), ...switches].join(':');
}

const USUAL_PARTS = ['year', 'month', 'weekday', 'day-of-year'];

/** Parts of a date that a `dates` transform asks for. */
export function datePartsOf(part: string): string[] {
  const given = optionsOf(part);
  return given.length === 0 ? USUAL_PARTS : given.flatMap((word) => (word === 'cyclic' ? ['cyclic-weekday', 'cyclic-year'] : [word]));
}

/** The `dates` transform with one part more or less; one part always stays. */
export function withDatePart(part: string, name: string, on: boolean): string {
  const now = datePartsOf(part);
  const next = on ? [...new Set([...now, name])] : now.filter((other) => other !== name);
  return next.length === 0 ? part : ['dates', ...next].join(':');
}
