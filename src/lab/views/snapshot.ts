import type { SplitChoice, Task } from '../../core/prepare/recipe.js';
import type { RunRecord } from '../../core/track/run.js';

/** The eight stations of the loop, in order. */
export const STAGES = ['data', 'train', 'evaluate', 'register', 'deploy', 'monitor', 'retrain', 'retire'] as const;
export type Stage = (typeof STAGES)[number];

/** `empty`: nothing yet; `ready`: the stage before it is done; `done`; `attention`: an alert or a stale result. */
export type StageState = 'empty' | 'ready' | 'done' | 'attention';

export interface DataSummary {
  readonly dataset: string;
  readonly path: string;
  readonly digest: string;
  readonly rows: number;
  readonly columns: number;
  readonly bytes: number;
  /** First and last date, when the set has a time column. */
  readonly from?: string;
  readonly to?: string;
  /** How many different versions were collected so far. */
  readonly versions: number;
}

export interface PreparedSummary {
  readonly digest: string;
  /** Digest of the raw data that it was made from. */
  readonly dataDigest: string;
  readonly task: Task;
  readonly target: string;
  readonly features: number;
  /** Set when the inputs are nothing but the pixels of pictures, or when a text is among them. */
  readonly inputs?: 'images' | 'text';
  readonly trainRows: number;
  readonly testRows: number;
  readonly split: SplitChoice;
}

/** A run without what only its own page shows. */
export type RunSummary = Omit<RunRecord, 'version' | 'history' | 'trials' | 'skipped' | 'concerns' | 'threshold'>;

export interface VersionSummary {
  readonly model: string;
  readonly version: number;
  readonly runId: string;
  readonly modelKind: string;
  readonly commit?: string;
  readonly dataDigest: string;
  readonly modelDigest: string;
  readonly registeredAt: string;
  /** Metrics of the run at registration: the promise. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly aliases: readonly string[];
  readonly status: 'registered' | 'retired';
  readonly retired?: { readonly at: string; readonly reason: string; readonly evidence: Readonly<Record<string, number | string>> };
}

export interface ServiceSummary {
  readonly name: string;
  readonly model: string;
  readonly version: number;
  /** Virtual date of the deployment. */
  readonly since: string;
  readonly requests: number;
  readonly url: string;
}

export interface AlertSummary {
  readonly id: string;
  readonly service: string;
  readonly at: string;
  readonly rule: string;
  readonly subject: string;
  readonly value: number;
  readonly threshold: number;
}

/** One closed window of a service's life. */
export interface WindowSummary {
  readonly from: string;
  readonly to: string;
  readonly requests: number;
  readonly labelled: number;
  readonly version: number;
  /** The monitored error (`rmse` or `logLoss`) on labelled rows; undefined while no label has arrived. */
  readonly error?: number;
  /** Mean of predicted minus true. */
  readonly bias?: number;
  /** Whether the error was over the alert limit. */
  readonly overLimit: boolean;
  /** Features over the drift threshold against the same season of training. */
  readonly drifted: readonly string[];
}

export interface MonitorSummary {
  readonly service: string;
  readonly metric: string;
  readonly promise: number;
  readonly threshold: number;
  readonly windows: readonly WindowSummary[];
  readonly alerts: readonly AlertSummary[];
}

export interface ComparisonSummary {
  readonly model: string;
  readonly champion: number;
  readonly challenger: number;
  readonly metric: string;
  readonly championValue: number;
  readonly challengerValue: number;
  readonly rows: number;
  readonly from: string;
  readonly to: string;
  readonly at: string;
}

export interface WorldSummary {
  /** Virtual date, `YYYY-MM-DD`; absent until a time-ordered set is collected. */
  readonly now?: string;
  readonly start?: string;
  readonly end?: string;
  /** Days until a label arrives. */
  readonly labelDelay: number;
  /** What sensors report from a date on: value × factor + offset, one after the other. */
  readonly injections: readonly { readonly column: string; readonly kind: string; readonly from: string; readonly factor: number; readonly offset: number }[];
}

/** Where the learner's project stands; small, sent to the page after each verb. */
export interface Snapshot {
  readonly stages: Readonly<Record<Stage, StageState>>;
  readonly git: { readonly branch?: string; readonly commit?: string; readonly subject?: string };
  readonly journal: { readonly length: number; readonly head: string };
  readonly world: WorldSummary;
  readonly data?: DataSummary;
  readonly prepared?: PreparedSummary;
  readonly runs: readonly RunSummary[];
  readonly versions: readonly VersionSummary[];
  readonly services: readonly ServiceSummary[];
  readonly monitors: readonly MonitorSummary[];
  readonly comparison?: ComparisonSummary;
  /** Command of the last act, as a learner would type it. */
  readonly lastCommand?: string;
}
