import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** How the tests of a step are counted: from vitest's JSON file, from a last line `N passed, N failed`, or the step as one. */
export type Counting = { readonly vitest: string } | 'summary' | 'one';

/** One command of the suite; `slots` is how many of the two cores it keeps busy. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly slots: 1 | 2;
  readonly counting: Counting;
  readonly needs?: readonly string[];
  readonly minutes?: number;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export interface StepResult extends Tally {
  readonly name: string;
  readonly seconds: number;
  readonly output: string;
}

interface VitestFile {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** Adds up vitest's JSON report; a file that failed before its first test counts as one failure, skipped tests as none. */
export function tallyVitest(json: string): Tally {
  const files = (JSON.parse(json) as { testResults: readonly VitestFile[] }).testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  return { passed: count('passed'), failed: count('failed') + broken.length };
}

/** Reads the last `N passed, N failed` of an output; undefined when there is none. */
export function tallySummary(output: string): Tally | undefined {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]) };
}

/** Gives the tests of a finished step; a step that ended badly, or ran no test, has at least one failure. */
export function tallyStep(counting: Counting, status: number, output: string): Tally {
  if (counting === 'one') return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const report = counting === 'summary' ? tallySummary(output) : existsSync(counting.vitest) ? tallyVitest(readFileSync(counting.vitest, 'utf8')) : undefined;
  const tally = report ?? { passed: 0, failed: 0 };
  const sound = status === 0 ? tally.passed + tally.failed > 0 : tally.failed > 0;
  return sound ? tally : { ...tally, failed: tally.failed + 1 };
}

/** Runs a step in a process group of its own and kills the group when its time is over. */
export function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  const [program, ...args] = step.command as [string, ...string[]];
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const timer = setTimeout(() => {
      output += `\nstopped: not done after ${step.minutes ?? 10} minutes\n`;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, (step.minutes ?? 10) * 60_000);
    const finish = (status: number): void => {
      clearTimeout(timer);
      resolve({ name: step.name, seconds: (performance.now() - started) / 1000, output, ...tallyStep(step.counting, status, output) });
    };
    child.on('error', (cause) => {
      output += String(cause);
      finish(1);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}
