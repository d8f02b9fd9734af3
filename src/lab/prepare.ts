import { DAY_MS, dateOf, dayOf } from '../core/calendar.js';
import { columnsOf, servedSteps, type CleanStep } from '../core/clean/clean-step.js';
import { applyFeatures } from '../core/features/apply-features.js';
import { droppedBy, madeBy } from '../core/features/feature-step.js';
import { keepNeeded } from '../core/features/recipe-features.js';
import { LabError } from '../core/lab-error.js';
import { labelledRows } from '../core/prepare/apply-recipe.js';
import { fitGradually } from '../core/prepare/fit-recipe.js';
import type { PrepareChoices, Recipe, SplitChoice } from '../core/prepare/recipe.js';
import { splitRows } from '../core/prepare/split.js';
import { findImageColumns } from '../core/table/image-columns.js';
import { readTransforms, TRANSFORM_WORDS } from '../core/prepare/transform-spec.js';
import { columnOf } from '../core/table/select.js';
import type { Table } from '../core/table/table.js';
import { cleaningDigest, readCleaned, type CleanedData } from './cleaning/cleaned-data.js';
import { gradually } from './gradually.js';
import { featuresDigest, readFeatures } from './engineering/featured-data.js';
import { encodeJson, pointerOf, trackFolder, type PreparedSplit, type RawFacts } from './project/artefacts.js';
import { writeParams } from './project/files.js';
import { PATHS } from './project/paths.js';
import { defineVerb, list, number, text, type ArgsOf, type VerbContext } from './verb.js';

const flags = {
  target: text('column to predict'),
  time: text('column that orders the rows in time'),
  drop: list('columns to leave out'),
  categorical: list('columns of numbers that are categories'),
  impute: text('what fills missing numbers', { choices: ['median', 'mean', 'most-frequent', 'none'] }),
  encode: text('how categories become numbers', { choices: ['one-hot', 'ordinal'] }),
  scale: text('how numbers are scaled', { choices: ['standard', 'min-max', 'robust', 'none'] }),
  transform: list(`what single columns go through, such as income=power,age=knn:5+flag,city=target; words: ${TRANSFORM_WORDS.join(', ')}`),
  split: text('how rows are divided', { choices: ['time', 'random', 'stratified', 'group', 'none'] }),
  testFrom: text('first date of the test rows, for a split by time'),
  group: text('column whose equal rows stay together, for a split by group'),
  testShare: number('share of test rows, for the other splits'),
  since: text('first date of the rows that are used at all'),
  seed: number('seed of the random split'),
};

/** Divides the rows and fits imputing, encoding and scaling on the training rows alone. */
export const prepare = defineVerb({
  name: 'prepare',
  summary: 'split the rows and fit the recipe on the training rows',
  flags,
  async run(context, args) {
    const data = await readCleaned(context.session, undefined, context);
    const { facts, cleaned } = data;
    const group = (await context.session.catalogue()).find(({ id }) => id === facts.dataset)?.group;
    const choices = chooseDefaults(facts, cleaned.table, args, group);
    return prepareRows(context, data, choices, args.since);
  },
});

/** Does what `prepare` does with choices that are already complete. */
export async function prepareRows(context: VerbContext, { digest: dataDigest, raw, steps, cleaned }: CleanedData, choices: PrepareChoices, since?: string) {
  const { platform } = context;
  const { table: clean, kept } = cleaned;
  const split = splitRows(clean, choices.split, choices.target, choices.time);
  const keep = sinceRows(clean, choices.time, since);
  const rowsOf = (part: Int32Array): Int32Array => labelledRows(clean, choices.target, part).filter(keep);
  const features = await readFeatures(platform);
  if (features.flatMap(madeBy).includes(choices.target)) throw new LabError('feature-is-target', { column: choices.target });
  const made = applyFeatures(clean, features, rowsOf(split.train), choices.target);
  const { recipe: fitted, notes } = await gradually(fitGradually(made.table, rowsOf(split.train), { ...choices, drop: [...choices.drop, ...droppedBy(features)] }), 'prepare', context);
  const needed = keepNeeded(made.fitted, fitted.steps.map(({ name }) => name), clean, steps);
  const recipe = withCleaning(needed ? { ...fitted, features: needed } : fitted, steps);
  // What is kept are rows of the raw data: whoever reads them cleans them by the recipe.
  const [train, test] = [rowsOf(split.train).map((row) => kept[row]!), rowsOf(split.test).map((row) => kept[row]!)];
  const [cleaning, digestOfFeatures] = [cleaningDigest(steps), featuresDigest(features)];
  const rows: PreparedSplit = { version: 1, dataDigest, choice: choices.split, columns: typesOf(raw), ...(choices.time === undefined ? {} : { time: choices.time }), train: [...train], test: [...test], ...(cleaning === undefined ? {} : { cleaning }), ...(digestOfFeatures === undefined ? {} : { features: digestOfFeatures }) };
  const before = (await pointerOf(platform, PATHS.prepared))?.md5;
  const { digest, files } = await trackFolder(platform, PATHS.prepared, { 'recipe.json': encodeJson(recipe), 'split.json': encodeJson(rows) });
  await writeParams(platform, 'prepare', { ...choices, ...(since === undefined ? {} : { since }) });
  const summary = `${recipe.target}: ${train.length} training rows, ${test.length} test rows, ${recipe.outputs.length} inputs`;
  return {
    result: { digest, notes, train: train.length, test: test.length, inputs: recipe.outputs.length },
    lines: [`prepared ${summary}`, ...notes.map((note) => `  note: ${JSON.stringify(note)}`)],
    step: { object: { type: 'prepared', id: recipe.target, digest }, after: digest, ...(before === undefined ? {} : { before }) },
    files: [...files, PATHS.params],
    message: `prepare: ${summary}`,
  };
}

/** The recipe with the cleaning of its columns that every row goes through, served ones too. */
function withCleaning(recipe: Recipe, steps: readonly CleanStep[]): Recipe {
  const used = new Set([recipe.target, ...recipe.steps.map(({ name }) => name), ...(recipe.features?.sources.map(({ name }) => name) ?? [])]);
  const clean = servedSteps(steps).filter((step) => columnsOf(step).some((name) => used.has(name)));
  return clean.length === 0 ? recipe : { ...recipe, clean };
}

const typesOf = (table: Table): PreparedSplit['columns'] => Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));

/** Completes what the learner said with what the data set's facts suggest. */
export function chooseDefaults(facts: RawFacts, table: Table, args: ArgsOf<typeof flags>, usualGroup?: string): PrepareChoices {
  const target = args.target ?? facts.target;
  if (target === undefined) throw new LabError('flag-required', { command: 'lab prepare', flag: '--target' });
  const time = args.time ?? facts.time;
  const others = facts.target !== undefined && facts.target !== target ? [facts.target] : [];
  const drop = args.drop ?? [...facts.drop.filter((name) => name !== target), ...others];
  const usual = Object.entries(facts.transforms ?? {}).filter(([name]) => name !== target && !drop.includes(name));
  const transforms = args.transform === undefined ? Object.fromEntries(usual) : readTransforms(args.transform);
  return {
    target,
    ...(time === undefined ? {} : { time }),
    drop,
    categorical: args.categorical ?? facts.categorical.filter((name) => !drop.includes(name)),
    impute: (args.impute ?? 'median') as PrepareChoices['impute'],
    encode: (args.encode ?? 'one-hot') as PrepareChoices['encode'],
    // One scale for all pixels: scaled each by itself, a picture is no longer what it was.
    scale: (args.scale ?? (findImageColumns(table.columns.map(({ name }) => name)) ? 'none' : 'standard')) as PrepareChoices['scale'],
    ...(Object.keys(transforms).length === 0 ? {} : { transforms }),
    split: chooseSplit(table, time, args, usualGroup),
  };
}

function chooseSplit(table: Table, time: string | undefined, args: ArgsOf<typeof flags>, usualGroup?: string): SplitChoice {
  const kind = args.split ?? (args.group === undefined ? undefined : 'group') ?? (args.testFrom !== undefined || (time !== undefined && args.testShare === undefined) ? 'time' : 'random');
  if (kind === 'none') return { kind };
  if (kind === 'random' || kind === 'stratified') return { kind, testShare: args.testShare ?? 0.2, seed: args.seed ?? 7 };
  if (kind === 'group') {
    const column = args.group ?? usualGroup;
    if (column === undefined) throw new LabError('flag-required', { command: 'lab prepare --split group', flag: '--group' });
    return { kind, column, testShare: args.testShare ?? 0.2, seed: args.seed ?? 7 };
  }
  if (time === undefined) throw new LabError('split-needs-time', { column: '' });
  if (args.testFrom !== undefined) return { kind: 'time', testFrom: dateOf(dayOf(args.testFrom)) };
  return { kind: 'time', testFrom: lastYearOrQuarter(table, time) };
}

/** Start of the last year when there are at least three, else of the last quarter of the rows. */
function lastYearOrQuarter(table: Table, time: string): string {
  const column = columnOf(table, time);
  if (column.type !== 'date') throw new LabError('split-needs-time', { column: time });
  const days = [...column.values].filter((ms) => !Number.isNaN(ms)).map((ms) => Math.floor(ms / DAY_MS)).sort((a, b) => a - b);
  const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0];
  if (last - first >= 3 * 365) return dateOf(yearBefore(last + 1));
  return dateOf(days[Math.floor(days.length * 0.75)] ?? last);
}

function yearBefore(day: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear() - 1, date.getUTCMonth(), date.getUTCDate()) / DAY_MS;
}

function sinceRows(table: Table, time: string | undefined, since: string | undefined): (row: number) => boolean {
  if (since === undefined) return () => true;
  if (time === undefined) throw new LabError('split-needs-time', { column: '' });
  const column = columnOf(table, time);
  if (column.type !== 'date') throw new LabError('split-needs-time', { column: time });
  const first = dayOf(since) * DAY_MS;
  return (row) => column.values[row]! >= first;
}
