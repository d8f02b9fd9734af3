import { LabError } from '../core/lab-error.js';
import { findChanges, type StageChange } from '../core/pipeline/find-changes.js';
import { downstreamOf, runOrder } from '../core/pipeline/graph.js';
import { formatLock } from '../core/pipeline/lock-file.js';
import { isCacheable } from '../core/pipeline/run-cache.js';
import type { LockedStage, Stage } from '../core/pipeline/stage.js';
import { md5Hex } from '../core/version/md5.js';
import { parseManifest } from '../core/version/manifest.js';
import { readPipeline, stateOf, type Pipeline } from './project/pipeline-file.js';
import { recallRun, rememberRun } from './project/run-memory.js';
import { keepOutputs, lockInputs, runStage } from './project/run-stage.js';
import type { Platform } from './platform.js';
import { defineVerb, flag, list, type ArgsOf, type VerbContext } from './verb.js';

/** What became of one stage, and why. */
export interface StageReport {
  readonly stage: string;
  readonly outcome: 'ran' | 'from-cache' | 'skipped' | 'would-run';
  readonly changes: readonly StageChange[];
  readonly printed: string;
}

const flags = {
  targets: list('stages to run, with what they need (default: all)'),
  force: flag('run stages that did not change, too'),
  single: flag('only the targets, not what they need'),
  downstream: flag('the targets and all that needs them'),
  dry: flag('only tell what would run'),
};

/** Runs the stages of `dvc.yaml` that changed, in order; each finished stage is saved before the next begins. */
export const reproduce = defineVerb({
  name: 'reproduce',
  summary: 'run the stages of the pipeline that changed',
  flags,
  async run(context, args) {
    const pipeline = await readPipeline(context.platform);
    const stages = chooseStages(pipeline, args);
    const reports: StageReport[] = [];
    const files = new Set<string>();
    for (const [done, stage] of stages.entries()) {
      context.progress({ done, total: stages.length, note: 'reproducing' });
      await context.breathe();
      const { report, files: changed } = await reproduceStage({ ...context, progress: (p) => context.progress({ ...p, done, total: stages.length }) }, pipeline, stage, args, reports);
      reports.push(report);
      if (report.outcome === 'skipped' || report.outcome === 'from-cache') say(context, done, stages.length, `${sentenceOf(report)}\n`);
      for (const file of changed) files.add(file);
    }
    const ran = reports.filter(({ outcome }) => outcome === 'ran' || outcome === 'from-cache').map(({ stage }) => stage);
    const lock = formatLock(pipeline.locked);
    return {
      result: { stages: reports },
      lines: reports.flatMap(linesOf),
      step: { object: { type: 'pipeline', id: 'dvc.yaml', digest: md5Hex(new TextEncoder().encode(lock)) } },
      ...(ran.length === 0 ? {} : { files: [...files, 'dvc.lock'], message: `reproduce: ${ran.join(', ')}` }),
    };
  },
});

function chooseStages({ graph }: Pipeline, { targets, single, downstream }: ArgsOf<typeof flags>): Stage[] {
  const named = targets ?? [...graph.stages.keys()];
  const all = runOrder(graph, named);
  if (downstream) {
    const wanted = new Set(named.flatMap((name) => downstreamOf(graph, name)));
    return runOrder(graph, [...wanted]).filter(({ name }) => wanted.has(name));
  }
  return single ? all.filter(({ name }) => named.includes(name)) : all;
}

async function reproduceStage(context: VerbContext, pipeline: Pipeline, stage: Stage, args: ArgsOf<typeof flags>, before: readonly StageReport[]): Promise<{ report: StageReport; files: string[] }> {
  const { platform } = context;
  const locked = pipeline.locked[stage.name];
  const state = await stateOf(platform, stage, locked);
  const changes = findChanges(stage, locked, state);
  const report = { stage: stage.name, changes, printed: '' };
  const follows = args.dry === true && before.some(({ stage: name, outcome }) => outcome === 'would-run' && pipeline.graph.needs.get(stage.name)?.includes(name));
  if (changes.length === 0 && !args.force && !follows) return { report: { ...report, outcome: 'skipped' }, files: [] };
  if (args.dry) return { report: { ...report, outcome: 'would-run' }, files: [] };
  const inputs = lockInputs(stage, state);
  const recalled = isCacheable(stage) && !args.force ? await recallRun(platform, inputs) : undefined;
  let printed = '';
  const print = (_stream: string, text: string): void => {
    printed += text;
    say(context, 0, 1, text);
  };
  if (!recalled) say(context, 0, 1, startOf(stage));
  const written = recalled ? await restore(platform, recalled) : await runStage(platform, stage, { signal: context.signal, print }).catch((cause: unknown) => fail(cause, stage, printed));
  context.signal.throwIfAborted();
  const { outs, files } = await keepOutputs(platform, stage, written);
  const finished: LockedStage = { ...inputs, outs };
  pipeline.locked[stage.name] = finished;
  if (isCacheable(stage)) await rememberRun(platform, finished);
  await platform.files.write('dvc.lock', formatLock(pipeline.locked));
  await platform.save();
  return { report: { ...report, printed, outcome: recalled ? 'from-cache' : 'ran' }, files };
}

const say = (context: VerbContext, done: number, total: number, printed: string): void => context.progress({ done, total, note: 'reproducing', printed });

/** What DVC says before a stage runs. */
export const startOf = ({ name, commands }: Stage): string => `Running stage '${name}':\n${commands.map((command) => `> ${command}\n`).join('')}`;

/** What DVC says of a stage that need not run. */
export const sentenceOf = ({ stage, outcome }: StageReport): string =>
  outcome === 'from-cache' ? `Stage '${stage}' is cached - skipping run, checking out outputs` : `Stage '${stage}' didn't change, skipping`;

/** A failure that names its stage and keeps what was printed last. */
function fail(cause: unknown, stage: Stage, printed: string): never {
  const { code, data } = LabError.from(cause);
  throw code === 'cancelled' ? new LabError(code, data) : new LabError(code, { ...data, stage: stage.name, printed: printed.slice(-2000) });
}

/** The outputs of an earlier run, from the object store. */
async function restore(platform: Platform, { outs }: LockedStage): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { path, md5 } of outs) {
    const content = await platform.objects.get(md5);
    if (!md5.endsWith('.dir')) files.set(path, content);
    else for (const entry of parseManifest(content, md5)) files.set(`${path}/${entry.relpath}`, await platform.objects.get(entry.md5));
  }
  return files;
}

const WORDS: Readonly<Record<StageReport['outcome'], string>> = { ran: 'ran', 'from-cache': 'taken from the run cache', skipped: "didn't change, skipped", 'would-run': 'would run' };

function linesOf({ stage, outcome, changes, printed }: StageReport): string[] {
  return [`${stage}: ${WORDS[outcome]}`, ...changes.map((change) => `  because ${describeChange(change)}`), ...printed.split('\n').filter(Boolean).map((line) => `  | ${line}`)];
}

/** A change in one line, with the beginnings of the hashes. */
export function describeChange(change: StageChange): string {
  if (change.kind === 'always') return 'it always runs';
  if (change.kind === 'command') return 'its command changed';
  const name = change.kind === 'param' ? `${change.file}:${change.key}` : change.path;
  return `${change.state} ${change.kind} ${name}: ${show(change.before)} → ${show(change.after)}`;
}

const show = (value: unknown): string => (value === undefined ? '-' : typeof value === 'string' ? value.slice(0, 12) : JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)));
