import type { DatasetFacts } from '../../core/table/dataset-facts.js';
import type { PrepareChoices, SplitChoice } from '../../core/prepare/recipe.js';
import type { ColumnType } from '../../core/table/table.js';
import { findImageColumns } from '../../core/table/image-columns.js';
import type { VerbArgs } from '../../lab/verb.js';
import { CHANGES, partsOf, wordOf, type Role } from './column-plan.js';

export type SplitKind = SplitChoice['kind'];

/** What is known of the collected data when the form is first drawn. */
export interface KnownData {
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Rows after cleaning. */
  readonly rows: number;
  readonly target?: string;
  readonly time?: string;
  readonly drop: readonly string[];
  readonly categorical: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** Facts of the shipped set, when it is one. */
  readonly set?: DatasetFacts;
}

/** The choices on the form; `testFrom` is a date, `testShare` a share in 0 … 1. */
export interface PrepareForm {
  target: string;
  time: string;
  roles: Record<string, Role>;
  /** What single columns go through, such as `median+power`; others are treated as all are. */
  transforms: Record<string, string>;
  impute: PrepareChoices['impute'];
  encode: PrepareChoices['encode'];
  scale: PrepareChoices['scale'];
  split: SplitKind;
  /** Column whose equal rows stay together, for a split by group. */
  group: string;
  testFrom: string;
  testShare: number;
  seed: number;
}

/** Columns that the facts advise to leave out when `target` is predicted. */
export function suggestedDrop({ drop, set, target: usual, columns }: KnownData, target: string): string[] {
  const other = set?.targets?.find(({ name }) => name === target);
  const advised = other ? [...other.drop] : [...drop, ...(usual !== undefined && usual !== target ? [usual] : [])];
  return [...new Set(advised)].filter((name) => name !== target && name in columns);
}

const isWords = (type: ColumnType | undefined): boolean => type === 'text' || type === 'boolean';

/** Roles of all columns for a target, as the facts advise. */
export function suggestedRoles(known: KnownData, target: string): Record<string, Role> {
  const out = new Set(suggestedDrop(known, target));
  const roleOf = (name: string, type: ColumnType): Role => (out.has(name) || type === 'date' ? 'out' : isWords(type) || known.categorical.includes(name) ? 'category' : 'number');
  return Object.fromEntries(Object.entries(known.columns).map(([name, type]) => [name, roleOf(name, type)]));
}

/** Transforms of the columns that are inputs, as the facts advise. */
export function suggestedTransforms({ set }: KnownData, roles: Readonly<Record<string, Role>>): Record<string, string> {
  return Object.fromEntries(Object.entries(set?.transforms ?? {}).filter(([name]) => roles[name] !== undefined && roles[name] !== 'out'));
}

/** The last year when the rows span three, else the last quarter of the time they span; '' without dates. */
export function suggestedTestFrom(from: string | undefined, to: string | undefined): string {
  if (from === undefined || to === undefined) return '';
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  if (last - first < 3 * 365 * 86_400_000) return dateOf(first + Math.round(((last - first) * 0.75) / 86_400_000) * 86_400_000);
  const day = new Date(last + 86_400_000);
  return dateOf(Date.UTC(day.getUTCFullYear() - 1, day.getUTCMonth(), day.getUTCDate()));
}

/** The form as it is first shown: what the facts advise, else careful defaults. */
export function startForm(known: KnownData): PrepareForm {
  const names = Object.keys(known.columns);
  const target = known.target ?? names.findLast((name) => known.columns[name] !== 'date') ?? '';
  const time = known.time ?? '';
  const advised = known.set?.split;
  const inRange = advised?.kind === 'time' && known.to !== undefined && known.from !== undefined && advised.testFrom > known.from && advised.testFrom <= known.to;
  return {
    target,
    time,
    roles: suggestedRoles(known, target),
    transforms: suggestedTransforms(known, suggestedRoles(known, target)),
    impute: 'median',
    encode: 'one-hot',
    scale: findImageColumns(names) ? 'none' : 'standard',
    group: known.set?.group ?? '',
    split: time !== '' ? 'time' : known.set?.group !== undefined ? 'group' : advised?.kind === 'stratified' ? 'stratified' : 'random',
    testFrom: inRange ? advised.testFrom : suggestedTestFrom(known.from, known.to),
    testShare: advised && advised.kind !== 'time' ? advised.testShare : 0.2,
    seed: advised && advised.kind !== 'time' ? advised.seed : 7,
  };
}

/** The form filled from choices that were made before. */
export function formOf(choices: PrepareChoices, known: KnownData): PrepareForm {
  const start = startForm(known);
  const { split, transforms = {} } = choices;
  const roles = Object.fromEntries(Object.entries(known.columns).map(([name, type]) => [name, choices.drop.includes(name) ? 'out' : roleUnder(type, transforms[name], choices.categorical.includes(name))] as const));
  return {
    ...start,
    target: choices.target,
    time: choices.time ?? '',
    roles,
    transforms: { ...transforms },
    impute: choices.impute,
    encode: choices.encode,
    scale: choices.scale,
    split: split.kind,
    ...(split.kind === 'time' ? { testFrom: split.testFrom } : {}),
    ...(split.kind === 'group' ? { group: split.column } : {}),
    ...(split.kind === 'random' || split.kind === 'stratified' || split.kind === 'group' ? { testShare: split.testShare, seed: split.seed } : {}),
  };
}

/** What a column is under a transform of its own. */
function roleUnder(type: ColumnType, spec: string | undefined, categorical: boolean): Role {
  const change = wordOf(partsOf(spec).change);
  if (type === 'date') return spec === undefined ? 'out' : 'date';
  if (CHANGES.text.includes(change)) return 'text';
  if (isWords(type) || (change !== '' && CHANGES.category.includes(change))) return 'category';
  return change === '' && categorical ? 'category' : 'number';
}

/** Columns that are inputs under the form; of the time column only its parts can be. */
export const inputsOf = ({ target, time, roles }: PrepareForm): string[] =>
  Object.keys(roles).filter((name) => name !== target && (name !== time || roles[name] === 'date') && roles[name] !== 'out');

/** Transforms of the columns that are inputs, as the verb takes them. */
export const transformsOf = (form: PrepareForm): string[] => {
  const inputs = new Set(inputsOf(form));
  return Object.entries(form.transforms).flatMap(([name, spec]) => (inputs.has(name) ? [`${name}=${spec}`] : []));
};

/** The transform that a column begins with in a role, when it needs one. */
export const firstTransform = (role: Role): string | undefined => (role === 'date' ? 'dates' : role === 'text' ? 'tfidf' : undefined);

/** Arguments of the verb `prepare`. */
export function argsOf(form: PrepareForm, columns: KnownData['columns']): VerbArgs {
  const { target, time, roles, impute, encode, scale, split } = form;
  const transform = transformsOf(form);
  const others = Object.keys(roles).filter((name) => name !== target && name !== time);
  const drop = others.filter((name) => roles[name] === 'out' && columns[name] !== 'date');
  const categorical = others.filter((name) => roles[name] === 'category' && !isWords(columns[name]));
  return {
    target,
    ...(time === '' ? {} : { time }),
    drop,
    categorical,
    impute,
    encode,
    scale,
    ...(transform.length > 0 ? { transform } : {}),
    split,
    ...(split === 'time' && form.testFrom !== '' ? { testFrom: form.testFrom } : {}),
    ...(split === 'group' ? { group: form.group } : {}),
    ...(split === 'random' || split === 'stratified' || split === 'group' ? { testShare: form.testShare, seed: form.seed } : {}),
  };
}

/** Share of the time between the first and the last date that lies before `testFrom`; undefined when it cannot be told. */
export function shareBefore(testFrom: string, from: string | undefined, to: string | undefined): number | undefined {
  const [at, first, last] = [Date.parse(testFrom), Date.parse(from ?? ''), Date.parse(to ?? '') + 86_400_000];
  if (!Number.isFinite(at) || !Number.isFinite(first) || !Number.isFinite(last) || last <= first) return undefined;
  return Math.min(1, Math.max(0, (at - first) / (last - first)));
}
