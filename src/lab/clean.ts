import { formatCleaning } from '../core/clean/clean-file.js';
import { whyNotServed, type CleanStep } from '../core/clean/clean-step.js';
import type { StepOutcome } from '../core/clean/apply-cleaning.js';
import { suggestCleaning } from '../core/clean/suggest-cleaning.js';
import { LabError } from '../core/lab-error.js';
import { md5Hex } from '../core/version/md5.js';
import { readCleaned, readCleaning, type CleanedData } from './cleaning/cleaned-data.js';
import { QUALITY } from './cleaning/paths.js';
import { argsOfStep, STEP_FLAGS, stepOf, type StepArgs } from './cleaning/step-args.js';
import { commandOf, defineVerb, type Verb, type VerbContext } from './verb.js';

/** Adds, takes away or moves a step of the cleaning recipe, which stands between the raw and the prepared data. */
export const clean = defineVerb({
  name: 'clean',
  summary: 'write the cleaning recipe step by step: data/clean.yaml',
  flags: STEP_FLAGS,
  async run(context, args) {
    const before = await readCleaning(context.platform);
    const changed = await changeSteps(context, before, args);
    const data = await readCleaned(context.session, changed ?? before, context);
    const lines = args.suggest === true ? suggestionLines(data) : stepLines(data);
    const summary = `${data.steps.length} steps, ${data.cleaned.table.rows} of ${data.raw.rows} rows`;
    const result = { steps: data.steps.length, rows: data.cleaned.table.rows, outcomes: data.cleaned.outcomes };
    const text = formatCleaning(data.steps);
    const digest = md5Hex(new TextEncoder().encode(text));
    const step = { object: { type: 'cleaning', id: data.facts.dataset, digest } };
    if (changed === undefined) return { result, lines, step };
    await context.platform.files.write(QUALITY.cleaning, text);
    return { result, lines, step, files: [QUALITY.cleaning], message: `clean: ${summary}` };
  },
});

/** The steps as the flags want them; undefined when they only look. */
async function changeSteps(context: VerbContext, steps: readonly CleanStep[], args: StepArgs): Promise<readonly CleanStep[] | undefined> {
  if (args.undo === true) return steps.length === 0 ? refuse('nothing-to-undo') : steps.slice(0, -1);
  if (args.remove !== undefined) return steps.toSpliced(placeOf(args.remove, steps.length, '--remove'), 1);
  if (args.move !== undefined) {
    const from = placeOf(args.move, steps.length, '--move');
    return steps.toSpliced(from, 1).toSpliced(placeOf(args.place ?? Number.NaN, steps.length, '--place'), 0, steps[from]!);
  }
  if (args.step === undefined) return args.list === true || args.suggest === true ? undefined : refuse('flag-required', { command: 'lab clean', flag: '--step' });
  const at = args.at === undefined ? steps.length : placeOf(args.at, steps.length + 1, '--at');
  const { cleaned } = await readCleaned(context.session, steps.slice(0, at), context);
  return steps.toSpliced(at, 0, stepOf(args, cleaned.table));
}

function refuse(code: string, data: Record<string, string> = {}): never {
  throw new LabError(code, data);
}

function placeOf(place: number, length: number, flag: string): number {
  if (!Number.isInteger(place) || place < 1 || place > length) throw new LabError('flag-value', { flag, value: String(place), expected: `1 … ${length}` });
  return place - 1;
}

const commandOfStep = (step: CleanStep): string => commandOf(clean as unknown as Verb, argsOfStep(step));

function stepLines({ steps, cleaned, raw }: CleanedData): string[] {
  const rows = steps.flatMap((step, i) => [`${String(i + 1).padStart(2)}. ${commandOfStep(step).replace('lab clean --step ', '')}`, `    ${outcomeText(cleaned.outcomes[i]!)}${whyNotServed(step) ? '; not applied when serving' : ''}`]);
  return [...rows, `${cleaned.table.rows} of ${raw.rows} rows stay`];
}

function outcomeText({ changed, lost, dropped }: StepOutcome): string {
  if (dropped > 0) return `${dropped} rows dropped`;
  const parts = Object.entries(changed).map(([name, count]) => `${name} ${count}`);
  return parts.length === 0 ? 'nothing changed' : `cells changed: ${parts.join(', ')}${lost > 0 ? `; ${lost} of them are missing now` : ''}`;
}

function suggestionLines({ cleaned }: CleanedData): string[] {
  const all = suggestCleaning(cleaned.table);
  if (all.length === 0) return ['nothing is suggested'];
  return all.flatMap(({ why, count, examples, step }) => [`${why}: ${count}${examples.length > 0 ? ` (${examples.join(' | ')})` : ''}`, `    ${commandOfStep(step)}`]);
}
