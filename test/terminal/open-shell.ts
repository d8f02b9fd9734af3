import { LabError } from '../../src/core/lab-error.js';
import type { ServeReply, ServeRequest } from '../../src/core/serve/protocol.js';
import type { NetTrainer, Platform } from '../../src/lab/platform.js';
import { defineVerb, flag, list, number, text, type Verb } from '../../src/lab/verb.js';
import type { Snapshot } from '../../src/lab/views/snapshot.js';
import { openMemoryPlatform, type MemoryPlatform } from '../../src/platform/memory-platform.js';
import type { ShellEngine } from '../../src/terminal/shell-engine.js';
import { createShell, type Shell } from '../../src/terminal/shell.js';
import { noSandbox } from '../platform/no-sandbox.js';

export const NO_NETS: NetTrainer = { train: () => Promise.reject(new Error('no nets in this test')) };
export const formatError = (error: LabError): string => `${error.code} ${JSON.stringify(error.data)}`;

/** A verb with one flag of each kind; it waits, so that cancelling can be seen. */
const train = defineVerb({
  name: 'train',
  summary: 'train a model',
  flags: { model: text('which', { required: true, choices: ['dummy', 'linear'] }), seed: number('seed'), set: list('settings'), dryRun: flag('do nothing') },
  async run(context, args) {
    for (let i = 1; i <= (args.seed ?? 0); i++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      context.signal.throwIfAborted();
      context.progress({ done: i, total: args.seed ?? 0, note: 'progress.training', loss: 1 / i });
    }
    return { result: undefined, lines: [`trained ${args.model} ${JSON.stringify(args)}`], step: { object: { type: 'run', id: 'r1' } } };
  },
});

const emptySnapshot: Snapshot = {
  stages: { data: 'done', train: 'ready', evaluate: 'empty', register: 'empty', deploy: 'empty', monitor: 'empty', retrain: 'empty', retire: 'empty' },
  git: {}, journal: { length: 0, head: '0'.repeat(64) }, world: { labelDelay: 0, injections: [] }, runs: [], versions: [], services: [], monitors: [],
};

/** An engine that keeps the one-at-a-time promise of the real one and nothing else of it. */
export function fakeEngine(platform: Platform, serve: (r: ServeRequest) => ServeReply): ShellEngine & { reloads: number } {
  const verbs: ReadonlyMap<string, Verb> = new Map([['train', train as unknown as Verb]]);
  let tail: Promise<unknown> = Promise.resolve();
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work, work);
    tail = result.catch(() => undefined);
    return result;
  };
  const engine = {
    reloads: 0,
    verbs,
    snapshot: emptySnapshot,
    exclusive,
    run: (name: string, args: object, hooks: { signal?: AbortSignal; progress?: (p: never) => void }) =>
      exclusive(async () => {
        const context = { platform, signal: hooks.signal ?? new AbortController().signal, actor: 'learner', progress: hooks.progress ?? (() => undefined), breathe: async () => undefined };
        const outcome = await verbs.get(name)!.run(context as never, args as never);
        return { command: `lab ${name}`, lines: outcome.lines, result: outcome.result, step: outcome.step };
      }),
    view: (name: string) => (name === 'history' ? Promise.resolve({ commits: [], steps: [], verdict: { ok: true, head: '0'.repeat(64), length: 0 } }) : Promise.resolve([])),
    serve: (request: ServeRequest) => Promise.resolve(serve(request)),
    reload: async () => {
      engine.reloads++;
    },
  };
  return engine as unknown as ShellEngine & { reloads: number };
}

export interface OpenShell {
  readonly platform: MemoryPlatform;
  readonly engine: ShellEngine & { reloads: number };
  readonly shell: Shell;
  readonly requests: ServeRequest[];
  /** Runs a line; gives output, errors and status. */
  run(line: string, signal?: AbortSignal): Promise<{ out: string; err: string; status: number; folder: string; ended: boolean }>;
}

/** A shell on an empty repository in memory. */
export async function openShell(reply: (r: ServeRequest) => ServeReply = () => ({ status: 200, body: '{"live":true}' })): Promise<OpenShell> {
  let clock = Date.UTC(2026, 0, 1);
  const platform = openMemoryPlatform({ nets: NO_NETS, sandbox: noSandbox, asset: (path) => Promise.reject(new LabError('not-found', { path })), now: () => (clock += 1000) });
  await platform.git.init();
  await platform.save();
  const requests: ServeRequest[] = [];
  const engine = fakeEngine(platform, (r) => {
    requests.push(r);
    return reply(r);
  });
  const shell = createShell({ engine, platform, serve: engine.serve, formatError, now: Date.now });
  return { platform, engine, shell, requests, run: (line, signal) => runLine(shell, line, signal) };
}

export async function runLine(shell: Shell, line: string, signal?: AbortSignal): ReturnType<OpenShell['run']> {
  const text = { stdout: '', stderr: '' };
  const result = await shell.run(line, { onOutput: (t, stream) => void (text[stream] += t), ...(signal ? { signal } : {}) });
  return { out: text.stdout, err: text.stderr, ...result };
}
