import { LabError } from '../core/lab-error.js';
import type { VerbArgs } from '../lab/verb.js';
import type { LessonSpec } from './schema.js';

/** The two ways to act on the project that a start needs. */
export interface LessonActs {
  run(verb: string, args: VerbArgs): Promise<unknown>;
  /** Types one line into a shell in the project's folder; gives its exit status. */
  type(line: string): Promise<number>;
}

/** What a start lays down: the snapshot's commands, and files by path that go over it. */
export interface StartMaterial {
  readonly script: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The commands of a snapshot script, without comments. */
export const commandsOf = (script: string): string[] => script.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));

/** Keeps what is there on a branch, then replays a snapshot and lays the lesson's files over it. Throws `snapshot-failed` with the line. */
export async function startFromSnapshot(acts: LessonActs, spec: LessonSpec, material: StartMaterial, progress: (done: number, total: number) => void = () => undefined): Promise<void> {
  const lines = [...commandsOf(material.script), ...Object.entries(material.files).map(layFile)];
  await acts.run('learn', { lesson: spec.id, event: 'restarted', version: spec.version });
  for (const [i, line] of lines.entries()) {
    progress(i, lines.length);
    const status = await acts.type(line);
    if (status !== 0) throw new LabError('snapshot-failed', { line, status });
  }
  await begin(acts, spec);
}

/** Marks the project as it is now as the place to which a reset goes back. */
export const begin = (acts: LessonActs, spec: LessonSpec): Promise<unknown> => acts.run('learn', { lesson: spec.id, event: 'started', version: spec.version });

/** Puts the project back to the lesson's start (`state` of `started`); what was there stays on a branch. */
export const startOver = (acts: LessonActs, spec: LessonSpec, state: string): Promise<unknown> =>
  acts.run('learn', { lesson: spec.id, event: 'restarted', value: state, version: spec.version });

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

function layFile([path, text]: readonly [string, string]): string {
  if (path.startsWith('/') || path.split('/').some((part) => part === '..' || part === '.git')) throw new LabError('bad-path', { path });
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return `${folder === '' ? '' : `mkdir -p ${quote(folder)} && `}printf '%s' ${quote(text)} > ${quote(path)}`;
}
