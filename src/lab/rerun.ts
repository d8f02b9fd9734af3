import { LabError } from '../core/lab-error.js';
import { RERUN_TAG, type RunRecord } from '../core/track/run.js';
import { settingsOf } from '../core/train/fit.js';
import { md5Hex } from '../core/version/md5.js';
import { encodeJson } from './project/artefacts.js';
import { findRun, saveRun } from './project/state.js';
import { fitRun, keepHistograms, nextRunId, readSettings } from './train.js';
import { defineVerb, text } from './verb.js';

/** Numbers that agree this well came from the same training on another backend. */
const CLOSE = 1e-4;

/** What came out of training a run again; `bits`: the same model bit for bit, `close`: the same within rounding. */
export interface RerunReport {
  readonly run: string;
  readonly of: string;
  readonly same: 'bits' | 'close' | 'no';
  readonly metrics: Readonly<Record<string, readonly [before: number, after: number]>>;
}

/** Trains a run again from what it recorded, whatever the project holds now, and says whether the same came out. */
export const rerun = defineVerb({
  name: 'rerun',
  summary: 'train a run again from the data, settings and seed it recorded, and compare',
  flags: { run: text('id or name of the run; the newest one when left out') },
  async run(context, args) {
    const { platform } = context;
    const old = await findRun(platform, args.run);
    // What was read before may still be in memory; another would not find it there.
    for (const object of [old.dataDigest, old.preparedDigest]) if (!(await platform.objects.has(object))) throw new LabError('object-missing', { id: object });
    const { seed: _seed, ...params } = old.params;
    const settings = settingsOf(old.model, readSettings(Object.entries(params).map(([name, value]) => `${name}=${value}`)));
    const id = await nextRunId(context);
    const { artefact, record, histograms } = await fitRun(context, { raw: old.dataDigest, prepared: old.preparedDigest }, { kind: old.model, settings, seed: old.seed, name: `${old.name}-again` }, id);
    const content = encodeJson(artefact);
    const modelDigest = md5Hex(content);
    await platform.objects.put(modelDigest, content);
    const run: RunRecord = { ...record, modelDigest, tags: { [RERUN_TAG]: old.id } };
    await saveRun(platform, run);
    await keepHistograms(platform, id, histograms);
    const report: RerunReport = { run: id, of: old.id, ...compareRecords(old, run) };
    return {
      result: report,
      lines: [`run ${id.slice(0, 8)} (${run.name}): ${WORDS[report.same]}`, ...Object.entries(report.metrics).map(([name, [before, after]]) => `  ${name} ${before.toPrecision(6)} → ${after.toPrecision(6)}`)],
      step: { object: { type: 'run', id, digest: modelDigest }, before: old.modelDigest, after: modelDigest, reason: `again: ${old.id.slice(0, 8)}` },
    };
  },
});

const WORDS: Readonly<Record<RerunReport['same'], string>> = { bits: 'the same model, bit for bit', close: 'the same within rounding', no: 'something else came out' };

/** Judges by the metrics on the training rows, which every run has. */
function compareRecords(old: RunRecord, run: RunRecord): Pick<RerunReport, 'same' | 'metrics'> {
  const metrics = Object.fromEntries(Object.keys(old.metrics).flatMap((name) => (run.metrics[name] === undefined ? [] : [[name, [old.metrics[name]!, run.metrics[name]] as const]])));
  if (old.modelDigest === run.modelDigest) return { same: 'bits', metrics };
  const close = Object.values(metrics).every(([before, after]) => Math.abs(before - after) <= CLOSE * Math.max(1, Math.abs(before)));
  return { same: close ? 'close' : 'no', metrics };
}
