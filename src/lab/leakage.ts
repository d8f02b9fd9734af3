import { cleanColumn } from '../core/clean/clean-column.js';
import { servedSteps, type LimitStep } from '../core/clean/clean-step.js';
import { droppedBy, isHistory } from '../core/features/feature-step.js';
import { LabError } from '../core/lab-error.js';
import { fitRecipe } from '../core/prepare/fit-recipe.js';
import { findLeakage, type PreparedData } from '../core/prepare/leakage.js';
import type { PrepareChoices, Recipe } from '../core/prepare/recipe.js';
import type { Table } from '../core/table/table.js';
import { rawLines, readCleaned } from './cleaning/cleaned-data.js';
import { QUALITY } from './cleaning/paths.js';
import { remedyOf } from './cleaning/leak-remedies.js';
import type { LeakageReport, ReportedLeak } from './cleaning/leakage-report.js';
import { featuredTable, readFeatures } from './engineering/featured-data.js';
import { loadWorld } from './project/state.js';
import { requirePointer } from './project/artefacts.js';
import { readParams, writeJson } from './project/files.js';
import { PATHS } from './project/paths.js';
import { defineVerb, text, type VerbContext } from './verb.js';

/** Looks whether the target or the test rows reach the model, with evidence and a remedy for each finding. */
export const leakage = defineVerb({
  name: 'leakage',
  summary: 'look for leaks in what was prepared, with evidence and a remedy',
  flags: { group: text('column whose equal rows must stay on one side') },
  async run(context, args) {
    const { data, digest, choices, learned } = await readPrepared(context, args.group);
    const lines = await rawLines(context.session);
    const found = findLeakage(data).map(({ rows, ...leak }): ReportedLeak => ({ ...leak, lines: rows.map((row) => lines[row] ?? row + 2) }));
    const findings = [...found, ...learned].map((leak) => withRemedy(leak, choices));
    const report: LeakageReport = { version: 1, prepared: digest, train: data.train.length, test: data.test.length, findings };
    await writeJson(context.platform, QUALITY.leakage, report);
    const summary = findings.length === 0 ? 'no leak found' : `${findings.length} findings`;
    return {
      result: report,
      lines: [`${summary} in ${report.train} training and ${report.test} test rows`, ...findings.flatMap(linesOf)],
      step: { object: { type: 'leakage', id: data.recipe.target, digest } },
      files: [QUALITY.leakage],
      message: `leakage: ${summary}`,
      status: findings.length === 0 ? 0 : 1,
    };
  },
});

function withRemedy(leak: ReportedLeak, choices: PrepareChoices | undefined): ReportedLeak {
  const remedy = remedyOf(leak, choices);
  return remedy === undefined ? leak : { ...leak, remedy };
}

async function readPrepared({ platform, session }: VerbContext, group: string | undefined): Promise<{ data: PreparedData; digest: string; choices?: PrepareChoices; learned: ReportedLeak[] }> {
  const pointer = await requirePointer(platform, PATHS.prepared, 'prepare');
  const { recipe, split } = await session.artefacts.prepared(pointer.md5);
  const { facts, steps, digest } = await readCleaned(session);
  if (split.dataDigest !== digest) throw new LabError('prepared-stale', { data: digest, prepared: split.dataDigest });
  const raw = await featuredTable(session, split.dataDigest, split.columns, recipe);
  const cells = servedSteps(steps);
  const table: Table = { rows: raw.rows, columns: raw.columns.map((column) => cleanColumn(column, cells)) };
  const known = group ?? (await session.catalogue()).find(({ id }) => id === facts.dataset)?.group;
  const choices = await readChoices(platform, recipe);
  const train = Int32Array.from(split.train);
  const features = await readFeatures(platform);
  const refitted = choices && refit(table, train, { ...choices, drop: [...choices.drop, ...droppedBy(features)] });
  const data: PreparedData = {
    table, train, test: Int32Array.from(split.test), recipe, split: split.choice,
    ...(split.time === undefined ? {} : { time: split.time }), ...(known === undefined ? {} : { group: known }), ...(refitted === undefined ? {} : { refitted }),
  };
  const learned = split.choice.kind === 'none' ? [] : steps.flatMap((step, i): ReportedLeak[] => (step.do === 'limit' && step.learned !== undefined && step.act !== 'drop' ? [learnedLimits(step, i, raw.rows, train.length)] : []));
  return { data, digest: pointer.md5, learned: [...learned, ...(await earlyLabels(platform, recipe, train.length))], ...(choices === undefined ? {} : { choices }) };
}

const learnedLimits = ({ column, low, high, learned }: LimitStep, i: number, all: number, train: number): ReportedLeak =>
  ({ kind: 'limits-from-all-rows', column, count: all, of: train, measure: learned!, seen: `${low} … ${high}`, expected: String(i + 1), lines: [] });

/** Features that look at labels sooner than they arrive: in training they know what no service will know in time. */
async function earlyLabels(platform: VerbContext['platform'], { target, features }: Recipe, train: number): Promise<ReportedLeak[]> {
  const delay = (await loadWorld(platform))?.labelDelay ?? 0;
  return (features?.steps ?? []).flatMap(({ step }): ReportedLeak[] =>
    isHistory(step) && step.column === target && (step.gap ?? 0) < delay ? [{ kind: 'label-before-it-arrives', column: step.name, count: train, of: train, seen: String(step.gap ?? 0), expected: String(delay), lines: [] }] : []);
}

/** The choices of the last preparation, when `params.yaml` still holds them. */
async function readChoices(platform: VerbContext['platform'], recipe: Recipe): Promise<PrepareChoices | undefined> {
  const found = await readParams<PrepareChoices>(platform, 'prepare');
  return found?.target === recipe.target && found.split && Array.isArray(found.drop) && Array.isArray(found.categorical) ? (found as PrepareChoices) : undefined;
}

function refit(table: Table, train: Int32Array, choices: PrepareChoices): Recipe | undefined {
  try {
    return fitRecipe(table, train, choices).recipe;
  } catch {
    return undefined;
  }
}

function linesOf({ kind, column, count, of, score, measure, seen, expected, lines, remedy }: ReportedLeak): string[] {
  const facts = [`${count} of ${of}`, ...(score === undefined ? [] : [`${measure ?? 'correlation'} ${score.toFixed(4)}`]), ...(seen === undefined ? [] : [kind === 'label-before-it-arrives' ? `${seen} days between, a label arrives after ${expected}: use --gap ${expected}` : seen]), ...(kind === 'fitted-on-more' && expected !== undefined ? [`training rows alone: ${expected}`] : []), ...(lines.length === 0 ? [] : [`lines ${lines.join(', ')}`])];
  return [`  ${kind}${column === undefined ? '' : ` ${column}`}: ${facts.join('; ')}`, ...(remedy === undefined ? [] : [`    remedy: ${remedy.command}`])];
}
