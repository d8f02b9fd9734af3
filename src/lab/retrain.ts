import { dateOf, dayOf } from '../core/calendar.js';
import { LabError } from '../core/lab-error.js';
import { isBetter, mainMetric, metricsOf } from '../core/evaluate/metric-names.js';
import { applyRecipe, labelledRows, targetValues } from '../core/prepare/apply-recipe.js';
import type { PrepareChoices, Recipe } from '../core/prepare/recipe.js';
import { setAlias, usableVersion } from '../core/registry/registry.js';
import { predict } from '../core/train/fit.js';
import { settingsOf } from '../core/train/settings.js';
import { readCleaned } from './cleaning/cleaned-data.js';
import { collect } from './collect.js';
import { featuredTable } from './engineering/featured-data.js';
import { evaluateRun } from './evaluate.js';
import { prepareRows } from './prepare.js';
import { readRawFacts } from './project/artefacts.js';
import { readYaml, writeJson } from './project/files.js';
import { PATHS } from './project/paths.js';
import { findRun, findService, loadRegistry, loadServices, requireWorld, saveRegistry } from './project/state.js';
import { registerRun } from './register.js';
import { trainRun } from './train.js';
import type { ComparisonSummary } from './views/snapshot.js';
import { defineVerb, number, text, type VerbContext } from './verb.js';

/** Fits a challenger on newer rows and judges it and the champion on the same later rows, which neither has seen. */
export const retrain = defineVerb({
  name: 'retrain',
  summary: 'fit a challenger on newer rows and compare it with the champion',
  flags: {
    service: text('service whose model is retrained; the only one when left out'),
    windowDays: number('how many days of rows to learn from'),
    holdoutDays: number('how many of the newest days both are judged on'),
  },
  async run(context, args) {
    const [windowDays, holdoutDays] = [wholeDays('--window-days', args.windowDays ?? 730), wholeDays('--holdout-days', args.holdoutDays ?? 90)];
    const service = findService(await loadServices(context.platform), args.service);
    const champion = usableVersion(await loadRegistry(context.platform), service.model, service.version);
    const world = await requireWorld(context.platform);
    const files = await prepareNewer(context, world.dataset, windowDays, holdoutDays);
    const old = await findRun(context.platform, champion.runId);
    const settings = settingsOf(old.model, settingsFromParams(old.params));
    const trained = await trainRun(context, { kind: old.model, settings, seed: old.seed, name: `${service.model}-${world.now}` });
    const run = await evaluateRun(context, trained.run, old.threshold ?? 0.5);
    const version = await registerRun(context, run, service.model, undefined);
    await saveRegistry(context.platform, setAlias(await loadRegistry(context.platform), service.model, 'challenger', version));
    const comparison = await compare(context, service.model, champion.version, version);
    await writeJson(context.platform, PATHS.comparison, comparison);
    const better = isBetter(run.task, comparison.challengerValue, comparison.championValue);
    return {
      result: { version, run: run.id, comparison, better },
      lines: [
        `${service.model} version ${version} is the challenger (run ${run.id.slice(0, 8)})`,
        `  ${comparison.metric} on ${comparison.rows} rows, ${comparison.from} to ${comparison.to}: champion ${comparison.championValue.toPrecision(4)}, challenger ${comparison.challengerValue.toPrecision(4)}`,
        better ? `  the challenger is better; promote it with: lab promote --name ${service.model} --version ${version}` : '  the champion is still better; keep it',
      ],
      step: { object: { type: 'version', id: `${service.model}/${version}`, digest: run.modelDigest }, before: String(champion.version), after: String(version) },
      files: [...files, ...trained.files, PATHS.params, PATHS.metrics, PATHS.comparison],
      message: `retrain: ${service.model} version ${version} challenges ${champion.version}`,
    };
  },
});

/** Collects what is known today and prepares the last `windowDays` before the holdout with the same choices as before. */
async function prepareNewer(context: VerbContext, dataset: string, windowDays: number, holdoutDays: number): Promise<string[]> {
  const collected = await collect.run(context, { dataset });
  const data = await readCleaned(context.session, undefined, context);
  const params = (await readYaml(context.platform, PATHS.params))?.['prepare'];
  if (!params || data.facts.collected.to === undefined) throw new LabError('missing-step', { path: PATHS.params, verb: 'prepare' });
  const { since: _since, ...choices } = params as PrepareChoices & { since?: string };
  const testFrom = dayOf(data.facts.collected.to) + 1 - holdoutDays;
  const prepared = await prepareRows(context, data, { ...choices, split: { kind: 'time', testFrom: dateOf(testFrom) } }, dateOf(testFrom - windowDays));
  return [...(collected.files ?? []), ...prepared.files];
}

/** Both versions on the challenger's test rows; throws `champion-saw-rows` when the champion learned from some of them. */
async function compare({ platform, session }: VerbContext, name: string, champion: number, challenger: number): Promise<ComparisonSummary> {
  const registry = await loadRegistry(platform);
  const [old, fresh] = await Promise.all([champion, challenger].map((version) => session.artefacts.model(usableVersion(registry, name, version).modelDigest)));
  const { split } = await session.artefacts.prepared(fresh!.preparedDigest);
  if (split.choice.kind !== 'time') throw new LabError('split-needs-time', { column: '' });
  const { testFrom } = split.choice;
  if (old!.trainedTo !== undefined && old!.trainedTo >= testFrom) throw new LabError('champion-saw-rows', { trainedTo: old!.trainedTo, testFrom });
  const tableFor = (recipe: Recipe) => featuredTable(session, fresh!.dataDigest, split.columns, recipe);
  const rows = labelledRows(await tableFor(fresh!.recipe), fresh!.recipe.target, Int32Array.from(split.test));
  const { task, classes } = fresh!.model;
  const metric = mainMetric(task).name;
  const score = async ({ recipe, model }: typeof fresh & object): Promise<number> => {
    const table = await tableFor(recipe);
    return metricsOf(task, classes, targetValues(recipe, table, rows), predict(model, applyRecipe(recipe, table, rows)))[metric]!;
  };
  const at = (await requireWorld(platform)).now;
  return { model: name, champion, challenger, metric, championValue: await score(old!), challengerValue: await score(fresh!), rows: rows.length, from: testFrom, to: (await readRawFacts(platform)).collected.to!, at };
}

function settingsFromParams(params: Readonly<Record<string, string>>): Record<string, unknown> {
  const { seed: _seed, ...settings } = params;
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, /^\d+(x\d+)+$/.test(value) ? value.split('x').map(Number) : Number.isNaN(Number(value)) ? value : Number(value)]),
  );
}

function wholeDays(flag: string, days: number): number {
  if (!Number.isInteger(days) || days < 1) throw new LabError('flag-value', { flag, value: String(days), expected: 'whole number from 1' });
  return days;
}
