import { LabError } from '../../core/lab-error.js';
import type { SandboxProgram } from '../../lab/platform.js';
import type { Bundle } from './bundle.js';
import { placeOf } from './library/place-of.js';

/** The host's account of a run: what it prints, and how it ended. */
export interface RunJudge {
  /** Takes anything that a run said; gives the files or throws when the run has ended, undefined while it goes on. */
  take(event: unknown): ReadonlyMap<string, Uint8Array> | undefined;
}

/** Holds what a run says to the program's limits, since learner code may forge any message. */
export function judgeRun({ entry, limits }: SandboxProgram, bundle: Bundle, print: (stream: 'stdout' | 'stderr', text: string) => void): RunJudge {
  let printed = 0;
  const flood = (message: string): LabError => new LabError('stage-flood', { file: entry, message });
  return {
    take(event) {
      if (!isRecord(event)) return undefined;
      if (event['type'] === 'print') {
        const text = String(event['text']);
        printed += text.length;
        if (printed > limits.consoleCharacters) throw flood(`more than ${limits.consoleCharacters} characters printed`);
        print(event['stream'] === 'stderr' ? 'stderr' : 'stdout', text);
      } else if (event['type'] === 'done') return filesOf(event['files'], limits.outputBytes, flood);
      else if (event['type'] === 'failed') throw failureOf(event, entry, bundle, flood);
      return undefined;
    },
  };
}

function failureOf(event: Record<string, unknown>, entry: string, bundle: Bundle, flood: (message: string) => LabError): LabError {
  const message = String(event['message']).slice(0, 2000);
  const place = placeOf(String(event['stack']), bundle.files);
  if (event['reason'] === 'flood') return flood(message);
  if (event['reason'] === 'memory') return new LabError('stage-memory', { file: place?.file ?? entry, ...(place ? { line: place.line } : {}) });
  return new LabError('stage-error', { file: place?.file ?? entry, ...(place ? { line: place.line } : {}), message });
}

function filesOf(value: unknown, most: number, flood: (message: string) => LabError): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let size = 0;
  for (const pair of Array.isArray(value) ? (value as unknown[]) : []) {
    const [path, content] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof path !== 'string' || !(content instanceof Uint8Array)) continue;
    size += content.length;
    if (size > most) throw flood(`more than ${most} bytes of output`);
    files.set(path, content);
  }
  return files;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
