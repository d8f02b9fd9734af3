import { LabError } from '../../core/lab-error.js';
import { summariseLayers } from '../../core/train/nets/coded/layer-shapes.js';
import type { LayerSummary, NetPlan, NetSubject } from '../../core/train/nets/coded/net-plan.js';
import { readPlan } from '../../core/train/nets/coded/read-plan.js';
import { encodeJson } from '../project/artefacts.js';
import type { Platform, SandboxProgram } from '../platform.js';
import type { NetProgram } from './net-program.js';

const LIMITS: SandboxProgram['limits'] = { milliseconds: 10_000, outputBytes: 4 << 20, consoleCharacters: 20_000 };
const [ENTRY, DRAWS, SUBJECT, ANSWER] = ['nets/looplab-net.ts', 'nets/looplab-draws.ts', 'net-subject.json', 'net-plan.json'];

/** Chance and clock of the code are fixed, so that the same code always gives the same net. */
const DRAWS_SOURCE = `let state = 7;
Math.random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
Date.now = () => 0;
`;

const entrySource = (path: string): string => `import './looplab-draws.ts';
import * as written from ${JSON.stringify(`../${path}`)};
import { readJson, writeJson } from 'looplab';
const net = written.default;
const found = typeof net?.describe === 'function' ? { net: net.describe(readJson('${SUBJECT}')) } : { missing: true };
writeJson('${ANSWER}', JSON.parse(JSON.stringify(found, (key, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : typeof value === 'function' ? 'function' : value))));
`;

/** What the code of a net came to for some data: checked, with what its layers give, and what it printed. */
export interface PlannedNet {
  readonly plan: NetPlan;
  readonly layers: readonly LayerSummary[];
  readonly printed: string;
}

/**
 * Runs the learner's code in the sandbox and checks what it says. Throws what the sandbox throws, `net-no-export` {file}, and what `readPlan` and
 * `summariseLayers` throw, with the file in which it is.
 */
export async function planNet({ sandbox }: Pick<Platform, 'sandbox'>, { entry, sources }: NetProgram, subject: NetSubject, signal: AbortSignal): Promise<PlannedNet> {
  let printed = '';
  const program: SandboxProgram = { entry: ENTRY, sources: { ...sources, [ENTRY]: entrySource(entry), [DRAWS]: DRAWS_SOURCE }, inputs: { [SUBJECT]: encodeJson(subject) }, params: {}, argv: [], limits: LIMITS };
  const files = await sandbox.run(program, { signal, print: (_stream, text) => (printed += text) }).catch((cause: unknown) => rename(cause, entry));
  try {
    const answer = readAnswer(files.get(ANSWER), entry);
    const plan = readPlan(answer, subject);
    return { plan, layers: summariseLayers(plan, subject), printed };
  } catch (cause) {
    const { code, data } = LabError.from(cause);
    throw new LabError(code, { file: entry, ...data });
  }
}

function readAnswer(content: Uint8Array | undefined, file: string): unknown {
  let answer: unknown;
  try {
    answer = JSON.parse(new TextDecoder().decode(content));
  } catch {
    throw new LabError('net-no-export', { file });
  }
  if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, 'net')) throw new LabError('net-no-export', { file });
  return (answer as { net: unknown }).net;
}

/** A failure in the lab's own lines is one of the learner's file. */
function rename(cause: unknown, entry: string): never {
  const { code, data } = LabError.from(cause);
  if (data['file'] !== ENTRY && data['file'] !== DRAWS) throw cause;
  const { line: _line, ...rest } = data;
  throw new LabError(code, { ...rest, file: entry });
}
