import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LabError } from '../../core/lab-error.js';
import type { Sandbox, SandboxProgram } from '../../lab/platform.js';
import { bundleLibrary } from './bundle-library.js';
import { bundleProgram } from './bundle.js';
import { judgeRun } from './judge-run.js';

/** Reads the script and the program from its parent, and gives the script only a way to answer. */
const CHILD = `'use strict';
const { runInThisContext } = require('node:vm');
const say = process.send.bind(process);
const leave = process.exit.bind(process);
const on = process.on.bind(process);
const once = process.once.bind(process);
once('message', ({ script, input }) => {
  const send = (event) => say(event, () => { if (event.type !== 'print') leave(0); });
  const fail = (cause) => send({ type: 'failed', reason: 'error', message: String(cause), stack: String(cause && cause.stack) });
  on('uncaughtException', fail);
  for (const name of ['process', 'require', 'module', 'exports', '__filename', '__dirname', 'fetch', 'WebSocket', 'Buffer']) { try { delete globalThis[name]; } catch {} }
  try { runInThisContext(script)(send, input); } catch (cause) { fail(cause); }
});
`;

const FLAGS = ['--experimental-permission', '--no-warnings', '--max-old-space-size=512', '--disallow-code-generation-from-strings', '-e', CHILD];

let library: string | undefined;

/** Runs learner code in a process that may read, write and start nothing. */
export function createNodeSandbox(): Sandbox {
  return {
    async run(program, { signal, print }) {
      if (signal.aborted) throw new LabError('cancelled');
      const bundle = bundleProgram(program, (library ??= bundleLibrary(readSource)));
      const judge = judgeRun(program, bundle, print);
      const child = spawn(process.execPath, FLAGS, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced', env: {} });
      try {
        return await follow(child, program, signal, judge.take, bundle.script);
      } finally {
        child.kill('SIGKILL');
      }
    },
  };
}

function follow(child: ChildProcess, program: SandboxProgram, signal: AbortSignal, take: (event: unknown) => ReadonlyMap<string, Uint8Array> | undefined, script: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { entry, inputs, params, argv, limits } = program;
  return new Promise((resolve, reject) => {
    let said = '';
    const stop = (): void => reject(new LabError('cancelled'));
    const timer = setTimeout(() => reject(new LabError('stage-timeout', { file: entry, seconds: limits.milliseconds / 1000 })), limits.milliseconds);
    signal.addEventListener('abort', stop, { once: true });
    child.stderr?.on('data', (text: Uint8Array) => (said = (said + new TextDecoder().decode(text)).slice(-4000)));
    child.on('message', (event) => {
      try {
        const files = take(event);
        if (files) resolve(files);
      } catch (cause) {
        reject(cause as Error);
      }
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      reject(/heap|memory|allocation/i.test(said) ? new LabError('stage-memory', { file: entry }) : new LabError('stage-error', { file: entry, message: `the process ended by itself ${said.trim().split('\n').at(-1) ?? ''}`.trim() }));
    });
    child.send({ script, input: { inputs, params, argv, outputBytes: limits.outputBytes, consoleCharacters: limits.consoleCharacters } }, (error) => error && reject(error));
  });
}

function readSource(path: string): string | undefined {
  const file = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
