import { LabError } from '../core/lab-error.js';
import type { Platform } from './platform.js';
import type { Session } from './project/session.js';
import type { SearchState } from './trial-port.js';

/** One flag of a verb: the panel's field, the terminal's `--flag` and the journal's argument are drawn from it. */
export interface Flag<T> {
  readonly kind: 'text' | 'number' | 'boolean' | 'list';
  readonly summary: string;
  readonly required?: boolean;
  readonly choices?: readonly string[];
  /** Only at the type level. */
  readonly _value?: T;
}

interface FlagOptions {
  readonly required?: boolean;
  readonly choices?: readonly string[];
}

export const text = (summary: string, options: FlagOptions = {}): Flag<string> => ({ kind: 'text', summary, ...options });
export const number = (summary: string, options: FlagOptions = {}): Flag<number> => ({ kind: 'number', summary, ...options });
export const flag = (summary: string): Flag<boolean> => ({ kind: 'boolean', summary });
export const list = (summary: string, options: FlagOptions = {}): Flag<readonly string[]> => ({ kind: 'list', summary, ...options });

export type Flags = Readonly<Record<string, Flag<unknown>>>;
export type ArgsOf<F extends Flags> = { readonly [K in keyof F]?: F[K] extends Flag<infer T> ? T : never };
export type VerbArgs = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** `done` of `total` in `unit`; `total` 0 when it cannot be known. `note` is a message key of `i18n`. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly note: string;
  readonly loss?: number;
  readonly validationLoss?: number;
  /** Lines that a pipeline says while it runs: DVC's own, and what a stage prints. */
  readonly printed?: string;
  /** The trials that run, in a search. */
  readonly search?: SearchState;
}

/** What a verb may touch while it runs. */
export interface VerbContext {
  readonly platform: Platform;
  readonly session: Session;
  readonly signal: AbortSignal;
  /** Aborts when what has begun shall end and nothing more begin; a verb that cannot pause passes it over. */
  readonly pausing?: AbortSignal;
  /** Who acts: `learner`, or `monitor` when a trigger does. */
  readonly actor: string;
  progress(p: Progress): void;
  /** Lets messages in (cancel, reads) and throws `cancelled` when asked to stop; call it in long loops. */
  breathe(): Promise<void>;
}

/** The journal's account of an act, as `core/govern/journal.ts` chains it. */
export interface StepRecord {
  readonly object: { readonly type: string; readonly id: string; readonly digest?: string };
  readonly before?: string;
  readonly after?: string;
  readonly reason?: string;
}

/** Why an act cannot be taken back: time was lived, a version was retired for good, others have seen it, a lesson started anew. */
export type FinalReason = 'time' | 'tombstone' | 'shared' | 'restart';

/** What a verb gives back: the result, the lines a terminal prints, and what the journal keeps. */
export interface Outcome<R> {
  readonly result: R;
  readonly lines: readonly string[];
  readonly step: StepRecord;
  /** Files of the project that this act wrote or removed; committed to git as one act. */
  readonly files?: readonly string[];
  /** Subject line of that commit. */
  readonly message?: string;
  /** Files as they shall stand when the commit is made, where that differs from it; undefined removes. */
  readonly leave?: ReadonlyMap<string, Uint8Array | undefined>;
  /** The act cannot be taken back. */
  readonly final?: FinalReason;
  /** Exit status in a terminal; 1 for a check that found something, 0 without it. */
  readonly status?: number;
}

export interface Verb<F extends Flags = Flags, R = unknown> {
  readonly name: string;
  readonly summary: string;
  readonly flags: F;
  run(context: VerbContext, args: ArgsOf<F>): Promise<Outcome<R>>;
}

export const defineVerb = <F extends Flags, R>(verb: Verb<F, R>): Verb<F, R> => verb;

const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
const flagName = (key: string): string => `--${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** The command a learner would type for this act, such as `lab collect --dataset chicago_ridership`. */
export function commandOf(verb: Verb, args: VerbArgs): string {
  const words = Object.keys(verb.flags).flatMap((key) => {
    const value = args[key];
    if (value === undefined || value === false) return [];
    if (value === true) return [flagName(key)];
    return [flagName(key), quote(Array.isArray(value) ? value.join(',') : String(value))];
  });
  return ['lab', verb.name, ...words].join(' ');
}

/** Reads the words after `lab <verb>`. Throws `unknown-flag`, `flag-value`, `flag-required`, `unexpected-word`. */
export function parseArgs(verb: Verb, words: readonly string[]): VerbArgs {
  const byName = new Map(Object.keys(verb.flags).map((key) => [flagName(key), key]));
  const args: Record<string, string | number | boolean | readonly string[]> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!word.startsWith('--')) throw new LabError('unexpected-word', { command: `lab ${verb.name}`, word });
    const [name, inline] = splitOnce(word, '=');
    const key = byName.get(name);
    if (key === undefined) throw new LabError('unknown-flag', { command: `lab ${verb.name}`, flag: name, known: [...byName.keys()] });
    const kind = verb.flags[key]!.kind;
    if (kind === 'boolean') {
      if (inline !== undefined) throw new LabError('flag-value', { flag: name, value: inline, expected: 'no value' });
      args[key] = true;
      continue;
    }
    const value = inline ?? words[++i];
    if (value === undefined) throw new LabError('flag-value', { flag: name, value: '', expected: kind });
    args[key] = readValue(name, verb.flags[key]!, value);
  }
  checkArgs(verb, args);
  return args;
}

/** Throws `flag-required` or `flag-value` when arguments do not fit the verb's flags; used for panels and terminal alike. */
export function checkArgs(verb: Verb, args: VerbArgs): void {
  for (const [key, spec] of Object.entries(verb.flags)) {
    const value = args[key];
    if (value === undefined) {
      if (spec.required) throw new LabError('flag-required', { command: `lab ${verb.name}`, flag: flagName(key) });
      continue;
    }
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const expected = spec.kind === 'number' ? 'number' : spec.kind === 'boolean' ? 'boolean' : 'string';
    if (values.some((v) => typeof v !== expected || (typeof v === 'number' && !Number.isFinite(v))))
      throw new LabError('flag-value', { flag: flagName(key), value: String(value), expected: spec.kind });
    if (spec.choices && values.some((v) => !spec.choices!.includes(String(v))))
      throw new LabError('flag-value', { flag: flagName(key), value: String(value), expected: spec.choices.join(' | ') });
  }
  const unknown = Object.keys(args).find((key) => !(key in verb.flags));
  if (unknown !== undefined) throw new LabError('unknown-flag', { command: `lab ${verb.name}`, flag: flagName(unknown), known: Object.keys(verb.flags).map(flagName) });
}

function readValue(name: string, spec: Flag<unknown>, value: string): string | number | readonly string[] {
  if (spec.kind === 'list') return value.split(',').map((v) => v.trim()).filter((v) => v !== '');
  if (spec.kind === 'text') return value;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new LabError('flag-value', { flag: name, value, expected: 'number' });
  return number;
}

function splitOnce(word: string, mark: string): [string, string | undefined] {
  const at = word.indexOf(mark);
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}
