import type { Featured } from '../core/features/apply-features.js';
import { madeBy, servedBy, type FeatureStep } from '../core/features/feature-step.js';
import { formatFeatures, parseFeatures } from '../core/features/features-file.js';
import { LabError } from '../core/lab-error.js';
import { cellText, columnOf } from '../core/table/select.js';
import { md5Hex } from '../core/version/md5.js';
import { readCleaned, type CleanedData } from './cleaning/cleaned-data.js';
import { makeFeatures, readFeatures, readPurpose, type Purpose } from './engineering/featured-data.js';
import { measureEffect, type EffectReport } from './engineering/measure-effect.js';
import { FEATURES } from './engineering/paths.js';
import { choicesFor, rankInputs, type RankingReport } from './engineering/rank-inputs.js';
import { FEATURE_FLAGS, featureLine, featureStepOf, type FeatureArgs } from './engineering/step-args.js';
import { writeJson } from './project/files.js';
import { defineVerb, type Outcome, type VerbContext } from './verb.js';

/** What the verb gives back: the recipe as it is, and what was looked at. */
export interface FeaturesResult {
  readonly steps: number;
  readonly outcomes: Featured['outcomes'];
  readonly effect?: EffectReport;
  readonly ranking?: RankingReport;
}

interface Workbench {
  readonly data: CleanedData;
  readonly purpose: Purpose;
  readonly steps: readonly FeatureStep[];
}

/** Makes columns of the cleaned ones step by step, ranks the inputs, and measures what a step is worth. */
export const features = defineVerb({
  name: 'features',
  summary: 'make features step by step (data/features.yaml), rank them, measure their effect',
  flags: FEATURE_FLAGS,
  async run(context, args): Promise<Outcome<FeaturesResult>> {
    const data = await readCleaned(context.session);
    const bench: Workbench = { data, purpose: await readPurpose(context.platform, data), steps: await readFeatures(context.platform) };
    if (args.select !== undefined) return rank(context, bench, args);
    if (args.try === true) return measure(context, bench, args);
    const changed = changeSteps(bench, args);
    const steps = readBack(changed ?? bench.steps);
    const made = await makeFeatures(context.session, data, steps, bench.purpose);
    const lines = args.preview === true ? previewLines(made, steps.at(placeAdded(args, bench.steps.length))!) : stepLines(steps, made);
    return finish(context, bench, steps, made, { lines, write: changed !== undefined && args.preview !== true });
  },
});

/** Steps go through the reader of the file, so that nothing is written that cannot be read. */
const readBack = (steps: readonly FeatureStep[]): readonly FeatureStep[] => parseFeatures(formatFeatures(steps), FEATURES.recipe);

interface Finish {
  readonly lines: readonly string[];
  readonly write: boolean;
  readonly more?: Omit<FeaturesResult, 'steps' | 'outcomes'>;
  readonly files?: readonly string[];
}

async function finish({ platform }: VerbContext, { data }: Workbench, steps: readonly FeatureStep[], { outcomes, table }: Featured, { lines, write, more = {}, files = [] }: Finish): Promise<Outcome<FeaturesResult>> {
  const content = formatFeatures(steps);
  const step = { object: { type: 'features', id: data.facts.dataset, digest: md5Hex(new TextEncoder().encode(content)) } };
  const result = { steps: steps.length, outcomes, ...more };
  if (write) await platform.files.write(FEATURES.recipe, content);
  const written = [...(write ? [FEATURES.recipe] : []), ...files];
  return { result, lines, step, ...(written.length === 0 ? {} : { files: written, message: `features: ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}, ${table.columns.length} columns` }) };
}

/** Place from 0 at which the added step stands. */
const placeAdded = ({ at }: FeatureArgs, steps: number): number => (at === undefined ? steps : at - 1);

/** The steps as the flags want them; undefined when they only look. */
function changeSteps({ steps, purpose }: Workbench, args: FeatureArgs): readonly FeatureStep[] | undefined {
  if (args.undo === true) return steps.length === 0 ? refuse('no-feature-step') : steps.slice(0, -1);
  if (args.clear === true) return [];
  if (args.remove !== undefined) return steps.toSpliced(placeOf(args.remove, steps.length, '--remove'), 1);
  if (args.move !== undefined) {
    const from = placeOf(args.move, steps.length, '--move');
    return steps.toSpliced(from, 1).toSpliced(placeOf(args.place ?? Number.NaN, steps.length, '--place'), 0, steps[from]!);
  }
  if (args.add === undefined) return args.list === true ? undefined : refuse('flag-required', { command: 'lab features', flag: '--add' });
  if (args.at !== undefined) placeOf(args.at, steps.length + 1, '--at');
  return steps.toSpliced(placeAdded(args, steps.length), 0, featureStepOf(args, purpose.time));
}

function refuse(code: string, data: Record<string, string> = {}): never {
  throw new LabError(code, data);
}

function placeOf(place: number, length: number, flag: string): number {
  if (!Number.isInteger(place) || place < 1 || place > length) throw new LabError('flag-value', { flag, value: String(place), expected: length === 0 ? 'nothing' : `1 … ${length}` });
  return place - 1;
}

const SERVED = { row: 'made from each request', fitted: 'made from each request with the figures of the training rows', history: 'serving looks back at the collected rows', none: '' } as const;

function stepLines(steps: readonly FeatureStep[], { outcomes, table }: Featured): string[] {
  const rows = steps.flatMap((step, i) => {
    const { missing, undefinedCount } = outcomes[i]!;
    const notes = [...(missing > 0 ? [`${missing} cells missing`] : []), ...(undefinedCount > 0 ? [`${undefinedCount} rows without a finite value (such as a division by zero)`] : []), SERVED[servedBy(step)]].filter((note) => note !== '');
    return [`${String(i + 1).padStart(2)}. ${step.do} ${featureLine(step)}`, ...(notes.length === 0 ? [] : [`    ${notes.join('; ')}`])];
  });
  return [...rows, `${table.columns.length} columns`];
}

function previewLines({ table }: Featured, step: FeatureStep): string[] {
  const columns = madeBy(step).map((name) => columnOf(table, name));
  const rows = Array.from({ length: Math.min(8, table.rows) }, (_, row) => columns.map((column) => cellText(column, row) || '-').join('\t'));
  return [columns.map(({ name }) => name).join('\t'), ...rows, 'nothing was kept'];
}

async function measure(context: VerbContext, bench: Workbench, args: FeatureArgs): Promise<Outcome<FeaturesResult>> {
  const { data, purpose, steps } = bench;
  const at = args.step === undefined ? placeAdded(args, steps.length) : placeOf(args.step, steps.length, '--step');
  const whole = args.step === undefined ? readBack(changeSteps(bench, args)!) : steps;
  const step = whole[at]!;
  const made = await makeFeatures(context.session, data, whole, purpose);
  const question = { table: data.cleaned.table, train: purpose.train, choices: choicesFor(data, purpose), without: whole.toSpliced(at, 1), with: whole, step };
  const asked = { ...(args.model === undefined ? {} : { model: args.model }), ...(args.folds === undefined ? {} : { folds: args.folds }), ...(args.seed === undefined ? {} : { seed: args.seed }) };
  const effect = await measureEffect(context, { ...question, ...asked });
  await writeJson(context.platform, FEATURES.effect, effect);
  return finish(context, bench, steps, made, { lines: effectLines(effect), write: false, more: { effect }, files: [FEATURES.effect] });
}

const show = (value: number): string => value.toPrecision(4);
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function effectLines({ step, model, metric, without, with: own, difference, interval, pValue, verdict, rows, folds }: EffectReport): string[] {
  const says = { helps: 'it helps', hurts: 'it makes the model worse', unclear: 'no effect that chance could not explain' };
  return [
    `${step.do} ${featureLine(step)}`,
    `  ${metric} of ${model} on ${own.length} folds (${folds}) of ${rows} training rows: without ${show(meanOf(without))}, with ${show(meanOf(own))}`,
    `  difference ${show(difference)}${interval ? `, 95 % ${show(interval.low)} … ${show(interval.high)}` : ''}${pValue === null ? '' : `, p ${pValue.toPrecision(2)}`}: ${says[verdict]}`,
  ];
}

async function rank(context: VerbContext, bench: Workbench, args: FeatureArgs): Promise<Outcome<FeaturesResult>> {
  const { data, purpose, steps } = bench;
  const made = await makeFeatures(context.session, data, steps, purpose);
  const ranking = await rankInputs(context, { table: made.table, steps, purpose, choices: choicesFor(data, purpose) }, args);
  await writeJson(context.platform, FEATURES.ranking, ranking);
  const lines = ranking.features.map(({ name, value }, i) => `${String(i + 1).padStart(3)}. ${name.padEnd(28)}${value === null ? '-' : show(value)}`);
  const head = `by ${ranking.by}, ${ranking.rows} training rows`;
  if (args.keep === undefined) return finish(context, bench, steps, made, { lines: [head, ...lines], write: false, more: { ranking }, files: [FEATURES.ranking] });
  const left = ranking.features.slice(placeOf(args.keep, ranking.features.length, '--keep') + 1).map(({ name }) => name);
  if (left.length === 0) return refuse('flag-value', { flag: '--keep', value: String(args.keep), expected: `less than ${ranking.features.length}` });
  const after = readBack([...steps, { do: 'drop', columns: left }]);
  const remade = await makeFeatures(context.session, data, after, purpose);
  return finish(context, bench, after, remade, { lines: [head, ...lines, `left out: ${left.join(', ')}`], write: true, more: { ranking }, files: [FEATURES.ranking] });
}
