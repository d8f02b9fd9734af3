import type { PythonValue } from '../version/python-value.js';

/** How a plot is drawn; what is missing is chosen as DVC chooses it. */
export interface PlotOptions {
  readonly template?: string;
  readonly x?: string;
  readonly y?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly title?: string;
}

/** A file that a stage makes, and how it is kept. */
export interface StageOutput {
  readonly path: string;
  readonly kind: 'out' | 'metric' | 'plot';
  /** False: kept in git, not in the cache. */
  readonly cache: boolean;
  /** Kept before the stage runs again. */
  readonly persist: boolean;
  readonly push: boolean;
  /** For a plot with options. */
  readonly plot?: PlotOptions;
}

/** Parameters of one file that a stage depends on; no keys stand for the whole file. */
export interface StageParams {
  readonly file: string;
  readonly keys: readonly string[];
}

/** One stage of `dvc.yaml` with its values filled in. Paths are relative to the project. */
export interface Stage {
  readonly name: string;
  /** Lines of the shell, one after the other. */
  readonly commands: readonly string[];
  /** As `dvc.lock` keeps it: one string, or a list when the file had one. */
  readonly cmd: string | readonly string[];
  readonly deps: readonly string[];
  readonly params: readonly StageParams[];
  readonly outs: readonly StageOutput[];
  readonly frozen: boolean;
  readonly alwaysChanged: boolean;
  readonly desc?: string;
  /** Line of `dvc.yaml` where the stage begins. */
  readonly line: number;
}

/** A file of a stage as `dvc.lock` remembers it. */
export interface LockedFile {
  readonly path: string;
  readonly md5: string;
  readonly size?: number;
  readonly nfiles?: number;
}

/** What `dvc.lock` remembers of a stage's last run. */
export interface LockedStage {
  readonly cmd: string | readonly string[];
  readonly deps: readonly LockedFile[];
  /** By file, then by dotted key. */
  readonly params: Readonly<Record<string, Readonly<Record<string, PythonValue>>>>;
  readonly outs: readonly LockedFile[];
}
