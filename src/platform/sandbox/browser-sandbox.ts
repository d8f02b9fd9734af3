import { LabError } from '../../core/lab-error.js';
import type { Sandbox, SandboxProgram } from '../../lab/platform.js';
import type { Bundle } from './bundle.js';
import { judgeRun } from './judge-run.js';
import type { FrameJob } from './frame-job.js';

/** Asks the page to run a job in its frame; `said` hears the run, and the result ends it. */
export type AskPage = (job: FrameJob, said: (event: unknown) => void) => () => void;

/** What is only needed once a program runs. */
interface Tools {
  readonly bundle: (program: SandboxProgram) => Bundle;
}

/** Runs learner code in a frame of the page; this worker holds its clock and judges what it says. */
export function createBrowserSandbox(askPage: AskPage, loadLibrary: () => Promise<string>): Sandbox {
  let tools: Promise<Tools> | undefined;
  return {
    async run(program, { signal, print }) {
      tools ??= loadTools(loadLibrary);
      const { bundle: bundleIt } = await tools.catch((cause: unknown) => {
        tools = undefined;
        throw cause;
      });
      if (signal.aborted) throw new LabError('cancelled');
      const bundle = bundleIt(program);
      return follow(askPage, program, bundle, signal, print);
    },
  };
}

async function loadTools(loadLibrary: () => Promise<string>): Promise<Tools> {
  const [{ bundleProgram }, library] = await Promise.all([import('./bundle.js'), loadLibrary()]);
  return { bundle: (program) => bundleProgram(program, library, WORKER_START) };
}

/** Text before a bundle in a worker: keeps the one way to answer before the run hides it, and starts with the first message. */
export const WORKER_START = `const send = self.postMessage.bind(self);
self.addEventListener('message', ({ data }) => run(send, data), { once: true });
const run = `;

function follow(askPage: AskPage, program: SandboxProgram, bundle: Bundle, signal: AbortSignal, print: (stream: 'stdout' | 'stderr', text: string) => void): Promise<ReadonlyMap<string, Uint8Array>> {
  const { entry, inputs, params, argv, limits } = program;
  const judge = judgeRun(program, bundle, print);
  const input = { inputs, params, argv, outputBytes: limits.outputBytes, consoleCharacters: limits.consoleCharacters };
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      end();
      finish();
    };
    const stop = (): void => settle(() => reject(new LabError('cancelled')));
    const timer = setTimeout(() => settle(() => reject(new LabError('stage-timeout', { file: entry, seconds: limits.milliseconds / 1000 }))), limits.milliseconds);
    signal.addEventListener('abort', stop, { once: true });
    const end = askPage({ script: bundle.script, input }, (event) => {
      try {
        const files = judge.take(event);
        if (files) settle(() => resolve(files));
      } catch (cause) {
        settle(() => reject(cause as Error));
      }
    });
  });
}
