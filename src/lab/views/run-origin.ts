import { parseJournal, type JournalEntry } from '../../core/govern/journal.js';
import { LabError } from '../../core/lab-error.js';
import type { RunRecord } from '../../core/track/run.js';
import { parseManifest } from '../../core/version/manifest.js';
import type { Platform } from '../platform.js';
import { readJson, readText } from '../project/files.js';
import { histogramsPath, PATHS, REPORTS, runPath, unfinishedPath } from '../project/paths.js';
import type { Session } from '../project/session.js';
import { findAnyRun } from '../project/state.js';
import type { VerbArgs } from '../verb.js';

/** Something that a run left or was made from; `id` names an object of the store, `path` a file of the project. */
export interface RunArtefact {
  readonly name: string;
  readonly id?: string;
  readonly path?: string;
  readonly size: number;
  readonly here: boolean;
}

/** Where a run comes from, whether that is still here, and what it left. */
export interface RunOrigin {
  /** The acts that led to it, oldest first: data, cleaning and preparation, then the training itself. */
  readonly acts: readonly Pick<JournalEntry, 'seq' | 'ts' | 'command'>[];
  readonly data: boolean;
  readonly prepared: boolean;
  readonly model: boolean;
  /** Undefined for a run that began before the first commit. */
  readonly commit?: { readonly id: string; readonly here: boolean; readonly subject?: string };
  readonly artefacts: readonly RunArtefact[];
}

/** The origin of a run. Throws `no-runs`, `unknown-run`. */
export async function runOrigin({ platform }: Session, args: VerbArgs): Promise<RunOrigin> {
  const run = await findAnyRun(platform, String(args['run'] ?? ''));
  const [acts, artefacts, commit] = [await actsOf(platform, run), await artefactsOf(platform, run), await commitOf(platform, run)];
  const here = (id: string): boolean => artefacts.some((one) => one.id === id && one.here);
  return { acts, data: here(run.dataDigest), prepared: artefacts.filter(({ name }) => name.startsWith('prepared/')).every((one) => one.here), model: here(run.modelDigest), ...(commit ? { commit } : {}), artefacts };
}

/** The bytes of an artefact, by its name in `runOrigin`. Throws `not-found`, `object-missing`. */
export async function artefactContent({ platform }: Session, args: VerbArgs): Promise<{ readonly content: Uint8Array }> {
  const run = await findAnyRun(platform, String(args['run'] ?? ''));
  const found = (await artefactsOf(platform, run)).find(({ name }) => name === args['name']);
  if (!found) throw new LabError('not-found', { path: String(args['name']) });
  return { content: found.id === undefined ? await platform.files.read(found.path!) : await platform.objects.get(found.id) };
}

/** The journal up to the run's own step, without acts whose result this run did not use. */
async function actsOf(platform: Platform, run: RunRecord): Promise<RunOrigin['acts']> {
  const journal = parseJournal((await readText(platform, PATHS.journal)) ?? '');
  const own = journal.findIndex(({ object }) => object.type === 'run' && object.id === run.id);
  const before = own < 0 ? journal.filter(({ ts }) => Date.parse(ts) <= run.started) : journal.slice(0, own);
  const data = before.findLast(({ object }) => object.digest === run.dataDigest);
  const prepared = before.findLast(({ object }) => object.digest === run.preparedDigest);
  const cleaned = before.filter(({ action, seq }) => action === 'clean' && seq > (data?.seq ?? 0) && seq < (prepared?.seq ?? 0));
  const acts = [data, ...cleaned, prepared, own < 0 ? undefined : journal[own]].filter((entry) => entry !== undefined);
  return acts.map(({ seq, ts, command }) => ({ seq, ts, command }));
}

async function commitOf({ git }: Platform, { commit }: RunRecord): Promise<RunOrigin['commit']> {
  if (commit === undefined) return undefined;
  const found = await git.log({ ref: commit, depth: 1 }).catch(() => []);
  return { id: commit, here: found.length > 0, ...(found[0] ? { subject: found[0].message.split('\n')[0]! } : {}) };
}

async function artefactsOf(platform: Platform, run: RunRecord): Promise<RunArtefact[]> {
  const sizes = new Map((await platform.objects.list()).map(({ id, size }) => [id, size]));
  const stored = (name: string, id: string): RunArtefact => ({ name, id, size: sizes.get(id) ?? 0, here: sizes.has(id) });
  const found: RunArtefact[] = [stored('data/raw.csv', run.dataDigest), ...(await preparedFiles(platform, run, stored))];
  if (run.modelDigest !== '') found.push(stored('model.json', run.modelDigest));
  const files = { 'run.json': run.status === undefined ? runPath(run.id) : unfinishedPath(run.id), 'histograms.json': histogramsPath(run.id), ...(await reportsOn(platform, run)) };
  for (const [name, path] of Object.entries(files)) {
    const stat = await platform.files.stat(path);
    if (stat) found.push({ name, path, size: stat.size, here: true });
  }
  return found;
}

async function preparedFiles({ objects }: Platform, { preparedDigest }: RunRecord, stored: (name: string, id: string) => RunArtefact): Promise<RunArtefact[]> {
  if (!(await objects.has(preparedDigest))) return [stored('prepared/', preparedDigest)];
  return parseManifest(await objects.get(preparedDigest), preparedDigest).map(({ relpath, md5 }) => stored(`prepared/${relpath}`, md5));
}

/** Reports of the project that are about this run. */
async function reportsOn(platform: Platform, run: RunRecord): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of Object.values(REPORTS)) {
    const report = await readJson<{ run?: string; first?: string }>(platform, path).catch(() => undefined);
    if ((report?.run ?? report?.first) === run.id) found[path] = path;
  }
  return found;
}
