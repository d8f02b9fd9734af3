import type { FilePlace } from './place-of.js';
import { FloodError, run, type RunEvent, type RunInput } from './run-state.js';

type Send = (event: RunEvent) => void;

/** Names that lead out of the realm; the frame and the process close these ways too. */
const WAYS_OUT = [
  'fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport', 'Request', 'importScripts', 'Worker', 'SharedWorker', 'indexedDB',
  'caches', 'navigator', 'location', 'BroadcastChannel', 'postMessage', 'onmessage', 'process', 'require', 'module', 'exports', 'Buffer', 'close', 'FontFace', 'RTCPeerConnection',
];

/** Runs `entry` (which loads the learner's file) once and tells the host how it went. */
export function startRun(send: Send, input: RunInput & { readonly places: readonly FilePlace[] }, entry: () => unknown): void {
  [run.input, run.places] = [input, input.places];
  const printer = createPrinter(send);
  hideWaysOut();
  replaceConsole(printer.print);
  const settle = (finish: () => RunEvent): void => {
    printer.flush();
    send(run.flooded === undefined ? finish() : { type: 'failed', reason: 'flood', message: run.flooded, stack: '' });
  };
  const fail = (cause: unknown): void => settle(() => describe(cause));
  Promise.resolve()
    .then(entry)
    // what the file began with `then` ends before the run does
    .then(() => new Promise((resume) => setTimeout(resume, 0)))
    .then(() => settle(() => ({ type: 'done', files: [...run.written] })), fail);
}

function describe(cause: unknown): RunEvent {
  const error = cause instanceof Error ? cause : new Error(textOf(cause));
  if (error instanceof FloodError) return { type: 'failed', reason: 'flood', message: error.message, stack: '' };
  const memory = error instanceof RangeError && /allocation failed|Invalid (array|string|typed array) length/.test(error.message);
  return { type: 'failed', reason: memory ? 'memory' : 'error', message: `${error.name}: ${error.message}`, stack: String(error.stack ?? '') };
}

const FLUSH_AT = 4096;
const FLUSH_MS = 50;

function createPrinter(send: Send) {
  const waiting = { stdout: '', stderr: '' };
  let [printed, flushed] = [0, -Infinity];
  const flush = (): void => {
    flushed = performance.now();
    for (const stream of ['stdout', 'stderr'] as const) {
      if (waiting[stream] !== '') send({ type: 'print', stream, text: waiting[stream] });
      waiting[stream] = '';
    }
  };
  const print = (stream: 'stdout' | 'stderr', text: string): void => {
    printed += text.length + 1;
    if (printed > run.input.consoleCharacters) {
      run.flooded = `more than ${run.input.consoleCharacters} characters printed`;
      flush();
      send({ type: 'failed', reason: 'flood', message: run.flooded, stack: '' });
      throw new FloodError(run.flooded);
    }
    waiting[stream] += `${text}\n`;
    if (waiting.stdout.length + waiting.stderr.length > FLUSH_AT || performance.now() - flushed > FLUSH_MS) flush();
  };
  return { print, flush };
}

function replaceConsole(print: (stream: 'stdout' | 'stderr', text: string) => void): void {
  const to = (stream: 'stdout' | 'stderr') => (...words: unknown[]) => print(stream, words.map(textOf).join(' '));
  const [out, err] = [to('stdout'), to('stderr')];
  Object.defineProperty(globalThis, 'console', { value: Object.freeze({ log: out, info: out, debug: out, table: out, warn: err, error: err, trace: err }), configurable: false, writable: false });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  try {
    return typeof value === 'object' && value !== null ? JSON.stringify(value, (_key, part: unknown) => (ArrayBuffer.isView(part) ? [...(part as Float64Array).slice(0, 20)] : part)) : String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function hideWaysOut(): void {
  for (const name of WAYS_OUT) {
    for (let owner: object | null = globalThis; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner) as object | null) {
      if (!Object.hasOwn(owner, name)) continue;
      Reflect.deleteProperty(owner, name);
      if (Object.hasOwn(owner, name)) Object.defineProperty(owner, name, { value: undefined });
    }
  }
}
