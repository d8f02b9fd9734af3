import * as v from 'valibot';
import type { JournalEntry } from '../core/govern/journal.js';
import type { StageChange } from '../core/pipeline/find-changes.js';
import type { Study } from '../core/automl/study.js';
import type { ErrorData } from '../core/lab-error.js';
import type { Revisions } from '../lab/views/revisions.js';
import type { CleaningView } from '../lab/views/cleaning-views.js';
import type { EvaluationDetail } from '../lab/views/model-views.js';
import type { FeaturesView } from '../lab/views/feature-views.js';
import type { RunSummary, Snapshot } from '../lab/views/snapshot.js';
import type { CurvePoint } from './curve-shape.js';
import type { CheckSpec } from './schema.js';

/** What a check may look at: the state, never the wording of an answer. */
export interface CheckWorld {
  readonly snapshot: Snapshot;
  /** When the lesson began, milliseconds. */
  readonly since: number;
  /** Acts since the project was last started anew, oldest first. */
  journal(): Promise<readonly JournalEntry[]>;
  /** Text of a project file; undefined when there is none. */
  file(path: string): Promise<string | undefined>;
  /** Subjects of the commits of the current branch since the project was last started anew, newest first. */
  commits(): Promise<readonly string[]>;
  /** Commit ids by the names of the tags. */
  tags(): Promise<Readonly<Record<string, string>>>;
  /** Branches, commits and what is not committed. */
  revisions(): Promise<Revisions>;
  /** A file as git keeps it at a revision; undefined when there is no such revision. */
  fileAt(revision: string, path: string): Promise<{ readonly text?: string } | undefined>;
  /** What differs from the last run, stage by stage; undefined without a pipeline. */
  stageChanges(): Promise<Readonly<Record<string, readonly StageChange[]>> | undefined>;
  /** What the cleaning recipe makes of the raw data now; undefined before there are any. */
  cleaning(): Promise<CleaningView | undefined>;
  /** Every search for settings. */
  studies(): Promise<readonly Study[]>;
  /** The test rows of a run with what it says of them now, and the threshold it was judged at. */
  evaluation(run: RunSummary): Promise<EvaluationDetail>;
  /** The recipe of features with what each step makes; undefined before there are data. */
  features(): Promise<FeaturesView | undefined>;
  /** Data sets by the digests of what was collected. */
  datasets(): Promise<Readonly<Record<string, string>>>;
  /** The loss curve of a run, epoch by epoch. */
  curve(run: string): Promise<readonly CurvePoint[]>;
  /** Kinds of model whose training ran away to infinity and left no model. */
  runaways(): Promise<readonly string[]>;
  /** Metrics of a run, recomputed by the lab on rows that no learner's split can choose. */
  recompute(run: RunSummary): Promise<Readonly<Record<string, number>>>;
}

/** Words by code, under `lesson.checks.<kind>` of `i18n`. */
export interface Said {
  readonly code: string;
  readonly data: ErrorData;
}

/** What a check found: whether it holds, what was seen, and what is expected. */
export interface Finding {
  readonly passed: boolean;
  readonly seen: Said;
  readonly expected: Said;
}

/** One kind of check, one file in `checks/`; `words` are all the codes it can say. */
export interface CheckKind {
  readonly kind: string;
  readonly words: readonly string[];
  readonly args: v.GenericSchema;
  look(world: CheckWorld, args: unknown): Promise<Finding>;
}

interface Definition<S extends v.GenericSchema, W extends string> {
  readonly kind: string;
  readonly words: readonly W[];
  readonly args: S;
  look(world: CheckWorld, args: v.InferOutput<S>): Found<W> | Promise<Found<W>>;
}

export interface Found<W extends string> {
  readonly passed: boolean;
  readonly seen: readonly [W, ErrorData?];
  readonly expected: readonly [W, ErrorData?];
}

/** Makes a kind of check from its arguments' schema, its codes and its look at the world. */
export function defineCheck<S extends v.GenericSchema, const W extends string>(definition: Definition<S, W>): CheckKind {
  const say = ([code, data = {}]: readonly [W, ErrorData?]): Said => ({ code, data });
  return {
    kind: definition.kind,
    words: definition.words,
    args: definition.args,
    async look(world, args) {
      const found = await definition.look(world, v.parse(definition.args, args));
      return { passed: found.passed, seen: say(found.seen), expected: say(found.expected) };
    },
  };
}

/** The arguments of a check without its id and kind. */
export function argsOf(spec: CheckSpec): Record<string, unknown> {
  const { id: _id, kind: _kind, ...args } = spec;
  return args;
}
