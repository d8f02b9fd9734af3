import { parseJournal } from '../../core/govern/journal.js';
import { LabError } from '../../core/lab-error.js';
import type { Recipe } from '../../core/prepare/recipe.js';
import type { RunRecord } from '../../core/track/run.js';
import type { Platform } from '../platform.js';
import type { PreparedSplit } from '../project/artefacts.js';
import { readText } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';
import { findAnyRun } from '../project/state.js';
import type { VerbArgs } from '../verb.js';
import { compareFile, type ChangedFile } from './commit-detail.js';

/** A value of the first and of the second run; undefined where it has none. */
export interface ValuePair {
  readonly name: string;
  readonly a?: string;
  readonly b?: string;
}

/** What two runs have not in common. */
export interface RunDiff {
  readonly params: readonly ValuePair[];
  /** Facts of the rows; one that cannot be told, since its object is gone, is undefined. */
  readonly data: readonly ValuePair[];
  /** Each step of the recipe, and how rows were divided. */
  readonly recipe: readonly ValuePair[];
  readonly code: { readonly a?: string; readonly b?: string; readonly known: boolean; readonly files: readonly ChangedFile[]; readonly others: number };
}

/** What the lab writes about acts and results says nothing of how a model was made. */
const ASIDE = /^(\.lab|reports|mlruns|runs)\//;
const MOST_FILES = 60;

/** Compares two runs. Throws `same-run`, `unknown-run`. */
export async function runDiff(session: Session, args: VerbArgs): Promise<RunDiff> {
  const [a, b] = [await findAnyRun(session.platform, String(args['a'] ?? '')), await findAnyRun(session.platform, String(args['b'] ?? ''))];
  if (a.id === b.id) throw new LabError('same-run', { run: a.name });
  const [left, right] = [await rowsOf(session, a), await rowsOf(session, b)];
  return {
    params: pairs({ model: a.model, ...a.params, backend: a.backend }, { model: b.model, ...b.params, backend: b.backend }),
    data: pairs({ md5: a.dataDigest, prepared: a.preparedDigest, ...left.data }, { md5: b.dataDigest, prepared: b.preparedDigest, ...right.data }),
    recipe: pairs(left.recipe, right.recipe),
    code: await codeDiff(session.platform, a, b),
  };
}

function pairs(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): ValuePair[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => ({ name, ...(Object.hasOwn(a, name) ? { a: a[name]! } : {}), ...(Object.hasOwn(b, name) ? { b: b[name]! } : {}) }));
}

interface RowFacts {
  readonly data: Record<string, string>;
  readonly recipe: Record<string, string>;
}

/** What the object store still knows of a run's rows; nothing when its objects were removed. */
async function rowsOf({ artefacts }: Session, run: RunRecord): Promise<RowFacts> {
  try {
    const { recipe, split } = await artefacts.prepared(run.preparedDigest);
    const table = await artefacts.table(run.dataDigest, split.columns);
    const data = { rows: String(table.rows), columns: table.columns.map(({ name }) => name).join(', '), 'training rows': String(split.train.length), 'test rows': String(split.test.length) };
    return { data, recipe: flatRecipe(recipe, split) };
  } catch (cause) {
    if (LabError.from(cause).code !== 'object-missing') throw cause;
    return { data: {}, recipe: {} };
  }
}

function flatRecipe({ task, target, classes, clean = [], steps, outputs }: Recipe, split: PreparedSplit): Record<string, string> {
  const entries = steps.map((step): [string, string] => {
    const { name, kind, ...rest } = step;
    return [`input ${name}`, `${kind} ${JSON.stringify(rest)}`];
  });
  return {
    task, target, split: JSON.stringify(split.choice), ...(classes ? { classes: classes.join(', ') } : {}), inputs: String(outputs.length),
    ...Object.fromEntries(clean.map((step, at) => [`clean ${at + 1}`, JSON.stringify(step)])),
    ...Object.fromEntries(entries),
  };
}

/** The commit that holds what the run was made with: that of its own act, which has its parameters too, else that on which it began. */
async function commitOf(platform: Platform, run: RunRecord): Promise<string | undefined> {
  const journal = parseJournal((await readText(platform, PATHS.journal)) ?? '');
  return journal.find(({ object, action }) => object.id === run.id && object.type === 'run' && action === 'train')?.commit ?? run.commit;
}

async function codeDiff(platform: Platform, first: RunRecord, second: RunRecord): Promise<RunDiff['code']> {
  const [a, b] = [await commitOf(platform, first), await commitOf(platform, second)];
  const named = { ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) };
  const treeOf = async (id: string | undefined): Promise<Map<string, string> | undefined> => (id === undefined ? undefined : platform.git.treeAt(id).catch(() => undefined));
  const [before, after] = [await treeOf(a), await treeOf(b)];
  if (!before || !after) return { ...named, known: false, files: [], others: 0 };
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
  const shown = changed.filter((path) => !ASIDE.test(path)).slice(0, MOST_FILES);
  const files = await Promise.all(shown.map((path) => compareFile(platform.git, path, a, b!)));
  return { ...named, known: true, files, others: changed.length - shown.length };
}
