import { LabError } from '../core/lab-error.js';
import { exportFiles } from '../core/package/export-files.js';
import type { Lineage } from '../core/package/lineage.js';
import { EXPORT_FORMATS, type ExportFormat, type ModelExport } from '../core/package/model-export.js';
import { usableVersion, versionByAlias, type Registry } from '../core/registry/registry.js';
import type { RunRecord } from '../core/track/run.js';
import { md5Hex } from '../core/version/md5.js';
import { formatManifest } from '../core/version/manifest.js';
import { runRows } from './evaluate.js';
import { pointerOf } from './project/artefacts.js';
import { ignorePath, readYaml } from './project/files.js';
import { EXPORTS, PATHS } from './project/paths.js';
import { findRun, loadRegistry } from './project/state.js';
import { defineVerb, number, text, type VerbContext } from './verb.js';

/** What was written: the folder below `exports/` and the size of each file in bytes. */
export interface ExportReport {
  readonly folder: string;
  readonly format: ExportFormat;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  readonly bytes: number;
}

/** Held rows that travel with an export to try it on. */
const EXAMPLE_ROWS = 5;

/** Writes a model with its preprocessing as files that other tools run. */
export const exportModel = defineVerb({
  name: 'export-model',
  summary: 'write a model with its preprocessing as files that run outside the lab',
  flags: {
    name: text('name of the registered model'),
    version: number('its version; the newest one that is not retired when left out'),
    alias: text('alias of the version, such as champion'),
    run: text('a run by id or name, instead of a registered model'),
    format: text('onnx, tfjs (nets), mlflow, or json', { required: true, choices: EXPORT_FORMATS }),
  },
  async run(context, args) {
    const chosen = await choose(context, args);
    const format = args.format as ExportFormat;
    const files = await writtenFiles(context, format, await exportOf(context, chosen));
    const folder = `${chosen.folder}-${format}`;
    const ignored = await ignorePath(context.platform, '', EXPORTS);
    if (await context.platform.files.stat(`${EXPORTS}/${folder}`)) await context.platform.files.remove(`${EXPORTS}/${folder}`);
    for (const [path, content] of files) await context.platform.files.write(`${EXPORTS}/${folder}/${path}`, content);
    const sizes = files.map(([path, content]) => ({ path, bytes: content.length }));
    const bytes = sizes.reduce((sum, file) => sum + file.bytes, 0);
    const report: ExportReport = { folder, format, files: sizes, bytes };
    return {
      result: report,
      lines: [`wrote ${EXPORTS}/${folder}/ (${bytes} bytes); README.md in it says how to run it`, ...sizes.map((file) => `  ${file.path.padEnd(20)}${String(file.bytes).padStart(10)}`)],
      step: { object: { type: 'export', id: folder, digest: chosen.run.modelDigest }, after: formatManifest(files.map(([relpath, content]) => ({ relpath, md5: md5Hex(content) }))).id },
      files: [ignored],
      message: `export-model: ${folder}`,
    };
  },
});

interface Chosen {
  readonly run: RunRecord;
  readonly folder: string;
  readonly title: string;
  readonly name?: string;
  readonly version?: number;
  readonly aliases: readonly string[];
}

/** The model that is meant. Throws `export-which`, `unknown-model`, `unknown-version`, `unknown-alias`, `version-retired`, `no-runs`, `unknown-run`. */
async function choose({ platform }: VerbContext, { name, version, alias, run: id }: { name?: string; version?: number; alias?: string; run?: string }): Promise<Chosen> {
  if ((name === undefined) === (id === undefined) || (version !== undefined && alias !== undefined) || (name === undefined && (version ?? alias) !== undefined)) throw new LabError('export-which');
  if (name === undefined) {
    const run = await findRun(platform, id);
    return { run, folder: `run-${run.id.slice(0, 8)}`, title: `Run ${run.name}`, aliases: [] };
  }
  const registry = await loadRegistry(platform);
  const own = alias !== undefined ? versionByAlias(registry, name, alias) : (version ?? newestUsable(registry, name));
  const record = usableVersion(registry, name, own);
  const run = await findRun(platform, record.runId);
  const aliases = Object.entries(registry.models[name]!.aliases).flatMap(([word, target]) => (target === own ? [word] : []));
  return { run, folder: `${name}-v${own}`, title: `${name} version ${own}`, name, version: own, aliases };
}

/** Throws `unknown-model`, or `version-retired` when all are. */
function newestUsable(registry: Registry, name: string): number {
  const versions = registry.models[name]?.versions ?? [];
  return (versions.findLast(({ retired }) => retired === undefined) ?? versions.at(-1))?.version ?? 1;
}

async function exportOf({ session, platform }: VerbContext, chosen: Chosen): Promise<ModelExport> {
  const { run } = chosen;
  const { recipe, model, table, test, train } = await runRows(session, run);
  const rows = (test.rows.length > 0 ? test : train).rows.slice(0, EXAMPLE_ROWS);
  // What is said of the data holds only while they are the run's.
  const facts = (await pointerOf(platform, PATHS.raw))?.md5 === run.dataDigest ? await readYaml(platform, PATHS.rawFacts) : undefined;
  const known = (key: string): Record<string, string> => (typeof facts?.[key] === 'string' ? { [key]: facts[key] } : {});
  const lineage: Lineage = {
    title: chosen.title,
    ...(chosen.name === undefined ? {} : { name: chosen.name, version: chosen.version }),
    aliases: chosen.aliases,
    run: { id: run.id, name: run.name, started: new Date(run.started).toISOString(), seed: run.seed, params: run.params },
    ...(run.commit === undefined ? {} : { commit: run.commit }),
    data: { md5: run.dataDigest, path: PATHS.raw, ...known('dataset'), ...known('licence') },
    prepared: { md5: run.preparedDigest },
    model: { md5: run.modelDigest, kind: run.model, task: run.task },
    metrics: run.metrics,
    exported: new Date(platform.now()).toISOString(),
  };
  return { recipe, model, threshold: run.threshold ?? 0.5, example: { table, rows }, lineage };
}

/** Writes piece by piece, so that a large forest can be stopped. */
async function writtenFiles(context: VerbContext, format: ExportFormat, given: ModelExport): Promise<[string, Uint8Array][]> {
  const writing = exportFiles(format, given);
  for (;;) {
    const step = writing.next();
    if (step.done) return Object.entries(step.value).map(([path, content]) => [path, typeof content === 'string' ? new TextEncoder().encode(content) : content]);
    context.progress({ ...step.value, note: 'export-model' });
    await context.breathe();
  }
}
